import { describe, expect, test } from 'vitest';
import { read, tree } from './tree.ts';

const configMap = (name: string, rest = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${rest}`;

describe('what is read', () => {
  test('several documents, empty ones between them, and a file of comments', async () => {
    const root = tree({
      'K8s/many.yaml': `# first\n---\n${configMap('one')}--- \n---\n# nothing\n---\n${configMap('two')}`,
      'K8s/comment.yaml': '# only words\n',
    });
    const { files, diagnostics } = await read(root);
    const many = files.get('K8s/many.yaml');
    expect(
      many?.documents.map((document) => [document.index, document.place.line, document.place.endLine]),
    ).toEqual([
      [0, 3, 6],
      [1, 11, 14],
    ]);
    expect(files.get('K8s/comment.yaml')?.role).toBe('values');
    expect(diagnostics).toEqual([]);
  });

  test('each of several documents by itself, at the place that it has in the file', async () => {
    const named = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
    const text = [
      `# of the first\n${named('first')}data: {a: &one x, b: *one}\n`,
      `--- # of the second\n${named('second')}data:\n  text: |\n    --- no document\n    kind: X\n`,
      `...\n%TAG !e! tag:example.com,2000:\n---\n${named('third')}data: !e!x {a: !e!y b}\n`,
      '---\n# nothing\n',
      `---\napiVersion: v1\nkind: List\nitems:\n- ${named('fourth').replaceAll('\n', '\n  ').trim()}\n- ${named('fifth').replaceAll('\n', '\n  ').trim()}\n`,
    ].join('');
    const { files } = await read(tree({ 'K8s/all.yaml': text }));
    const lines = text.split('\n');
    const found = (files.get('K8s/all.yaml')?.documents ?? []).map((one) => {
      const { line = 0, column = 0, endColumn } = one.locate(['metadata', 'name']) ?? {};
      return lines[line - 1]?.slice(column - 1, (endColumn ?? 0) - 1);
    });
    expect(found).toEqual(['first', 'second', 'third', 'fourth', 'fifth']);
    expect(files.get('K8s/all.yaml')?.documents[2]?.locate(['data', 'a'])).toMatchObject({
      line: lines.findIndex((line) => line.startsWith('data: !e!x')) + 1,
    });
  });

  test('UTF-16 with a byte-order mark and CRLF: the same lines and columns as an editor shows', async () => {
    const text = configMap('wide', 'data:\n  key: value\n').replaceAll('\n', '\r\n');
    const root = tree({
      'K8s/utf16.yaml': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
      'K8s/utf8.yaml': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
    });
    const { files } = await read(root);
    for (const file of files.values()) {
      expect(file.text).not.toContain('\r');
      expect(file.documents[0]?.locate(['data', 'key'])).toEqual({
        file: file.path,
        line: 6,
        column: 8,
        endLine: 6,
        endColumn: 13,
      });
    }
    expect(files.size).toBe(2);
  });

  test('lists are taken apart, and a kind that only looks like one is not', async () => {
    const root = tree({
      'K8s/list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - ${configMap('a').replaceAll('\n', '\n    ')}\n  - ${configMap('b').replaceAll('\n', '\n    ')}\n`,
      'K8s/odd.yaml':
        'apiVersion: v1\nkind: NotAList\nmetadata: {name: x}\nitems: []\n---\napiVersion: v1\nkind: ConfigMapList\nitems:\n',
    });
    const { files } = await read(root);
    const items = files.get('K8s/list.yaml')?.documents ?? [];
    expect(items.map((document) => document.value.kind)).toEqual(['ConfigMap', 'ConfigMap']);
    expect(items[1]?.locate(['metadata', 'name'])).toMatchObject({ line: 12, column: 13 });
    expect(files.get('K8s/odd.yaml')?.documents).toHaveLength(2);
  });

  test('JSON with tabs, and several values in one file', async () => {
    const root = tree({
      'K8s/two.json':
        '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}\n{\n\t"apiVersion": "v1",\n\t"kind": "Secret"\n}\n',
    });
    const { files, diagnostics } = await read(root);
    const documents = files.get('K8s/two.json')?.documents ?? [];
    expect(documents.map((document) => document.value.kind)).toEqual(['ConfigMap', 'Secret']);
    expect(documents[1]?.locate(['kind'])).toMatchObject({ line: 4, column: 10 });
    expect(diagnostics).toEqual([]);
  });

  test('merge keys, aliases, octals and custom tags read as Kubernetes tools read them', async () => {
    const root = tree({
      'K8s/x.yaml': [
        'apiVersion: v1',
        'kind: ConfigMap',
        'base: &base {a: 1, b: 2}',
        'merged: {<<: *base, b: 3}',
        'mode: 0755',
        'modern: 0o755',
        'word: on',
        'short: y',
        'text: "on"',
        'asked: !!str yes',
        'long: 1_000',
        'version: 1.10',
        'letters: {y: 2, n: 3}',
        'tagged: !Find [x]',
        'name: &name text',
        'again: *name',
      ].join('\n'),
    });
    const document = (await read(root)).files.get('K8s/x.yaml')?.documents[0];
    expect(document?.value).toMatchObject({
      merged: { a: 1, b: 3 },
      mode: 493,
      modern: 493,
      word: true,
      short: true,
      text: 'on',
      asked: 'yes',
      long: 1000,
      version: 1.1,
      letters: { true: 2, false: 3 },
      tagged: ['x'],
      again: 'text',
    });
    expect(document?.locate(['merged', 'a'])).toMatchObject({ line: 3 });
    expect(document?.locate(['merged', 'missing'])).toBeUndefined();
    expect(document?.locate(['mode'], { key: true })).toMatchObject({ line: 5, column: 1, endColumn: 5 });
  });

  test('quoted text whose next lines are indented less is YAML to Go, and to us', async () => {
    const root = tree({
      'K8s/crd.yaml': `${configMap('crd')}spec:\n    text: 'first\n  second'\n    next: here\n`,
    });
    const { files, diagnostics } = await read(root);
    const document = files.get('K8s/crd.yaml')?.documents[0];
    expect(diagnostics).toEqual([]);
    expect(document?.locate(['spec', 'next'])).toMatchObject({ line: 8, column: 11 });
  });

  test('placeholders are somebody else’s to fill in', async () => {
    const root = tree({
      'K8s/set.yaml': `${configMap('set')}spec:\n  repoURL: \${REPO_URL}\n  \${EXTRA}\n  other: 1\n`,
      'K8s/angle.yaml': `${configMap('angle')}spec:\n  a: 1\n  <ISSUER_ANNOTATION>\n  b: 2\n`,
    });
    const { files, diagnostics } = await read(root);
    expect(diagnostics).toEqual([]);
    expect(files.get('K8s/set.yaml')?.documents[0]?.value.spec).toEqual({ repoURL: '${REPO_URL}', other: 1 });
    expect(files.get('K8s/angle.yaml')?.documents[0]?.locate(['spec', 'b'])).toMatchObject({ line: 8 });
  });
});

