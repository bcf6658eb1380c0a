import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver/node';
import { tree } from '../source/tree.ts';
import { openEditor } from './editor.ts';

const root = tree({});
cpSync(resolve(import.meta.dirname, '../fixtures/cli-shop'), root, { recursive: true });
const index = readFileSync(join(root, 'docs/index.md'), 'utf8');
let editor: Awaited<ReturnType<typeof openEditor>>;
beforeAll(async () => {
  editor = await openEditor(root);
  await editor.open('docs/index.md', index);
});
afterAll(() => editor.leave());

describe('faults', () => {
  test('are told as one types, with the other side and how to mend them, and go when mended', async () => {
    await editor.type('docs/index.md', index.replace('fact[1]', 'fact[2]'));
    const [fault] = await editor.told('docs/index.md', (found) => found.length === 1);
    expect(fault).toMatchObject({ code: 'fact-stale', severity: 1, source: 'plumbline' });
    expect(fault?.range.start).toEqual({ line: 4, character: index.split('\n')[4]?.indexOf('1') });
    expect(fault?.message).toContain('expected: 1');
    const [related] = fault?.relatedInformation ?? [];
    expect(related?.location.uri).toBe(pathToFileURL(join(root, 'IT/argocd/appproject-shop.yaml')).href);

    const [action] = await editor.ask('codeAction', 'docs/index.md', '2]{count', {
      context: { diagnostics: [fault] },
    });
    expect(action).toMatchObject({ title: 'Write `1`', kind: 'quickfix', diagnostics: [fault] });
    const [edit] = Object.values(action?.edit?.changes ?? {}).flat();
    expect(edit).toEqual({ range: fault?.range, newText: '1' });

    await editor.type('docs/index.md', index);
    await editor.told('docs/index.md', (found) => found.length === 0);
  });

  test('are mended also where that is asked for in the very moment after something was typed', async () => {
    await editor.type('docs/index.md', `Now.\n\n${index.replace('fact[1]', 'fact[2]')}`);
    const actions = await editor.ask('codeAction', 'docs/index.md', '2]{count', {
      context: { diagnostics: [] },
    });
    expect(actions.map(({ title }) => title)).toEqual(['Write `1`']);
    await editor.type('docs/index.md', `Later.\n${index}`);
    const hover = await editor.ask('hover', 'docs/index.md', 'Project/shop`,');
    expect(hover?.contents).toMatchObject({ value: expect.stringContaining('appproject-shop.yaml:') });
    await editor.type('docs/index.md', index);
  });

  test('of a word that is wrong are mended by those that come near it', async () => {
    const wrong = '::table{view="aplications" wher="true"}';
    await editor.type('docs/index.md', `${index}\n${wrong}\n\n<!-- plumbline-ignore path-mising: x -->\n`);
    const offered = async (mark: string) => {
      const actions = await editor.ask('codeAction', 'docs/index.md', mark, { context: { diagnostics: [] } });
      return actions.map(({ title }) => title);
    };
    expect(await offered('lications" wher')).toEqual(['Write `applications`', 'Write `applicationsets`']);
    expect(await offered('her="true"')).toEqual(['Write `where`']);
    // The fault is the whole comment.
    expect(await offered('mising')).toEqual([]);
    await editor.type('docs/index.md', index);
  });

  test('of a page that is not open are told, too, and follow manifests that are saved', async () => {
    const path = join(root, 'K8s/shop/web/deployment.yaml');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace('replicas: 2', 'replicas: 3'));
    await editor.saved('K8s/shop/web/deployment.yaml');
    const [fault] = await editor.told('docs/guides/web.md', (found) => found.length === 1);
    expect(fault?.message).toContain('expected: 3');
    writeFileSync(path, before);
    await editor.saved('K8s/shop/web/deployment.yaml');
    await editor.told('docs/guides/web.md', (found) => found.length === 0);
  });

  test('of a manifest are told in the manifest', async () => {
    const file = 'K8s/shop/web/namespace.yaml';
    const before = readFileSync(join(root, file), 'utf8');
    writeFileSync(join(root, file), `${before}\n---\nmetadata: [\n`);
    await editor.saved(file);
    const [fault] = await editor.told(file, (found) => found.length > 0);
    expect(fault?.code).toBe('render-failed');
    // In the pages, too, of what is not known for its sake.
    const [unknown] = await editor.told('docs/index.md', (found) => found.length > 0);
    expect(unknown).toMatchObject({ severity: 2, code: 'render-failed' });
    expect(unknown?.message).toMatch(/^not verified: /);
    expect(unknown?.relatedInformation?.[0]?.location.uri).toBe(pathToFileURL(join(root, file)).href);
    writeFileSync(join(root, file), before);
    await editor.saved(file);
    await editor.told(file, (found) => found.length === 0);
    await editor.told('docs/index.md', (found) => found.length === 0);
  });

  test('of the configuration are told at its line, in a box once, and go when mended', async () => {
    const before = readFileSync(join(root, 'plumbline.yaml'), 'utf8');
    writeFileSync(join(root, 'plumbline.yaml'), `layer: {}\n${before}`);
    await editor.saved('plumbline.yaml');
    const [fault] = await editor.told('plumbline.yaml', (found) => found.length > 0);
    expect(fault?.message).toContain('did you mean `layers`');
    expect(fault?.range.start).toEqual({ line: 0, character: 0 });
    await editor.saved('docs/index.md');
    writeFileSync(join(root, 'plumbline.yaml'), before);
    await editor.saved('plumbline.yaml');
    await editor.told('plumbline.yaml', (found) => found.length === 0);
    expect(editor.messages).toEqual([expect.stringContaining('did you mean `layers`')]);
  });

  test('of a file of D2 are told while it is open', async () => {
    const drawing =
      '# Shapes\na: { link: "gitops:AppProject/shop" }\nb: { link: "gitops:AppProject/shoq" }\na -> b\n';
    await editor.open('docs/shapes.d2', drawing);
    const [fault, ...more] = await editor.told('docs/shapes.d2', (found) => found.length > 0);
    expect(fault).toMatchObject({ code: 'diagram-reference-unknown', range: { start: { line: 2 } } });
    expect(more).toEqual([]);
    const actions = await editor.ask('codeAction', 'docs/shapes.d2', 'shoq', {
      context: { diagnostics: [] },
    });
    const [edit] = Object.values(actions[0]?.edit?.changes ?? {}).flat();
    expect(edit).toMatchObject({
      newText: '"gitops:AppProject/shop"',
      range: { start: { line: 2, character: 11 } },
    });
    await editor.type('docs/shapes.d2', drawing.replace('shoq" }', 'shop" '));
    await editor.told('docs/shapes.d2', ([one]) => one?.code === 'diagram-invalid');
    await editor.close('docs/shapes.d2');
    await editor.told('docs/shapes.d2', (found) => found.length === 0);
  });

  test('a link to a heading follows the text that is open, not the file', async () => {
    const guide = readFileSync(join(root, 'docs/guides/web.md'), 'utf8');
    await editor.open('docs/guides/web.md', `${guide}\n## Scale\n\nSee [it](../index.md#later).\n`);
    await editor.told('docs/guides/web.md', ([one]) => one?.code === 'link-broken');
    await editor.type('docs/index.md', `${index}\n## Later\n`);
    await editor.type('docs/guides/web.md', `${guide}\n## Scale\n\nSee [it](../index.md#later). \n`);
    await editor.told('docs/guides/web.md', (found) => found.length === 0);
    // Also where nobody touches the page with the link.
    await editor.type('docs/index.md', `${index}\n## Latest\n`);
    await editor.told('docs/guides/web.md', ([one]) => one?.code === 'link-broken');
    await editor.type('docs/index.md', `${index}\n## Later\n`);
    await editor.told('docs/guides/web.md', (found) => found.length === 0);
    await editor.close('docs/guides/web.md');
    await editor.type('docs/index.md', index);
  });
});

