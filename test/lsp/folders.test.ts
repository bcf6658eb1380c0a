import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { tree } from '../source/tree.ts';
import { openEditor } from './editor.ts';

function files(name: string): Record<string, string> {
  return {
    'plumbline.yaml': 'layers: {gitops: [web]}\n',
    'web/a.yaml': `kind: ConfigMap\napiVersion: v1\nmetadata: {name: ${name}}\n`,
    'docs/one.md': `# One\n\n:fact[2]{count="kind == 'ConfigMap'"} and \`ConfigMap/${name}\`\n`,
  };
}

/** A repository with one ConfigMap, of which one page says a false and a true thing. */
function repository(name: string): { root: string; page: string; map: string } {
  const root = realpathSync(tree(files(name)));
  return { root, page: join(root, 'docs/one.md'), map: join(root, 'web/a.yaml') };
}

test('each page is answered by the repository of the folder that it lies in', async () => {
  const [one, two] = [repository('one'), repository('two')];
  const editor = await openEditor(one.root, { beside: [two.root, join(two.root, 'docs')] });
  onTestFinished(() => editor.leave());
  for (const { page } of [one, two]) await editor.told(page, ([fault]) => fault?.code === 'fact-stale');
  // Each was read, and the editor showed how long that took.
  await expect.poll(() => editor.shown.toSorted()).toEqual(['begin', 'begin', 'end', 'end']);
  await editor.open(two.page, '# Two\n\n`ConfigMap/two` and `ConfigMap/¦');
  await editor.told(two.page, (found) => found.length === 0);
  const [at] = (await editor.ask('definition', two.page, 'two`')) ?? [];
  expect(at?.uri).toBe(pathToFileURL(two.map).href);
  const list = await editor.ask('completion', two.page, '¦');
  expect(list?.items.map(({ label }) => label)).toContain('ConfigMap/two');

  // A manifest of one is none of the other's.
  writeFileSync(one.map, 'kind: Secret\napiVersion: v1\nmetadata: {name: one}\n');
  await editor.saved(one.map);
  await editor.told(one.page, (found) => found.some(({ code }) => code === 'reference-unknown'));
});

test('a folder that is opened later is served, with what is open in it, and one that is closed no more', async () => {
  const [one, two] = [repository('one'), repository('two')];
  const editor = await openEditor(one.root);
  onTestFinished(() => editor.leave());
  await editor.told(one.page, (found) => found.length === 1);
  const draft = '# Two\n\n`ConfigMap/tow`\n';
  await editor.open(two.page, draft);
  await editor.folders([two.root], []);
  await editor.told(two.page, ([fault]) => fault?.code === 'reference-unknown');
  await editor.folders([], [one.root]);
  await editor.told(one.page, (found) => found.length === 0);
  await editor.type(two.page, draft.replace('tow', 'two'));
  await editor.told(two.page, (found) => found.length === 0);
});

test('a change of folders that cannot be followed ends nothing', async () => {
  const one = repository('one');
  const editor = await openEditor(one.root);
  onTestFinished(() => editor.leave());
  await editor.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: {} });
  await editor.open(one.page, '# One\n\n`ConfigMap/oen`\n');
  await editor.told(one.page, ([fault]) => fault?.code === 'reference-unknown');
});

test('a page of a repository within another is told by the inner one, until that is closed', async () => {
  const outer = repository('outer');
  const inner = join(outer.root, 'docs/inner');
  const page = join(inner, 'docs/one.md');
  for (const [path, text] of Object.entries(files('inner'))) {
    mkdirSync(dirname(join(inner, path)), { recursive: true });
    writeFileSync(join(inner, path), text);
  }
  const editor = await openEditor(outer.root, { beside: [inner] });
  onTestFinished(() => editor.leave());
  await editor.told(outer.page, (found) => found.length === 1);
  await editor.told(page, (found) => found.length === 1);
  await editor.folders([], [inner]);
  // There is no such ConfigMap in the outer one.
  await editor.told(page, (found) => found.length === 2);
});
