import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoaderContext } from 'astro/loaders';
import { describe, expect, test } from 'vitest';
import { plumblineLoader } from '../../plugins/starlight/loader.ts';
import { loadPages } from '../../plugins/starlight/loading/load-pages.ts';
import type { GeneratedPage } from '../../plugins/starlight/pages/generated-page.ts';
import { isWithin } from '../../plugins/starlight/run/options.ts';
import { publish, type SharedRun } from '../../plugins/starlight/run/shared-run.ts';
import { pagePolicy } from '../../plugins/starlight/site/page-policy.ts';
import { tree } from '../source/tree.ts';

const page = '---\ntitle: A\n---\n';

/** What the collection of a site holds after it was loaded, by id: how a page was read, its front matter. */
async function loaded(site: Site) {
  const store = await storeOf(site);
  return Object.fromEntries([...store].map(([id, { data }]) => [id, data as Record<string, unknown>]));
}

async function storeOf(site: Site) {
  const { load, store } = collection(site);
  await load();
  return store;
}

/** A collection that may be loaded more than once, and which of its pages were rendered. */
function collection({
  files = {},
  links = {},
  unchecked = [],
  moved = {},
  untrusted = false,
  digests = {},
  generated = [],
  refused,
}: Site) {
  const outside = tree({ 'docs/secret.md': page, 'secret.png': '' });
  const root = tree({ 'site/src/content/docs/index.md': page, ...files });
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target.replace('OUTSIDE', outside), join(root, path));
  }
  const site = join(root, 'site');
  const docs = join(site, 'src/content/docs');
  const options = { root: site, docs, untrusted } as Parameters<typeof pagePolicy>[0];
  const run: Partial<SharedRun> = {
    load: (context, loaders) => loadPages(run as SharedRun, context, loaders),
    placed: () => {},
    policy: pagePolicy(options),
    ready: async () => {},
    generated: async () => generated,
    digestOf: async (path) => digests[path.slice(docs.length + 1)] ?? '',
    isWithin: (path) => isWithin(path, options),
    isChecked: (path) => !unchecked.some((one) => path.endsWith(one)),
    moved: async () => new Map(Object.entries(moved).map(([path, slug]) => [join(docs, path), slug])),
    repository: async () => null,
    leftOut: (path) => (path.endsWith('left-out.md') ? 'smaller pages come first' : null),
    failed: () => false,
    loaded: async () => {},
    ...(refused === undefined ? {} : { refused }),
  };
  const rootUrl = pathToFileURL(`${site}/`);
  const rendered: string[] = [];
  const store = new Map<string, Entry>();
  const type = (by: string) => ({
    getEntryInfo: async ({ contents }: { contents: string }) => ({
      data: { by, ...(JSON.parse(/^---\n(\{.*)\n---/.exec(contents)?.[1] ?? '{"title":"A"}') as object) },
      body: contents,
    }),
    getRenderFunction: async () => async (entry: Entry) => {
      rendered.push(entry.id);
      return { html: '' };
    },
  });
  const errors: string[] = [];
  const context = {
    collection: 'docs',
    config: { root: rootUrl, srcDir: new URL('src/', rootUrl), integrations: [] },
    logger: { warn: () => {}, info: () => {}, error: (message: string) => errors.push(message) },
    parseData: async ({ data }: { data: object }) => {
      if ('wrong' in data) throw new Error('the schema knows no `wrong`');
      return data;
    },
    generateDigest: String,
    renderMarkdown: async () => ({ html: '' }),
    entryTypes: new Map([
      ['.md', type('markdown')],
      ['.mdx', type('mdx')],
    ]),
    store: {
      get: (id: string) => store.get(id),
      set: (entry: Entry) => store.set(entry.id, entry),
      delete: (id: string) => store.delete(id),
      keys: () => [...store.keys()],
      values: () => [...store.values()],
      addModuleImport: () => {},
      addAssetImports: () => {},
    },
  };
  const load = async (more: object = {}) => {
    publish(rootUrl.href, run as SharedRun);
    try {
      await plumblineLoader().load({ ...context, ...more } as unknown as LoaderContext);
    } finally {
      publish(rootUrl.href, undefined);
    }
  };
  return { load, store, rendered, docs, run };
}

