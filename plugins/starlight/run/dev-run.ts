import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { printable, realOf } from '../../base/index.ts';
import { type CheckOptions, createEngine, type PagesReport } from '../../engine/index.ts';
import type { PageLinks } from '../../remark/index.ts';
import type { StatementState } from '../client/toolbar-app.ts';
import type { PublishedPage } from '../pages/published-page.ts';
import { addressesOf } from '../site/site-addresses.ts';
import { homeOf, madeOf, pagesOf, reportOf } from './check-outcome.ts';
import { configError } from './errors.ts';
import { followPages } from './followed-pages.ts';
import { type Held, holdPages } from './held-pages.ts';
import { engineOptions, isWithin, type RunOptions } from './options.ts';
import { keepRefusals } from './page-refusals.ts';
import { pageFileAt, statementStates } from './page-state.ts';
import { progressLines } from './progress-lines.ts';
import type { SiteRun } from './site-run.ts';

/**
 * A run that goes on: one engine for as long as the server lives. A page is checked again when its text
 * changes, all of them when a manifest does; faults are printed and never end it.
 */
export function startDevRun(options: RunOptions): DevRun {
  const progress = progressLines();
  /** Says how long it took where somebody waits for it. */
  const timed = async <T>(reading: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await reading();
    } finally {
      progress.kustomizations.done();
      const seconds = (performance.now() - start) / 1000;
      if (seconds > 1) options.logger.info(`the manifests were read in ${seconds.toFixed(1)} s`);
    }
  };
  const engine = options.routed
    .then(() =>
      timed(() =>
        createEngine({
          ...engineOptions(options),
          follows: true,
          onProgress: progress.kustomizations.update,
        }),
      ),
    )
    .catch(rethrowConfig);
  const place: PageLinks['place'] = (at) => site?.links.place(at) ?? null;
  const followed = followPages({
    words: options.words,
    links: { place },
    get crowded() {
      return site?.crowded ?? [];
    },
  });
  const listeners = new Set<(stale: string[]) => void>();
  let listed: { pages?: string[] } = {};
  let shown: ReturnType<typeof madeOf> | undefined;
  /** Of a whole repository, as they were last shown. */
  let published: PublishedPage[] | null = null;
  let site: ReturnType<typeof addressesOf> | undefined;
  let printed: PagesReport['report'] | null = null;
  /** Whether there was something new that not all of the site has followed yet. */
  let isBehind = false;
  const held = holdPages();

  async function checkAll(aside: Aside = {}): Promise<PagesReport> {
    const made = await engine;
    site ??= addressesOf(made, options);
    listed = await pagesOf(made, options);
    const checked = await followed.checkAll(made, { ...listed, ...aside });
    shown = undefined;
    return checked;
  }

  /** Prints what is wrong: at first all of it, then what is otherwise, and when nothing is any more. */
  async function printFaults(checked: PagesReport): Promise<void> {
    const before = printed;
    const { printed: told, shown } = await reportOf(checked, await engine, options, before);
    printed = shown;
    const hadFaults = (before?.diagnostics.length ?? 0) > 0;
    if (told !== null) process.stderr.write(`\n${printable(told, { colour: options.color })}\n`);
    if (hadFaults && shown.diagnostics.length === 0) options.logger.info('pages and manifests agree again');
  }

  async function recheck(path: string): Promise<void> {
    const stale = await followed.recheck(await engine, path);
    // Pages of things name those that speak of them.
    shown = undefined;
    isShown([path, ...stale]);
    for (const listener of listeners) listener(stale);
    const checked = followed.latest();
    if (checked) await printFaults(checked);
  }

  /** What is shown besides the pages, of the last check of all. */
  async function made(): ReturnType<typeof madeOf> {
    await ready();
    shown ??= madeOf(await engine, followed.latest() ?? (await checkAll()), options);
    const is = await shown;
    published = is.whole?.pages ?? null;
    return is;
  }

  /** The collection holds these as they are now. */
  function isShown(paths: string[]): void {
    for (const path of paths) held.show(path, followed.page(path)?.digest ?? '');
  }

  async function heldNow(): Promise<Held> {
    const digests = followed.digests();
    // Drawings and titles of somebody else's pages are no part of their digests.
    if (options.untrusted || options.whole !== null) return { digests, others: null };
    const { generated } = await made();
    const moved = [...(await (await engine).pages.moved())];
    return { digests, others: JSON.stringify([[...digests.keys()], generated.map(({ id }) => id), moved]) };
  }

  const checked = checkAll({ onProgress: progress.checking.update })
    .finally(progress.checking.done)
    .catch(rethrowConfig);
  // A failure is thrown where the run is first waited for; until then it must not end the process.
  checked.catch(() => {});
  let first: Promise<void> | undefined;
  const ready = () => {
    first ??= checked.then(printFaults);
    return first;
  };

  const run: DevRun = {
    engine: () => engine,
    ready,
    checked: async () => {
      await ready();
      const { model, config } = (await engine).platform;
      const { whole, named, facts } = await made();
      return {
        commit: model.commit,
        browse: config.repository.browse,
        docs: config.docs,
        pages: followed.all(),
        whole,
        named,
        facts,
      };
    },
    rendered: (page) => {
      void engine.then(({ platform }) => {
        const { path, digest } = followed.checkedNow(page, platform);
        held.rendered(path, digest, followed.page(path)?.digest);
      });
    },
    home: async () => {
      await ready();
      return homeOf(await engine, followed.latest() ?? (await checkAll()), options);
    },
    links: {
      resource: (resource) => site?.links.resource(resource) ?? null,
      page: (slug) => site?.links.page(slug) ?? null,
      place,
      rule: (rule) => site?.links.rule(rule) ?? null,
      edit: ({ file, line, column }) => editAddress(resolve(options.root, file), line, column, options),
      writesLinks: options.whole === null,
    },
    digestOf: async (path, text) => {
      await ready();
      const file = realOf(path);
      progress.page(followed.all().length);
      if (followed.isEdited(file, text)) await recheck(file);
      return followed.page(file)?.digest ?? '';
    },
    generated: async () => (await made()).generated,
    repository: async () => (await made()).whole,
    isWithin: (path) => isWithin(path, options),
    moved: async () => {
      await ready();
      return (await engine).pages.moved();
    },
    // A page is checked when its digest is asked for.
    isChecked: () => true,
    leftOut: (path) => followed.page(realOf(path))?.leftOut ?? null,
    failed: (path) => followed.page(realOf(path))?.isFailed ?? false,
    placing: progress.generated,
    loaded: async () => progress.loaded(),
    reload: async ({ open, show, touched, pause, overtaken }) => {
      await ready();
      const made = await engine;
      await held.begin(heldNow);
      const first = await followed.at(open, {
        base: options.address.base,
        engine: made,
        whole: published,
      });
      const isNew = await timed(() => made.reload(touched));
      isBehind ||= isNew;
      if (isNew) {
        site = addressesOf(made, options);
        const shownAgain = await followed.checkFirst(made, first);
        if (shownAgain.length > 0) await show(shownAgain);
        isShown(shownAgain);
      }
      if (await made.catchUp()) {
        isBehind = true;
        site = addressesOf(made, options);
      }
      const checked = await checkAll({ signal: overtaken, pause }).catch((error: unknown) => {
        if (!overtaken.aborted) throw error;
      });
      // The next reload looks at them all.
      if (checked === undefined) return null;
      await printFaults(checked);
      const { pages, isSame } = held.follow(await heldNow());
      if (!isBehind && isSame) return null;
      isBehind = false;
      return { pages };
    },
    statements: async (address) => {
      const made = await engine;
      const whole = (await run.repository())?.pages ?? null;
      const file = await pageFileAt(address, options.address.base, made, whole);
      return statementStates(followed.reportOf(file), (place) => run.links.edit?.(place) ?? null);
    },
    whole: options.whole !== null,
    written: options.written,
    findPages: async () => {
      await ready();
      const made = await engine;
      // A README lies among the manifests.
      await made.reload();
      made.pages.refresh([]);
      const found = await pagesOf(made, options);
      if (isDeepStrictEqual(found, listed)) return false;
      await printFaults(await checkAll());
      return true;
    },
    onRecheck: (listener) => listeners.add(listener),
    ...keepRefusals(),
    dispose: async () => {
      const made = await engine.catch(() => undefined);
      await made?.dispose();
    },
  };
  return run;
}

