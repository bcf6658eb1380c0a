import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkPages } from '../../plugins/engine/index.ts';
import { startDevRun } from '../../plugins/starlight/run/dev-run.ts';
import { tree } from '../source/tree.ts';

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

test('a page that comes or goes while a whole repository is served is found', async () => {
  const root = tree({ 'web/a.yaml': map, 'docs/one.md': '# One\n' });
  const run = serve(root);
  const files = async () => (await run.repository())?.pages.map(({ file }) => file);
  await run.ready();
  expect(await run.findPages()).toBe(false);
  writeFileSync(join(root, 'docs/two.md'), '# Two\n');
  writeFileSync(join(root, 'web/README.md'), '# Web\n');
  expect(await run.findPages()).toBe(true);
  expect(await files()).toEqual(['docs/one.md', 'docs/two.md', 'web/README.md']);
  rmSync(join(root, 'docs/one.md'));
  expect(await run.findPages()).toBe(true);
  expect(await files()).toEqual(['docs/two.md', 'web/README.md']);
});

test('of pages that follow a manifest the open one is shown before the others are looked at', async () => {
  const stated = '\n:fact[]{value="resource(\'ConfigMap/a\').data.x"}\n';
  const root = tree({
    'web/a.yaml': `${map}data: {x: "1"}\n`,
    'docs/one.md': `# One\n${stated}`,
    'docs/two.md': `# Two\n${stated}`,
  });
  const run = serve(root);
  const [one, two] = ['one', 'two'].map((name) => join(realpathSync(root), `docs/${name}.md`));
  const digest = async (path = '') => run.digestOf(path, readFileSync(path, 'utf8'));
  const edit = (value: number) => writeFileSync(join(root, 'web/a.yaml'), `${map}data: {x: "${value}"}\n`);
  const slug = (await run.repository())?.pages.find(({ file }) => file === 'docs/one.md')?.slug;
  const [before, beforeTwo] = [await digest(one), await digest(two)];
  const shown: string[][] = [];
  const options = {
    open: [`/${slug}/`, '/nowhere/'],
    show: async (pages: string[]) => {
      shown.push(pages);
      expect(await digest(one)).not.toBe(before);
      expect(await digest(two)).toBe(beforeTwo);
    },
    overtaken: new AbortController().signal,
  };
  edit(2);
  expect(await run.reload(options)).toEqual({ pages: null });
  expect(shown).toEqual([[one]]);
  const after = await digest(two);
  expect(after).not.toBe(beforeTwo);
  expect(await run.reload(options)).toBe(null);

  // What another edit follows is left to it, and not forgotten.
  edit(3);
  expect(await run.reload({ ...options, open: [], overtaken: AbortSignal.abort() })).toBe(null);
  expect(await digest(two)).toBe(after);
  expect(await run.reload({ ...options, open: [] })).toEqual({ pages: null });
  expect(await digest(two)).not.toBe(after);
});

test('pages are rendered again where lines are read elsewhere, and where a resource gets another address', async () => {
  const of = (group: string) => `apiVersion: ${group}/v1\nkind: Thing\nmetadata: {name: a}\n`;
  const root = tree({
    'web/a.yaml': of('later.example.com'),
    'docs/one.md': '# One\n\n::table{view="resources" where="group == \'later.example.com\'"}\n',
    'plumbline.yaml': 'repository: {browse: null}\n',
  });
  const run = serve(root);
  const page = join(realpathSync(root), 'docs/one.md');
  const digest = async () => run.digestOf(page, readFileSync(page, 'utf8'));
  const digests = [await digest()];
  for (const [file, text] of [
    ['plumbline.yaml', 'repository: {browse: "https://git.example.com/{commit}/{file}"}\n'],
    ['web/twin.yaml', of('before.example.com')],
  ] as const) {
    writeFileSync(join(root, file), text);
    await run.reload({ open: [], show: async () => {}, overtaken: new AbortController().signal });
    digests.push(await digest());
  }
  expect(new Set(digests).size).toBe(3);
});

test('of an edited manifest only the pages that show it otherwise are rendered again', async () => {
  const stated = (key: string) =>
    `---\ntitle: T\n---\n:fact[]{value="resource('ConfigMap/a').data.${key}"}\n`;
  const docs = 'docs';
  const root = tree({
    'web/a.yaml': `${map}data: {x: "1", z: "1"}\n`,
    [`${docs}/one.md`]: stated('x'),
    [`${docs}/two.md`]: stated('z'),
  });
  const run = serve(root, { whole: null, untrusted: false });
  const [one, two] = ['one', 'two'].map((name) => join(realpathSync(root), docs, `${name}.md`));
  const edit = (x: number, z: number) =>
    writeFileSync(join(root, 'web/a.yaml'), `${map}data: {x: "${x}", z: "${z}"}\n`);
  const reload = () =>
    run.reload({ open: [], show: async () => {}, overtaken: new AbortController().signal });
  expect(await reload()).toBe(null);
  edit(2, 1);
  expect(await reload()).toEqual({ pages: [one] });
  edit(2, 3);
  expect(await reload()).toEqual({ pages: [two] });
  // A page of a resource comes: the collection is loaded whole.
  writeFileSync(join(root, 'web/b.yaml'), map.replace('name: a', 'name: b'));
  expect(await reload()).toEqual({ pages: null });
  // A page that was edited while nobody looked is found by its text.
  writeFileSync(two ?? '', stated('x'));
  const before = await run.digestOf(two ?? '', stated('z'));
  expect(await run.digestOf(two ?? '', stated('x'))).not.toBe(before);
});