describe('what is wrong', () => {
  test('broken YAML costs its own document only, and is said with its place', async () => {
    const root = tree({
      'K8s/half.yaml': `${configMap('good')}---\na: [1\nb: 2\n---\n${configMap('also-good')}`,
    });
    const { files, diagnostics } = await read(root);
    const names = files.get('K8s/half.yaml')?.documents.map((document) => document.value.metadata);
    expect(names).toEqual([{ name: 'good' }, { name: 'also-good' }]);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ rule: 'manifest-invalid', severity: 'error' });
    expect(diagnostics[0]?.sources[0]).toMatchObject({ file: 'K8s/half.yaml', line: 6 });
    expect(diagnostics[0]?.help).toBeTruthy();
  });

  test('a template is a chart’s own business, and said to be a template elsewhere', async () => {
    const template = '{{- if .Values.on }}\napiVersion: v1\nkind: {{ .Values.kind }}\n{{- end }}\n';
    const root = tree({
      'K8s/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
      'K8s/app/templates/x.yaml': template,
      'K8s/app/appproject.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: p}\n',
      'K8s/app/files/x.yaml': template,
      'K8s/app/values.yaml': 'a: 1\n',
      'K8s/stray/x.yaml': template,
    });
    const { files, diagnostics } = await read(root);
    expect(files.get('K8s/app/templates/x.yaml')?.role).toBe('chart');
    expect(files.get('K8s/app/files/x.yaml')?.role).toBe('chart');
    expect(files.get('K8s/app/appproject.yaml')?.role).toBe('manifest');
    expect(diagnostics.map((one) => [one.message, one.sources[0]?.file])).toEqual([
      ['`K8s/stray/x.yaml` is not YAML: it looks like a template', 'K8s/stray/x.yaml'],
    ]);
  });

  test('a key that is given twice: maps are merged as kustomize does, and it is said where', async () => {
    const root = tree({
      'K8s/twice.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations: {a: "1"}\n  name: x\n  annotations: {b: "2"}\nspec: 1\nspec: 2\n',
    });
    const { files, diagnostics } = await read(root);
    expect(files.get('K8s/twice.yaml')?.documents[0]?.value).toMatchObject({
      metadata: { annotations: { a: '1', b: '2' } },
      spec: 2,
    });
    expect(diagnostics.map((one) => [one.severity, one.sources[0]?.line])).toEqual([
      ['warning', 6],
      ['error', 8],
    ]);
  });

  test('a document without a kind is a fault where a kustomization lists it, and only there', async () => {
    const root = tree({
      'K8s/kustomization.yaml': 'resources: [listed.yaml]\n',
      'K8s/listed.yaml': 'apiVersion: v1\nmetadata: {name: x}\n',
      'K8s/values.yaml': 'kind: DaemonSet\nreplicas: 1\n',
    });
    const { diagnostics } = await read(root);
    expect(diagnostics.map((one) => one.message)).toEqual([
      'a document of `K8s/listed.yaml` has no `kind`, but a kustomization lists it as a resource',
    ]);
  });

  test('what is only data of a generator may be anything', async () => {
    const root = tree({
      'K8s/kustomization.yaml': 'configMapGenerator:\n  - name: x\n    files: [key=broken.yaml]\n',
      'K8s/broken.yaml': 'a: [\nb:\n  - c\n - d\n',
    });
    const { files, diagnostics } = await read(root);
    expect(diagnostics).toEqual([]);
    expect(files.get('K8s/broken.yaml')?.role).toBe('other');
  });
});