describe('completion', () => {
  test.each([
    ['`Deployment/¦', 'Deployment/web'],
    ['`Depl¦', 'Deployment/web'],
    ['`K8s/shop/w¦', 'K8s/shop/web/namespace.yaml'],
    ['::ta¦', 'table'],
    ['::table{view="appl¦', 'applications'],
    ['::table{view="waves" ¦', 'where'],
    ['::table{view="resources" where="ki¦', 'kind'],
    ['::table{view="resources" columns="name, wa¦', 'wave'],
    ['::table{view="resources" columns="name, hosts = spe¦', 'spec'],
    [':claim[It is [so](x.md)]{of="kind == \'Nam¦', 'Namespace'],
    [':claim[a\nb]{of="true"\nall="applica¦', 'application'],
    [':claim[a]{over="applications" of="proj¦', 'project'],
    [':claim[a]{over="appl¦', 'applications'],
    [':fact[]{value="application(\'¦', 'shop-web'],
    [":fact[]{value=\"resource('Deployment/shop/web').sp¦", 'spec'],
    [":fact[]{value=\"resource('Deployment/shop/web').spec.repl¦", 'replicas'],
    [':fact[]{count="spec.repl¦', 'replicas'],
    ['[the web](guides/¦', 'guides/web.md'],
    ['[the web](guides/web.md#¦', null],
    ['[the web](guides%2Fweb.md?x#¦', null],
    ['[the web](//[%#¦', null],
    ['```yaml source="K8s/shop/web/n¦', 'K8s/shop/web/namespace.yaml'],
    ['```d2 cov¦', 'covers'],
    ['```d2 covers="kind == \'AppP¦', 'AppProject'],
    ['```d2\na: { link: "gitops:AppP¦', 'AppProject/shop'],
    ['```d2\n...@gitops/¦', 'gitops/projects'],
    ['```d2\n...@¦', 'gitops/projects'],
    ['```d2\na: @gi¦', 'gitops/projects'],
    ['```d2\na: me@¦', null],
    ['::table{view="resources" where="spec[\'repl¦', 'replicas'],
    ['```d2\n```\n`AppP¦', 'AppProject/shop'],
    ['```sh\n`AppP¦', null],
    ['```sh\r\n`AppP¦', null],
    ['```d2\r\na: { link: "gitops:AppP¦', 'AppProject/shop'],
    ['```d2\r\n```\r\n😀 `AppP¦', 'AppProject/shop'],
    ['::table{where="destina¦" view="applications"}', 'destination'],
    ['<!-- plumbline-ignore path¦', 'path-missing'],
    ['<!-- `AppP¦` -->', null],
    ['<!-- a -->\n`AppP¦', 'AppProject/shop'],
    ['Nothing to `complete` here ¦', null],
  ])('at %s', async (written, label) => {
    const text = `# Late\n\n${written}`;
    await editor.open('docs/late.md', text);
    const list = await editor.ask('completion', 'docs/late.md', '¦');
    const items = list?.items ?? [];
    if (label === null) expect(items).toEqual([]);
    else {
      const found = items.find((item) => item.label === label);
      expect(items.map((item) => item.label)).toContain(label);
      // The whole of what was begun is replaced, slashes and all.
      const edit = found?.textEdit as TextEdit | undefined;
      const start = edit?.range.start ?? { line: 0, character: 0 };
      const line = text.split('\n')[start.line] ?? '';
      expect(line.slice(0, start.character)).toMatch(/[^\w/]$/);
    }
    await editor.close('docs/late.md');
  });
});