/** Where Vite's server opens a file in the editor that runs beside it. */
function editAddress(path: string, line: number, column: number, { address }: RunOptions): string {
  return `${address.base.replace(/\/$/, '')}/__open-in-editor?file=${encodeURIComponent(`${path}:${line}:${column}`)}`;
}

function rethrowConfig(error: unknown): never {
  if (!(error instanceof Error) || !('help' in error)) throw error;
  throw configError(error.message, String(error.help));
}

/** How all pages are checked while others are asked for. */
type Aside = Pick<CheckOptions, 'signal' | 'pause' | 'onProgress'>;

interface ReloadOptions {
  /** Addresses of pages that are open. */
  open: string[];
  /** Given those of them that are shown otherwise, before the others are looked at. */
  show(pages: string[]): Promise<void>;
  /** Files that were changed, from the root, where there is nothing else. */
  touched?: readonly string[] | undefined;
  /** Waited for between the steps of what nobody waits for. */
  pause?: CheckOptions['pause'];
  /** Given where something was edited meanwhile: the next reload follows that, too. */
  overtaken: AbortSignal;
}

/** What of a site is shown otherwise, besides what is made of all pages. */
interface Stale {
  /** The author's pages that are to be rendered again, by their paths; null for the whole collection. */
  pages: string[] | null;
}

export interface DevRun extends SiteRun {
  /**
   * Reads the manifests again and checks the pages again.
   * @returns null where nothing is shown otherwise, or where it was overtaken.
   */
  reload(options: ReloadOptions): Promise<Stale | null>;
  /** Whether the site is the whole of a repository. */
  whole: boolean;
  /** What the page at an address states, for the panel of whoever writes it. */
  statements(address: string): Promise<StatementState[]>;
  /** Absolute folders that the server itself writes to. */
  written: readonly string[];
  /** Looks for the pages of a whole repository again; false where they are the same. */
  findPages(): Promise<boolean>;
  /**
   * Calls back when one page has been checked again by itself, with the paths of others that link to it and
   * must be rendered again.
   */
  onRecheck(listener: (stale: string[]) => void): void;
  /** Calls back when the front matter of a page is not used, and why; null when it is again. */
  onRefused(hear: (path: string, why: unknown) => void): void;
}