test('of a repository without a manifest there is no site', async () => {
  await expect(serve(tree({ 'docs/one.md': '# One\n' })).ready()).rejects.toMatchObject({
    message: expect.stringContaining('there is no manifest under'),
    hint: expect.stringContaining('--root DIR'),
  });
});

test('a page that was shown otherwise before its manifest is as it was again is rendered again', async () => {
  const stated = '---\ntitle: T\n---\n:fact[]{value="resource(\'ConfigMap/a\').data.x"}\n';
  const root = tree({ 'web/a.yaml': `${map}data: {x: "1"}\n`, 'docs/one.md': stated });
  const run = serve(root, { whole: null, untrusted: false });
  const one = join(realpathSync(root), 'docs/one.md');
  const reload = (open: string[], overtaken: AbortSignal) =>
    run.reload({ open, show: async () => {}, overtaken });
  expect(await reload([], new AbortController().signal)).toBe(null);
  writeFileSync(join(root, 'web/a.yaml'), `${map}data: {x: "2"}\n`);
  expect(await reload(['/one/'], AbortSignal.abort())).toBe(null);
  writeFileSync(join(root, 'web/a.yaml'), `${map}data: {x: "1"}\n`);
  expect(await reload([], new AbortController().signal)).toEqual({ pages: [one] });
});

test('the first edit of a page after one of a manifest is looked at, and pages of things name it', async () => {
  const [plain, wrong] = ['', ':fact[b]{value="resource(\'ConfigMap/a\').name"}\n'].map(
    (said) => `---\ntitle: T\n---\n${said}`,
  ) as [string, string];
  const root = tree({ 'web/a.yaml': map, 'docs/one.md': plain });
  const run = serve(root, { whole: null, untrusted: false });
  const path = join(realpathSync(root), 'docs/one.md');
  await run.digestOf(path, plain);
  writeFileSync(join(root, 'web/a.yaml'), `${map}data: {x: "1"}\n`);
  await run.reload({ open: [], show: async () => {}, overtaken: new AbortController().signal });
  const pageOfMap = async () => (await run.generated()).find(({ id }) => id.endsWith('configmap/a'))?.body;
  expect(await pageOfMap()).not.toContain('docs/one.md');
  writeFileSync(path, wrong);
  await run.digestOf(path, wrong);
  expect(run.failed(path)).toBe(true);
  expect(await pageOfMap()).toContain('href="/one/"');
});

function serve(
  root: string,
  more: Partial<Parameters<typeof startDevRun>[0]> = {},
): ReturnType<typeof startDevRun> {
  const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;
  const run = startDevRun({
    command: 'dev',
    root,
    docs: undefined,
    address,
    facts: {
      isOwn: true,
      ...address,
      publicDir: join(root, 'public'),
      routes: [],
      locales: [''],
      others: [],
    },
    routed: Promise.resolve(),
    resources: true,
    rules: false,
    status: false,
    untrusted: true,
    whole: { title: 'Shop', pictures: join(root, '.pictures') },
    words: { languages: { '': 'en' }, dictionaries: {} },
    written: [],
    known: null,
    color: false,
    errors: 'warn',
    logger: { info() {}, warn() {}, error() {} },
    ...more,
  });
  onTestFinished(() => run.dispose());
  return run;
}

test('a page that was rendered otherwise than it was checked, as a file was gone between, is rendered again', async () => {
  const root = tree({
    'web/a.yaml': map,
    'docs/one.md': '# One\n\n[two](two.md)\n',
    'docs/two.md': '# Two\n',
  });
  const page = join(realpathSync(root), 'docs/one.md');
  const run = serve(root, { whole: null, untrusted: false });
  const reload = () =>
    run.reload({ open: [], show: async () => {}, overtaken: new AbortController().signal });
  expect(await reload()).toBe(null);
  const engine = await run.engine();
  const { pages } = await checkPages(engine, { pages: [page] });
  const [right] = pages;
  rmSync(join(root, 'docs/two.md'));
  const [wrong] = (await checkPages(engine, { pages: [page] })).pages;
  writeFileSync(join(root, 'docs/two.md'), '# Two\n');
  if (right === undefined || wrong === undefined) throw new Error('the page was not checked');
  run.rendered?.(wrong);
  expect(await reload()).toEqual({ pages: [page] });
  // What came of that is so.
  run.rendered?.(wrong);
  expect(await reload()).toBe(null);
  run.rendered?.(right);
  run.rendered?.(wrong);
  run.rendered?.(right);
  expect(await reload()).toBe(null);
});