test.each([
  ['::table{¦', ['view', 'where', 'columns']],
  ['::table{view="applications" where="proj¦', ['project', 'project', 'projects']],
  ['`shop/web/na¦', ['K8s/shop/web/namespace.yaml']],
  ['`names¦', ['Namespace/shop', 'K8s/shop/web/namespace.yaml']],
])('what is most likely meant at %s stands first', async (written, labels) => {
  await editor.open('docs/late.md', `# Late\n\n${written}`);
  const list = await editor.ask('completion', 'docs/late.md', '¦');
  const items = (list?.items ?? []).toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
  expect(items.slice(0, labels.length).map(({ label }) => label)).toEqual(labels);
  await editor.close('docs/late.md');
});

describe('hover and definition', () => {
  const manifest = (file: string) => pathToFileURL(join(root, file)).href;

  test('a reference is its resource', async () => {
    const hover = await editor.ask('hover', 'docs/index.md', 'Project/shop`,');
    expect(hover?.contents).toMatchObject({ value: expect.stringContaining('appproject-shop.yaml:') });
    const [at] = (await editor.ask('definition', 'docs/index.md', 'Project/shop`,')) ?? [];
    expect(at?.uri).toBe(manifest('IT/argocd/appproject-shop.yaml'));
  });

  test('a claim says how it fared and what was looked at', async () => {
    const hover = await editor.ask('hover', 'docs/index.md', 'its namespace');
    expect(hover?.contents).toMatchObject({
      value: expect.stringMatching(/verified[\s\S]*`Namespace\/shop`/),
    });
  });

  test('a path leads to its files, a link of D2 to its resource', async () => {
    const [path] = (await editor.ask('definition', 'docs/index.md', 'K8s/shop/*')) ?? [];
    expect(path?.uri).toBe(manifest('K8s/shop/web/namespace.yaml'));
    const [linked] = (await editor.ask('definition', 'docs/index.md', 'Namespace/shop" }')) ?? [];
    expect(linked?.uri).toBe(manifest('K8s/shop/web/namespace.yaml'));
    const hover = await editor.ask('hover', 'docs/index.md', 'AppProject/shop" }');
    expect(hover?.contents).toMatchObject({ value: expect.stringContaining('**AppProject/shop**') });
  });

  test('of words there is nothing to say', async () => {
    expect(await editor.ask('hover', 'docs/index.md', 'title: The')).toBeNull();
    expect(await editor.ask('definition', 'docs/index.md', 'title: The')).toEqual([]);
  });
});

test('an editor that tells nothing of files and knows no snippets is served, too', async () => {
  const copy = tree({});
  cpSync(root, copy, { recursive: true });
  const plain = await openEditor(copy, { isPlain: true });
  onTestFinished(() => plain.leave());
  const path = join(copy, 'K8s/shop/web/deployment.yaml');
  const before = readFileSync(path, 'utf8');
  // Whether it is written before or after the first reading.
  writeFileSync(path, before.replace('replicas: 2', 'replicas: 3'));
  await plain.told('docs/guides/web.md', (found) => found.length === 1);
  writeFileSync(path, before);
  await plain.told('docs/guides/web.md', (found) => found.length === 0);

  await plain.open('docs/late.md', '# Late\n\n::ta¦');
  const list = await plain.ask('completion', 'docs/late.md', '¦');
  const [item] = list?.items ?? [];
  expect(item).toMatchObject({ label: 'table', textEdit: { newText: 'table{}' } });
  expect(item).not.toHaveProperty('insertTextFormat');
});
