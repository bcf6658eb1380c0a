import { watch } from 'node:fs';
import { relative } from 'node:path';
import type { AstroIntegrationLogger } from 'astro';
import type { ViteDevServer } from 'vite';
import { isInside, realOf, slashed } from '../../base/index.ts';
import { headLog } from '../../source/index.ts';
import { loaderName, type RefreshContext } from '../site/loader-name.ts';
import { madeOfPages, madeOfRun } from '../site/virtual-modules.ts';
import type { DevRun } from './dev-run.ts';
import { editedNames } from './edited-names.ts';
import { watchOpenPages } from './open-pages.ts';
import { slugAt } from './page-state.ts';
import { settleStore } from './settle-store.ts';
import { published } from './shared-run.ts';
import { dataStoreId, invalidate, isMade } from './stale-modules.ts';
import { standAside } from './stand-aside.ts';
import { createTrouble } from './trouble.ts';

/**
 * `astro dev`: a change anywhere in the repository reaches the open page. The model is read again, all
 * pages are checked again (an excerpt, a drawing and an icon may show any file, a link may lead to any
 * page), those whose live pieces changed are rendered again, and browsers reload those that they have open.
 * These come first, and are shown before the others are looked at. Changes that come together are taken
 * together. What is written in a page Astro follows by itself.
 */
