/**
 * What real repositories write that YAML allows, or nearly, made small. The rest of it is in yaml.test.ts
 * beside this file; what a model makes of such files is in test/model/hazards.test.ts.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testInTurns } from '../turns.ts';
import { read, tree } from './tree.ts';

/** Of what is large, one each day. */
const inTurn = testInTurns(4);

const configMap = (name: string, rest = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${rest}`;

describe('what is read though it looks odd', () => {
  test('a kind that only ends like a list keeps its null `items`', async () => {
    const root = tree({
      'K8s/weird.yaml': 'apiVersion: v1\nkind: NotAList\nmetadata: {name: x}\nitems:\n',
      'K8s/null.yaml': `apiVersion: v1\nkind: ConfigMapList\nitems:\n--- \n${configMap('after')}`,
    });
    const { files, diagnostics } = await read(root);
    const kinds = (path: string) => files.get(path)?.documents.map(({ value }) => value.kind);
    expect(files.get('K8s/weird.yaml')?.documents[0]?.value).toMatchObject({ kind: 'NotAList', items: null });
    expect(kinds('K8s/null.yaml')?.at(-1)).toBe('ConfigMap');
    expect(diagnostics).toEqual([]);
  });

  test('words are truth where YAML 1.1 takes them for it, as in a cluster; in quotes they are words, and so is a bare dot', async () => {
    const root = tree({
      'K8s/words.yaml': configMap('words', 'on: {push: null}\nmode: Off\nargs: [on, "off", yes, .]\n'),
    });
    const document = (await read(root)).files.get('K8s/words.yaml')?.documents[0];
    expect(document?.value).toMatchObject({
      true: { push: null },
      mode: false,
      args: [true, 'off', true, '.'],
    });
  });

  test('tags of other tools construct nothing, and cost nothing', async () => {
    const root = tree({
      'K8s/tags.yaml': configMap(
        'tags',
        'call: !!python/name:os.system\nrun: !!python/object/apply:os.system ["touch planted"]\nfile: !include other.yaml\nsecret: !secret token\nref: !Ref Bucket\nsub: !Sub "${x}"\nenv: !ENV [A, b]\nfind: !Find [\n  flow,\n  [slug, "x"],\n]\n',
      ),
    });
    const { files, diagnostics } = await read(root);
    expect(diagnostics).toEqual([]);
    expect(files.get('K8s/tags.yaml')?.documents[0]?.value).toMatchObject({
      run: ['touch planted'],
      file: 'other.yaml',
      secret: 'token',
      ref: 'Bucket',
      sub: '${x}',
      env: ['A', 'b'],
      find: ['flow', ['slug', 'x']],
    });
  });

  test('tabs after a key are blanks, tabs that indent are a fault of their own document', async () => {
    const root = tree({
      'K8s/blank.yaml': 'apiVersion:\tv1\nkind:\tConfigMap\t# said\nmetadata: {name:\tx}\n',
      'K8s/indent.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: x\n---\n${configMap('good')}`,
    });
    const { files, diagnostics } = await read(root);
    expect(files.get('K8s/blank.yaml')?.documents[0]?.value).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x' },
    });
    expect(new Set(diagnostics.map(({ sources }) => `${sources[0]?.file}:${sources[0]?.line}`))).toEqual(
      new Set(['K8s/indent.yaml:4']),
    );
    expect(files.get('K8s/indent.yaml')?.documents.at(-1)?.value.metadata).toEqual({ name: 'good' });
  });

  test('an anchor reaches over hundreds of lines, and is found where it was written', async () => {
    const between = Array.from({ length: 350 }, (_, index) => `  key${index}: value\n`).join('');
    const root = tree({
      'K8s/far.yaml': configMap('far', `first: &far {a: 1}\nbetween:\n${between}last: *far\n`),
    });
    const document = (await read(root)).files.get('K8s/far.yaml')?.documents[0];
    expect(document?.value.last).toEqual({ a: 1 });
    expect(document?.locate(['last', 'a'])).toMatchObject({ line: 5 });
  });

  inTurn('a definition of more than a megabyte, and a line of a hundred thousand characters', async () => {
    const fields = Array.from(
      { length: 12_000 },
      (_, index) =>
        `    field${index}:\n      description: ${'what it means, at length, '.repeat(3)}\n      type: string\n`,
    ).join('');
    const root = tree({
      'K8s/crd.yaml': configMap('crd', `spec:\n  properties:\n${fields}  last: here\n`),
      'K8s/link.yaml': configMap('link', `spec: {imageURL: "data:,${'A'.repeat(100_000)}", after: here}\n`),
    });
    const { files, diagnostics } = await read(root);
    expect(diagnostics).toEqual([]);
    expect(files.get('K8s/crd.yaml')?.text.length).toBeGreaterThan(1_000_000);
    expect(files.get('K8s/crd.yaml')?.documents[0]?.locate(['spec', 'last'])).toMatchObject({ line: 36_007 });
    expect(files.get('K8s/link.yaml')?.documents[0]?.locate(['spec', 'after'])).toMatchObject({ line: 5 });
  });
});