describe('what is hostile', () => {
  const bombs: [string, string][] = [
    [
      'aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
        .split('')
        .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghij'[index]}`).join()}]`)
        .join('\n')}\n`,
    ],
    ['depth', `a: ${'['.repeat(100_000)}`],
    ['depth that closes', `a: ${'['.repeat(900)}${']'.repeat(900)}\n`],
    ['size', `a: "${'x'.repeat(5 * 2 ** 20)}"\n`],
  ];
  test.each(bombs)('a bomb of %s ends in a diagnostic, soon', async (_name, text) => {
    const root = tree({
      'K8s/bomb.yaml': `apiVersion: v1\nkind: ConfigMap\n${text}`,
      'K8s/good.yaml': configMap('good'),
    });
    const { files, diagnostics } = await read(root);
    expect(diagnostics.map((one) => one.sources[0]?.file)).toEqual(['K8s/bomb.yaml']);
    expect(files.get('K8s/good.yaml')?.role).toBe('manifest');
  });

  test('a key named __proto__ is a key', async () => {
    const root = tree({
      'K8s/x.yaml':
        'apiVersion: v1\nkind: ConfigMap\n__proto__: {polluted: yes}\nconstructor: {prototype: 1}\n',
    });
    const value = (await read(root)).files.get('K8s/x.yaml')?.documents[0]?.value;
    expect(Object.keys(value ?? {})).toContain('__proto__');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('links are followed inside the repository, never out of it and never round', async () => {
    const outside = tree({ 'private.yaml': configMap('private') });
    const root = tree({
      'K8s/real/a.yaml': configMap('a'),
      'K8s/linked': '-> real',
      'K8s/file.yaml': '-> real/a.yaml',
      'K8s/up': '-> ..',
      'K8s/out.yaml': `-> ${outside}/private.yaml`,
      'K8s/away': `-> ${outside}`,
      'K8s/nowhere.yaml': '-> missing.yaml',
      'K8s/.git/config': 'x',
      'K8s/node_modules/x.yaml': 'x: 1',
    });
    const { files, diagnostics } = await read(root);
    expect([...files.keys()]).toEqual(['K8s/file.yaml', 'K8s/linked/a.yaml', 'K8s/real/a.yaml']);
    expect(diagnostics.map((one) => one.sources[0]?.file)).toEqual([
      'K8s/away',
      'K8s/nowhere.yaml',
      'K8s/out.yaml',
      'K8s/up',
    ]);
  });

  test('a linked folder in a linked one is read, as kustomize reads it, and what leads round is told', async () => {
    const root = tree({
      'K8s/base/a.yaml': configMap('a'),
      'K8s/middle/base': '-> ../base',
      'K8s/middle/back': '-> ../round',
      'K8s/round/again': '-> ../middle',
      'K8s/top': '-> middle',
    });
    const { files, diagnostics } = await read(root);
    expect([...files.keys()]).toEqual([
      ...['K8s/base/a.yaml', 'K8s/middle/base/a.yaml', 'K8s/round/again/base/a.yaml', 'K8s/top/base/a.yaml'],
    ]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`K8s/middle/back/again` points to a folder that holds it: it was not read',
      '`K8s/round/again/back` points to a folder that holds it: it was not read',
      '`K8s/top/back/again` points to a folder that holds it: it was not read',
    ]);
  });

  test('links into links have an end', async () => {
    const levels = Array.from({ length: 14 }, (_, level) => [
      [`K8s/${level}/left`, `-> ../${level + 1}`],
      [`K8s/${level}/right`, `-> ../${level + 1}`],
    ]);
    const root = tree(Object.fromEntries([...levels.flat(), ['K8s/14/a.yaml', configMap('a')]]));
    const { files, diagnostics } = await read(root);
    expect(files.size).toBeLessThan(2000);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('is one of more than 1000 folders linked into linked ones: it was not read'),
    ]);
  });
});

test.each([
  ['a: 1\nmetadata: [\n  name: x\n', 2, 11, 'the `[` that opens here is not closed'],
  ['a: {b: 1, c: [1, 2}\nd: 1\n', 1, 14, 'the `[` that opens here is not closed'],
  ['a: [1]\nb: "x\nc: 1\n', 2, 4, 'the `"` that opens here is not closed'],
  ['a: b: c\n', 1, 4, 'Nested mappings are not allowed in compact mappings'],
])('what does not parse is told where it begins: %j', async (text, line, column, words) => {
  const { diagnostics } = await read(tree({ 'K8s/a.yaml': text }));
  expect(diagnostics[0]).toMatchObject({ actual: words, sources: [{ line, column }] });
});