export async function watchRepository({
  server,
  root,
  base,
  refreshContent,
  run,
  logger,
}: WatchOptions): Promise<void> {
  const { config } = (await run.engine()).platform;
  const folders = [config.root, config.docs].map((folder) => realOf(folder));
  server.watcher.add([config.root, config.docs]);

  const open = watchOpenPages(server, (address, id) => slugAt(address, base) === id);
  const trouble = createTrouble(server, logger);
  const store = settleStore(server, {
    readAnew: () => {
      invalidate(server, isMade);
      show();
    },
    written: show,
  });
  /** Entries that were put into the collection since browsers were told. */
  const stored = new Set<string>();
  /** How often any entry was, ever. */
  let puts = 0;
  function tell(): void {
    open.changed([...stored]);
    stored.clear();
  }
  function show(): void {
    // What we refresh is told once it is written, and the rest that it is shown with is made anew, too.
    if (refreshing > 0) return;
    tell();
    void open.look(edited.signal);
  }
  /** @returns whether it is done once more, and browsers are told, when all are served who are under way. */
  const forget = (isStale: (id: string) => boolean) => {
    invalidate(server, isStale);
    return store.settle();
  };
  let timer: NodeJS.Timeout | undefined;
  let typing: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const queue = (work: () => Promise<void>) => {
    running = running.then(work).catch((error: unknown) => trouble.tell(error));
  };
  run.onRecheck((stale) => {
    forget((id) => madeOfPages.includes(id));
    if (stale.length > 0) void render({ pages: stale, isAll: false }).catch(trouble.tell);
    clearTimeout(typing);
    typing = setTimeout(() => queue(placeMade), untilTyped);
  });
  const shared = published(root);
  if (shared !== undefined)
    shared.stored = (id) => {
      stored.add(id);
      puts += 1;
      if (refreshing === 0) void refreshPages({ pages: [], isAll: false }).then(tell).catch(trouble.tell);
    };

  run.onRefused((path, why) => {
    if (why !== null) trouble.tell(why, path);
    else if (trouble.end(path)) open.reload();
  });

  /** Until when a page that was edited is on its way to whoever has it open. */
  let expected = 0;
  const changed = (event: string, path: string) => {
    if (isPage(path)) expected = performance.now() + untilShown;
    if (event === 'unlink' && trouble.end(realOf(path))) open.reload();
    if (isLeftAlone(path) || !folders.some((folder) => isInside(folder, realOf(path)))) return;
    if (run.whole && isPage(path)) return followPage(event, path);
    if (isPage(path) && event === 'change' && isInside(realOf(config.docs), realOf(path))) return;
    // What is watched by way of a link is told by its own name.
    names.add(slashed(realOf(config.root), realOf(path)), event);
    follow(event === 'change' ? slashed(config.root, path) : undefined);
  };
  /** Files that were changed since the model was read; null where that is not all. */
  let touched: Set<string> | null = null;
  const names = editedNames();
  const follow = (file?: string) => {
    if (file === undefined) touched = null;
    else touched?.add(file);
    const edit = ++edits;
    edited.abort();
    clearTimeout(timer);
    timer = setTimeout(() => {
      // One that waited while others came is looked at with the last of them.
      queue(async () => {
        if (edits === edit) await refresh();
      });
    }, settle);
  };
  server.watcher.on('all', changed);
  // Pages say at which commit they were verified, and one that is made touches no file of theirs.
  const log = headLog(config.root);
  if (log !== null)
    watch(log, { persistent: false }, () => {
      names.add('the commit', 'change');
      follow();
    }).on('error', () => {});
  // The first reading finds what is loaded and parsed when it is first needed: better before somebody waits.
  open.first.then(async () => {
    await new Promise((done) => setTimeout(done, untilIdle).unref());
    if (!edited.signal.aborted) queue(refresh);
  });

  /** What nobody edits: Git's own, packages, caches, and what the server writes itself. */
  function isLeftAlone(path: string): boolean {
    const isOwn = run.written.some((folder) => isInside(folder, path));
    return isOwn || /(?:^|[\\/])(?:\.git|node_modules|\.cache)(?:[\\/]|$)/.test(relative(config.root, path));
  }

  /** Pages that came after the start: Astro's own watcher does not know them. */
  const added = new Set<string>();
  function followPage(event: string, path: string): void {
    if (event === 'change' && added.has(path)) queue(() => render());
    if (event !== 'add' && event !== 'unlink') return;
    queue(async () => {
      if (!(await run.findPages())) return;
      if (event === 'add') added.add(path);
      logger.info(`${relative(config.root, path)} ${event === 'add' ? 'is new' : 'is gone'}`);
      await render();
    });
  }

  let edits = 0;
  /** What another change follows need not be looked at to the end. */
  let edited = new AbortController();
  async function refresh(): Promise<void> {
    edited = new AbortController();
    const { signal } = edited;
    const taken = touched;
    touched = new Set();
    const reloaded = run.reload({
      open: open.addresses(),
      show: async (pages) => {
        await render({ pages, isAll: false });
        await open.served();
      },
      touched: taken === null ? undefined : [...taken],
      pause: standAside(() => store.isAsked() || performance.now() < expected, signal),
      overtaken: signal,
    });
    const stale = await reloaded.catch((error: unknown) => {
      // What was to be read may not have been.
      touched = null;
      throw error;
    });
    const isMended = trouble.end();
    // What the next one follows is told by that.
    const told = stale === null && !isMended && signal.aborted ? '' : names.told();
    if (isMended) logger.info(`read again: ${told}`);
    else if (stale !== null) logger.info(`changed: ${told}`);
    if (stale !== null) await render({ pages: stale.pages, isAll: true });
    else if (isMended) open.reload();
    void open.look(signal);
  }

  async function render(rendered: Rendered = { pages: null, isAll: true }): Promise<void> {
    const isStored = await refreshPages(rendered);
    // A request that came in while Astro wrote its store may have kept the store as it was.
    const kept = rendered.isAll ? [] : madeOfRun.filter((id) => !madeOfPages.includes(id));
    if (!isStored) kept.push(dataStoreId);
    if (!forget((id) => isMade(id) && !kept.includes(id))) tell();
  }

  /** Pages that are made name what an author's page states. */
  async function placeMade(): Promise<void> {
    await refreshPages({ pages: [], isAll: true });
    if (!forget((id) => madeOfRun.includes(id))) tell();
    void open.look(edited.signal);
  }

  let refreshing = 0;
  /**
   * What was put into the collection is written with it.
   * @returns whether there was anything: Astro writes its whole store whenever it is asked to, and reads it.
   */
  async function refreshPages(rendered: Rendered): Promise<boolean> {
    const context: RefreshContext = { plumbline: true, ...rendered };
    refreshing += 1;
    try {
      if (rendered.isAll && rendered.pages?.length === 0 && shared?.place !== undefined) {
        const before = puts;
        await shared.place();
        if (puts === before) return false;
        context.isAll = false;
      }
      await refreshContent({ loaders: [loaderName], context: { ...context } });
      return true;
    } finally {
      refreshing -= 1;
    }
  }
}

type Rendered = Omit<RefreshContext, 'plumbline'>;

function isPage(path: string): boolean {
  return /\.mdx?$/i.test(path);
}

/**
 * Milliseconds without a further change before the model is read again: editors and Git write several files
 * at once.
 */
const settle = 3;
/** Milliseconds after an author's page was edited, which is shown first: whoever types saves again. */
const untilTyped = 700;
/** Milliseconds that an edit of a page takes until it is shown. */
const untilShown = 600;
/** Milliseconds after the first page: a browser loads what is on it. */
const untilIdle = 1000;

export interface WatchOptions {
  server: ViteDevServer;
  /** Of the site, as a run is published under. */
  root: string;
  base: string;
  refreshContent: (options: { loaders?: string[]; context?: Record<string, unknown> }) => Promise<void>;
  run: DevRun;
  logger: Pick<AstroIntegrationLogger, 'info' | 'error'>;
}