describe('what is wrong, and said', () => {
  test('a key that is given twice deep within values: the line, and the object is kept', async () => {
    const root = tree({
      'K8s/set.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n  template:\n    spec:\n      source:\n        helm:\n          valuesObject:\n            extraConfig: {a: 1}\n            other: 1\n            extraConfig:\n              b: 2\n',
    });
    const { files, diagnostics } = await read(root);
    expect(files.get('K8s/set.yaml')?.documents.map(({ value }) => value.kind)).toEqual(['ApplicationSet']);
    expect(diagnostics.map((one) => [one.rule, one.severity, one.sources[0]?.line])).toEqual([
      ['manifest-invalid', 'error', 12],
    ]);
  });

  test('placeholders of a template as keys and as whole items: a template, and nothing else of the folder', async () => {
    const root = tree({
      'K8s/set.yaml': configMap('set', 'hosts:\n  core: {{ .harbor_hostname }}\n'),
      'K8s/new/kustomization.yaml':
        "resources:\n  - {{ 'rings/' + ring if env == 'production' else 'base' }}\n{% if network == \"private\" %}\nconfigMapGenerator: []\n{% endif %}\n",
      'K8s/good.yaml': configMap('good'),
    });
    const { files, diagnostics } = await read(root);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`K8s/new/kustomization.yaml` is not YAML: it looks like a template',
      '`K8s/set.yaml` is not YAML: it looks like a template',
    ]);
    expect(files.get('K8s/good.yaml')?.role).toBe('manifest');
  });

  test('a file of no bytes has its role and no documents', async () => {
    const root = tree({
      'K8s/values.yaml': '',
      'K8s/web/x.yaml': '',
      'K8s/web/kustomization.yaml': 'resources: [x.yaml]\n',
    });
    const { files, diagnostics } = await read(root);
    expect([...files.values()].map(({ role }) => role)).toEqual(['values', 'kustomization', 'values']);
    expect(diagnostics).toEqual([]);
  });
});