describe('the collection of a site', () => {
  const docs = 'site/src/content/docs';

  test.each(['md', 'mdx'])('gives no parser a page that the check did not parse (%s)', async (format) => {
    const files = { [`${docs}/a.${format}`]: `${page}\n${'**a_'.repeat(4000)}\n` };
    const { body } = (await storeOf({ files, untrusted: true })).get('a') ?? {};
    expect(body).toBe(
      'This page is not shown, as the parser would take too long: 8000 marks in one paragraph.',
    );
  });

  test.each<[string, Site, string]>([
    [
      'a link to a page beyond the root',
      { links: { [`${docs}/a.md`]: 'OUTSIDE/docs/secret.md' } },
      'leads out',
    ],
    ['a link to a folder beyond', { links: { [`${docs}/a`]: 'OUTSIDE/docs' } }, 'leads out'],
    [
      'a link by way of a link',
      { links: { 'site/out': 'OUTSIDE', [`${docs}/a`]: '../../../out/docs' } },
      'leads out',
    ],
    [
      'a link upwards',
      { files: { 'beside/secret.md': page }, links: { [`${docs}/a`]: '../../../../beside' } },
      'leads out',
    ],
    [
      'a page that no check has read',
      { files: { [`${docs}/node_modules/a.md`]: page }, unchecked: ['node_modules/a.md'] },
      'was not checked',
    ],
    [
      'a picture of a hero that lies beyond',
      { files: { [`${docs}/a.md`]: '---\n{"hero":{"image":{"file":"../../../../x.png"}}}\n---\n' } },
      'leads out',
    ],
    [
      'one by way of a link',
      {
        files: { [`${docs}/a.md`]: '---\n{"hero":{"image":{"dark":"./out/secret.png"}}}\n---\n' },
        links: { [`${docs}/out`]: 'OUTSIDE' },
      },
      'leads out',
    ],
  ])('takes up no %s', async (_name, site, message) => {
    await expect(loaded(site)).rejects.toThrow(message);
  });

  test('says in the place of a page that the check left out why it is not shown', async () => {
    const store = await storeOf({ files: { [`${docs}/left-out.md`]: '# Large\n\n[a](b.md)\n' } });
    expect(store.get('left-out')?.body).toBe('This page is not shown, as smaller pages come first.');
    expect(store.get('index')?.body).toBe(page);
  });

  test('takes up what links lead to within the root', async () => {
    const found = await loaded({
      files: { 'site/more/b.md': page },
      links: { [`${docs}/more`]: '../../../more' },
    });
    expect(Object.keys(found).sort()).toEqual(['index', 'more/b']);
  });

  test('renders a page again where what the model says in it is another, and no page that is as it was', async () => {
    const digests: Record<string, string> = { 'a.md': '1', 'b.mdx': '1' };
    const files = { [`${docs}/a.md`]: `${page}A\n`, [`${docs}/b.mdx`]: `${page}B\n` };
    const { load, rendered } = collection({ files, digests });
    await load();
    expect(rendered.splice(0).sort()).toEqual(['a', 'b', 'index']);
    await load();
    expect(rendered).toEqual([]);
    digests['a.md'] = '2';
    await load();
    expect(rendered).toEqual(['a']);
  });

  test('tells of a page that its watcher puts into it, and of none while it is loaded', async () => {
    const files = { [`${docs}/a.md`]: page, [`${docs}/b.md`]: page };
    const watcher = Object.assign(new EventEmitter(), { add: () => {} });
    const site = collection({ files });
    let told = 0;
    site.run.stored = () => (told += 1);
    await site.load({ watcher });
    expect([site.rendered.sort(), told]).toEqual([['a', 'b', 'index'], 0]);
    writeFileSync(join(site.docs, 'a.md'), `${page}\nMore.\n`);
    watcher.emit('change', join(site.docs, 'a.md'));
    await expect.poll(() => told).toBe(1);
    expect(site.rendered.slice(3)).toEqual(['a']);
  });

  test('of edits of a page that come while it is read the last is what stays', async () => {
    const watcher = Object.assign(new EventEmitter(), { add: () => {} });
    const site = collection({ files: { [`${docs}/a.md`]: page } });
    await site.load({ watcher });
    const path = join(site.docs, 'a.md');
    const slow = Promise.withResolvers<string>();
    const digests = [slow.promise, '', ''];
    site.run.digestOf = async () => digests.shift() ?? '';
    const begun = () => expect.poll(() => digests.length).toBe(2);
    for (const text of ['one', 'two', 'three']) {
      writeFileSync(path, `${page}${text}`);
      watcher.emit('change', path);
      await begun();
    }
    // The first of them would be told last.
    await new Promise((done) => setTimeout(done, 20));
    slow.resolve('');
    await expect.poll(() => digests.length).toBe(1);
    await expect.poll(() => site.store.get('a')?.body).toBe(`${page}three`);
  });

  test('a page that goes while it is read does not come back', async () => {
    const watcher = Object.assign(new EventEmitter(), { add: () => {} });
    const site = collection({ files: { [`${docs}/a.md`]: page } });
    await site.load({ watcher });
    const path = join(site.docs, 'a.md');
    const slow = Promise.withResolvers<string>();
    let asked = 0;
    site.run.digestOf = () => {
      asked += 1;
      return slow.promise;
    };
    writeFileSync(path, `${page}two`);
    watcher.emit('change', path);
    await expect.poll(() => asked).toBe(1);
    rmSync(path);
    watcher.emit('unlink', path);
    slow.resolve('other');
    await expect.poll(() => site.rendered.length).toBe(3);
    await new Promise((done) => setTimeout(done, 20));
    expect(site.store.has('a')).toBe(false);
  });

  test('renders of a refresh only the pages that it names, and places what is made of the model where it says so', async () => {
    const files = { [`${docs}/a.md`]: page, [`${docs}/b.md`]: page };
    const digests: Record<string, string> = { 'a.md': 'one', 'b.md': 'one' };
    const site = collection({ files, digests });
    await site.load({ watcher: Object.assign(new EventEmitter(), { add: () => {} }) });
    Object.assign(digests, { 'a.md': 'two', 'b.md': 'two' });
    site.run.generated = async () => [{ id: 'made', data: { title: 'Made' }, body: 'Made.' }] as never;
    const refresh = async (pages: string[], isAll: boolean) => {
      site.rendered.length = 0;
      await site.load({ refreshContextData: { plumbline: true, pages, isAll } });
      return [...site.rendered, ...(site.store.has('made') ? ['made'] : [])];
    };
    expect(await refresh([join(site.docs, 'a.md')], false)).toEqual(['a']);
    expect(await refresh([join(site.docs, 'b.md')], true)).toEqual(['b', 'made']);
    expect(await refresh([], false)).toEqual(['made']);
  });

  test('publishes under its number a page that would have the address of another', async () => {
    const files = { [`${docs}/b.md`]: page, [`${docs}/b/index.md`]: page, [`${docs}/c/README.md`]: page };
    const found = await loaded({ files, moved: { 'b/index.md': 'b-2' } });
    expect(Object.keys(found).sort()).toEqual(['b', 'b-2', 'c/readme', 'index']);
  });

  test('publishes no address that would run, and nothing at a slug that leads out', async () => {
    const data =
      '{"title":"A","slug":"../../x","editUrl":"javascript:a","next":{"link":"javascript:b"},"banner":{"content":"<b onclick=c>c</b>"}}';
    const found = await loaded({ files: { [`${docs}/a.md`]: `---\n${data}\n---\n` } });
    expect(found.a).toEqual({
      ...{ by: 'markdown', title: 'A', editUrl: false, next: { link: '#' } },
      banner: { content: '<b onclick=c>c</b>' },
    });
  });

  test('leaves an author’s page in the place of one that is made, each time', async () => {
    const made = (title: string) => ({ id: 'resources/a', data: { title }, body: title });
    const site = { files: { [`${docs}/resources/a.md`]: page }, generated: [made('One')] };
    const { load, store } = collection(site);
    await load();
    expect(store.get('resources/a')?.body).toBe(page);
    site.generated.splice(0, 1, made('Two'));
    await load();
    expect(store.get('resources/a')?.body).toBe(page);
  });

  test('shows in a server a page without its front matter where that is wrong, and all others', async () => {
    const files = {
      [`${docs}/a.md`]: '---\n{"title":"A","wrong":1}\n---\n',
      [`${docs}/b.md`]: '---\n{"title\n---\n\nText.\n',
    };
    const told: string[] = [];
    const refused = (path: string, why: unknown) => {
      if (why !== null) told.push(`${basename(path)}: ${(why as Error).message.replace(/ JSON.*/, '')}`);
    };
    await expect(loaded({ files })).rejects.toThrow();
    const found = await loaded({ files, refused });
    expect(Object.keys(found).sort()).toEqual(['a', 'b', 'index']);
    expect(found.a).toEqual({ title: 'A' });
    expect(told.sort()).toEqual(['a.md: the schema knows no `wrong`', 'b.md: Unterminated string in']);
  });

  test('reads MDX that is not one’s own as Markdown, and sanitizes its front matter', async () => {
    const files = {
      [`${docs}/a.mdx`]: '---\n{"title":"A","head":[{}],"banner":{"content":"<b onclick=c>c</b>"}}\n---\n',
    };
    expect((await loaded({ files })).a).toMatchObject({ by: 'mdx', head: [{}] });
    expect((await loaded({ files, untrusted: true })).a).toEqual({
      ...{ by: 'markdown', title: 'A', banner: { content: '<b>c</b>' } },
      ...{ prev: undefined, next: undefined },
    });
  });
});

interface Site {
  /** By paths under the folder that holds `site`. */
  files?: Record<string, string>;
  /** Where links lead; `OUTSIDE` is a folder beyond. */
  links?: Record<string, string>;
  unchecked?: string[];
  /** Slugs by path under the docs. */
  moved?: Record<string, string>;
  untrusted?: boolean;
  /** What the model says in pages, by path under the docs. */
  digests?: Record<string, string>;
  /** Pages that are made from the model. */
  generated?: GeneratedPage[];
  /** Given by a server. */
  refused?: SharedRun['refused'];
}

interface Entry {
  id: string;
  data: unknown;
  body?: string;
  filePath: string;
}
