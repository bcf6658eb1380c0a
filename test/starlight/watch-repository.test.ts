import { EventEmitter } from 'node:events';
import { appendFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../../plugins/source/index.ts';
import type { DevRun } from '../../plugins/starlight/run/dev-run.ts';
import { publish, type SharedRun } from '../../plugins/starlight/run/shared-run.ts';
import { watchRepository } from '../../plugins/starlight/run/watch-repository.ts';
import { tree } from '../source/tree.ts';

test('edits that come while one is followed are followed once', async () => {
  const { edit, reload, reloads } = await watched();
  edit('a.yaml');
  await reload.begun(1);
  for (const file of ['b.yaml', 'c.yaml', 'd.yaml']) {
    edit(file);
    await past();
  }
  reload.end(true);
  await reload.begun(2);
  reload.end(true);
  await past();
  expect(reloads()).toBe(2);
});

test('an edit overtakes the look at all pages, and of what it changes alone is rendered again', async () => {
  const { edit, reload, refreshes } = await watched();
  edit('a.yaml');
  await reload.begun(1);
  expect(reload.isOvertaken()).toBe(false);
  edit('b.yaml');
  expect(reload.isOvertaken()).toBe(true);
  reload.end(false);
  await reload.begun(2);
  expect(reload.isOvertaken()).toBe(false);
  reload.end(true, ['/shop/docs/one.md']);
  await past();
  expect(refreshes).toEqual([{ plumbline: true, pages: ['/shop/docs/one.md'], isAll: true }]);
});

test('a page that is put into the store by its own watcher is written at once, and once', async () => {
  const { stored, refreshes } = await watched();
  stored();
  await past();
  expect(refreshes).toEqual([{ plumbline: true, pages: [], isAll: false }]);
});

test('the store is written after an edit only where a page that is made from the manifests is another', async () => {
  const { edit, reload, refreshes, places, forgotten } = await watched();
  for (const [turn, others] of [[], ['resources/secret/a'], []].entries()) {
    places(others);
    edit('a.yaml');
    await reload.begun(turn + 1);
    reload.end(true, []);
    await past();
  }
  expect(refreshes).toEqual([{ plumbline: true, pages: [], isAll: false }]);
  // What else pages are made of is forgotten after each, and the store is not read again for nothing.
  expect(forgotten()).toEqual([
    '\0virtual:plumbline/site',
    '\0virtual:plumbline/site',
    dataStore,
    '\0virtual:plumbline/site',
  ]);
});

test('a commit is followed, as pages say at which they were verified', async () => {
  const { root, reload } = await watched({
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/logs/HEAD': 'one\n',
  });
  appendFileSync(join(root, '.git/logs/HEAD'), 'two\n');
  await reload.begun(1);
});

test('what keeps the server from following is told once, over each page, until it is mended', async () => {
  const { edit, reload, errors, sent, connect } = await watched();
  const place = { file: join('/', 'shop', 'plumbline.yaml'), line: 3, column: 1 };
  const broken = () => new ConfigError('there is no key `layer`', 'mend it', place);
  for (const turn of [1, 2]) {
    edit('plumbline.yaml');
    await reload.begun(turn);
    reload.fail(broken());
    await past();
  }
  expect(errors).toEqual(['there is no key `layer`\n  help: mend it']);
  connect();
  const overlay = expect.objectContaining({
    type: 'error',
    err: expect.objectContaining({
      message: 'there is no key `layer`',
      hint: 'mend it',
      loc: { file: join('..', 'plumbline.yaml'), line: 3, column: 1 },
    }),
  });
  expect(sent).toEqual([overlay, overlay, overlay]);

  // As it was before: nothing else is shown, but what lies over it goes.
  edit('plumbline.yaml');
  await reload.begun(3);
  reload.end(false);
  await past();
  expect(sent.slice(3)).toEqual([{ type: 'full-reload' }]);
  connect();
  expect(sent.slice(3)).not.toContainEqual(overlay);
});

test('a front matter that is not used is told over each page until it is mended or the page is gone', async () => {
  const { refuse, errors, sent, root, unlink } = await watched();
  const page = join(root, 'docs/one.md');
  const told = () => sent.splice(0).map((one) => (one as { type: string }).type);
  refuse(page, new Error('`order` is no number'));
  refuse(page, new Error('`order` is no number'));
  expect(errors).toEqual(['`order` is no number']);
  expect(told()).toEqual(['error', 'error']);
  refuse(page, null);
  refuse(page, null);
  expect(told()).toEqual(['full-reload']);
  refuse(page, new Error('again'));
  unlink('docs/one.md');
  expect(told()).toEqual(['error', 'full-reload']);
});

test('a reload is told what was changed where nothing else was, and where the last one did not fail', async () => {
  const { edit, unlink, reload } = await watched();
  edit('a.yaml');
  await reload.begun(1);
  // What the first reading was of is not known.
  expect(reload.touched()).toBe(undefined);
  for (const file of ['b.yaml', 'K8s/c.yaml', 'b.yaml']) edit(file);
  reload.end(true);
  await reload.begun(2);
  expect(reload.touched()).toEqual(['b.yaml', 'K8s/c.yaml']);
  edit('a.yaml');
  unlink('b.yaml');
  reload.end(true);
  await reload.begun(3);
  expect(reload.touched()).toBe(undefined);
  edit('a.yaml');
  reload.fail(new Error('no'));
  await reload.begun(4);
  expect(reload.touched()).toBe(undefined);
  edit('a.yaml');
  reload.end(true);
  await reload.begun(5);
  expect(reload.touched()).toEqual(['a.yaml']);
  reload.end(true);
});

test('what pages are made of is forgotten again once those are served who asked meanwhile', async () => {
  const { edit, reload, ask, forgotten, sent } = await watched();
  edit('a.yaml');
  await reload.begun(1);
  const page = ask('/guide/');
  reload.end(true);
  await past();
  expect(forgotten().length).toBe(2);
  expect(sent).toEqual([]);
  page.end();
  await past();
  expect(forgotten().length).toBe(4);
  expect(sent).toEqual([{ type: 'full-reload' }]);
});

test('the look at all pages stands aside while a page that was edited is on its way', async () => {
  const { edit, reload } = await watched();
  edit('a.yaml');
  await reload.begun(1);
  const outcome = async () => Promise.race([reload.pause().then(() => 'went on'), past()]);
  expect(await outcome()).toBe('went on');
  edit('docs/one.md');
  expect(await outcome()).toBe(undefined);
  reload.end(true);
});

/** A server whose run is told when to end each reload. */
async function watched(files: Record<string, string> = {}) {
  const root = tree({ 'docs/one.md': '# One\n', ...files });
  const [watcher, hot] = [new EventEmitter(), new EventEmitter()];
  const sent: unknown[] = [];
  const send = (message: unknown) => sent.push(message);
  const browser = { send };
  const channel = { on: hot.on.bind(hot), send, clients: new Set([browser]) };
  const forgotten: string[] = [];
  const moduleGraph = {
    idToModuleMap: new Map(['\0virtual:plumbline/site', dataStore].map((id) => [id, { id }])),
    invalidateModule: ({ id }: { id: string }) => forgotten.push(id),
  };
  const stack: { handle(request: object, response: object, next: () => void): void }[] = [];
  const client = { hot: channel, moduleGraph };
  const server = {
    watcher: Object.assign(watcher, { add() {} }),
    ws: channel,
    middlewares: { stack },
    environments: { client },
    config: { root: join('/', 'shop', 'site') },
  };
  const errors: string[] = [];
  let refuse: (path: string, why: unknown) => void = () => {};
  const reloads: (PromiseWithResolvers<Stale> & ReloadOptions)[] = [];
  const begun = new EventEmitter();
  const run = {
    engine: async () => ({ platform: { config: { root, docs: join(root, 'docs') } } }),
    written: [],
    whole: false,
    onRecheck() {},
    onRefused: (hear: typeof refuse) => {
      refuse = hear;
    },
    reload: (options: ReloadOptions) => {
      const reload = Promise.withResolvers<Stale>();
      reloads.push({ ...reload, ...options });
      begun.emit('begun');
      return reload.promise;
    },
  };
  const shared: Partial<SharedRun> = {};
  publish(root, shared as SharedRun);
  onTestFinished(() => publish(root, undefined));
  const refreshes: unknown[] = [];
  await watchRepository({
    ...{ root, base: '/' },
    server: server as unknown as ViteDevServer,
    run: run as unknown as DevRun,
    refreshContent: async ({ context }) => {
      refreshes.push(context);
      // Astro puts what it renders into its store meanwhile.
      shared.stored?.('one');
    },
    logger: { info() {}, error: (message: string) => errors.push(message) },
  });
  // Of what is open there the server, which listens nowhere, cannot be asked.
  hot.emit('plumbline:open', { address: '/' }, browser);
  return {
    edit: (file: string) => watcher.emit('all', 'change', join(root, file)),
    unlink: (file: string) => watcher.emit('all', 'unlink', join(root, file)),
    refuse,
    root: realpathSync(root),
    connect: () => hot.emit('connection'),
    ask(url: string) {
      const response = { end: () => response };
      for (const { handle } of stack) handle({ url, headers: {} }, response, () => {});
      return response;
    },
    forgotten: () => forgotten,
    /** Ids of pages that are made from the manifests and are others than they were. */
    places: (ids: string[]) => {
      shared.place = async () => {
        for (const id of ids) shared.stored?.(id);
      };
    },
    reload: {
      async begun(count: number) {
        while (reloads.length < count) await new Promise((done) => begun.once('begun', done));
      },
      end: (isNew: boolean, pages: string[] | null = null) =>
        reloads.at(-1)?.resolve(isNew ? { pages } : null),
      touched: () => reloads.at(-1)?.touched,
      pause: async () => reloads.at(-1)?.pause?.(),
      isOvertaken: () => reloads.at(-1)?.overtaken.aborted,
      fail: (error: Error) => reloads.at(-1)?.reject(error),
    },
    reloads: () => reloads.length,
    errors,
    sent,
    stored: () => shared.stored?.('one'),
    refreshes,
  };
}

const dataStore = '\0astro:data-layer-content';

type ReloadOptions = Parameters<DevRun['reload']>[0];
type Stale = Awaited<ReturnType<DevRun['reload']>>;

/** Longer than edits are waited for. */
const past = () => new Promise((done) => setTimeout(done, 60));