describe('what a file is', () => {
  test('a template that happens to be YAML is its chart’s, an index of charts and values with `resources` are values', async () => {
    const root = tree({
      'K8s/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      'K8s/chart/templates/lucky.yaml': configMap('"{{ .Release.Name }}"'),
      'K8s/index.yaml': 'apiVersion: v1\nentries: {}\n',
      'K8s/values.yaml': 'resources:\n  requests: {cpu: 512m}\n',
      'K8s/upper.YAML': configMap('upper'),
    });
    const { files, diagnostics } = await read(root);
    expect(diagnostics).toEqual([]);
    expect(Object.fromEntries([...files.values()].map(({ path, role }) => [path, role]))).toEqual({
      'K8s/chart/Chart.yaml': 'chart',
      'K8s/chart/templates/lucky.yaml': 'chart',
      'K8s/index.yaml': 'values',
      'K8s/upper.YAML': 'manifest',
      'K8s/values.yaml': 'values',
    });
  });

  test('a kustomization may be a link to one', async () => {
    const root = tree({
      'K8s/real/kustomization.yaml': 'resources: [x.yaml]\n',
      'K8s/real/x.yaml': configMap('x'),
      'K8s/linked/kustomization.yaml': '-> ../real/kustomization.yaml',
      'K8s/linked/x.yaml': '-> ../real/x.yaml',
    });
    const { files, diagnostics } = await read(root);
    expect(files.get('K8s/linked/kustomization.yaml')?.role).toBe('kustomization');
    expect(diagnostics).toEqual([]);
  });
});

describe('what has no end', () => {
  test('a pipe in the place of a manifest is told, and not waited for', async () => {
    const root = tree({ 'K8s/a.yaml': configMap('a') });
    execFileSync('mkfifo', [join(root, 'K8s/b.yaml'), join(root, '.gitmodules')]);
    const { files, diagnostics } = await read(root);
    expect([...files.keys()]).toEqual(['K8s/a.yaml']);
    expect(diagnostics.map(({ message }) => message)).toEqual(['`K8s/b.yaml` is no file: it was not read']);
  });

  inTurn(
    'documents that cannot be read: a hundred are told, the rest is neither read nor shown',
    async () => {
      const broken = '---\na: [\n'.repeat(5000);
      const root = tree({
        'K8s/many.yaml': `${configMap('first')}${broken}---\n${configMap('last', 'data: {key: hidden-value}\n')}`,
        'K8s/other.yaml': configMap('other'),
      });
      const { files, diagnostics } = await read(root);
      const many = files.get('K8s/many.yaml');
      expect(many?.documents.map(({ value }) => value.metadata)).toEqual([{ name: 'first' }]);
      expect(many?.text).not.toContain('hidden-value');
      expect(files.get('K8s/other.yaml')?.documents).toHaveLength(1);
      expect(diagnostics.map(({ message }) => message)).toContain(
        '`K8s/many.yaml` holds more than 100 documents that cannot be read; the rest is not read',
      );
      expect(diagnostics.length).toBeLessThan(110);
    },
  );

  inTurn(
    'equal keys: the first hundred are told, and how many more; mappings of one key are united once',
    async () => {
      const pairs = Array.from({ length: 4_000 }, (_, index) => `  same: {k${index}: v}\n`).join('');
      const root = tree({ 'K8s/a.yaml': `kept: &kept {k: v}\nmap:\n  same: *kept\n${pairs}` });
      const { files, diagnostics } = await read(root);
      const value = files.get('K8s/a.yaml')?.documents[0]?.value as { kept: object; map: { same: object } };
      expect(Object.keys(value.map.same)).toHaveLength(4_001);
      expect(value.kept).toEqual({ k: 'v' });
      expect(diagnostics).toHaveLength(100);
      expect(diagnostics.at(-1)?.help).toContain('has 3900 more like it, not told here');
    },
  );

  inTurn('values of a Secret by the ten thousand, and JSON values in a row beyond a thousand', async () => {
    const secrets = Array.from({ length: 10_000 }, (_, index) => `  k${index}: hidden-${index}\n`).join('');
    const root = tree({
      'K8s/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n${secrets}`,
      'K8s/row.json': '{"a":\t1}'.repeat(1001),
    });
    const { files, diagnostics } = await read(root);
    expect(files.get('K8s/secret.yaml')?.text).not.toContain('hidden-');
    // Not the first thousand, as if there were no more.
    expect(files.get('K8s/row.json')?.documents).toEqual([]);
    expect(diagnostics.map(({ message }) => message)).toEqual(['`K8s/row.json` is not valid YAML']);
  });
});
