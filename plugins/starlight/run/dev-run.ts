import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createProgress, printable, realOf } from '../../base/index.ts';
import { isVerdictOf, type Verdict } from '../../checks/index.ts';
import {
  checkPages,
  createEngine,
  type Engine,
  type PageReport,
  type PagesReport,
  pageReports,
} from '../../engine/index.ts';
import type { StatementState } from '../client/toolbar-app.ts';
import { addressesOf } from '../site/site-addresses.ts';
import { type CheckedPage, checkedPage, homeOf, madeOf, pagesOf, reportOf } from './check-outcome.ts';
import { configError } from './errors.ts';
import { engineOptions, isWithin, type RunOptions } from './options.ts';
import { pageFileAt, statementStates } from './page-state.ts';
import type { SiteRun } from './site-run.ts';

/**
 * A run that goes on: one engine for as long as the server lives. A page is checked again when its text
 * changes, all of them when a manifest does; faults are printed and never end it.
 */
export function startDevRun(options: RunOptions): DevRun {
  const progress = createProgress(process.stderr, 'rendering kustomizations');
  /** Says how long it took where somebody waits for it. */
  const timed = async <T>(reading: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await reading();
    } finally {
      progress.done();
      const seconds = (performance.now() - start) / 1000;
      if (seconds > 1) options.logger.info(`the manifests were read in ${seconds.toFixed(1)} s`);
    }
  };
  const engine = options.routed
    .then(() =>
      timed(() => createEngine({ ...engineOptions(options), follows: true, onProgress: progress.update })),
    )
    .catch(rethrowConfig);
  const reports = new Map<string, PageReport>();
  const pages = new Map<string, CheckedPage>();
  const texts = new Map<string, string>();
  const anchors = new Map<string, string>();
  const listeners = new Set<(isStale: boolean) => void>();
  let latest: PagesReport | undefined;
  let listed: { pages?: string[] } = {};
  let shown: ReturnType<typeof madeOf> | undefined;
  let site: ReturnType<typeof addressesOf> | undefined;
  let printed: PagesReport['report'] | null = null;
  /** Whether there was something new that not all of the site has followed yet. */
  let isBehind = false;

  async function checkAll(): Promise<PagesReport> {
    const made = await engine;
    site ??= addressesOf(made, options);
    listed = await pagesOf(made, options);
    latest = await checkPages(made, listed);
    shown = undefined;
    reports.clear();
    pages.clear();
    texts.clear();
    keep(latest.pages, made);
    return latest;
  }

  function keep(checked: PageReport[], { platform }: Engine): void {
    for (const report of checked) {
      const page = checkedPage(report, platform.config.root, options.words);
      pages.set(page.path, page);
      reports.set(page.path, report);
    }
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

  /**
   * Checks one page again whose text has changed since the last check, and where its anchors have too, those
   * that link to it.
   */
  async function recheck(path: string): Promise<void> {
    const made = await engine;
    if (!latest) return;
    const linking = (await hasNewAnchors(made, path)) ? linkingTo(path) : [];
    const before = new Map(linking.map((one) => [one, reports.get(one)?.digest]));
    const checked = await pageReports(made, { pages: [path, ...linking] });
    latest = joined(latest, checked);
    keep(checked, made);
    const isStale = linking.some((one) => reports.get(one)?.digest !== before.get(one));
    for (const listener of listeners) listener(isStale);
    await printFaults(latest);
  }

  /**
   * Checks pages that are open before all others.
   * @returns those that are shown otherwise than before.
   */
  async function checkFirst(paths: string[]): Promise<string[]> {
    if (paths.length === 0 || latest === undefined) return [];
    const made = await engine;
    site = addressesOf(made, options);
    const before = new Map(paths.map((path) => [path, pages.get(path)?.digest]));
    const checked = await pageReports(made, { pages: paths });
    latest = joined(latest, checked);
    keep(checked, made);
    return paths.filter((path) => pages.get(path)?.digest !== before.get(path));
  }

  /** Absolute paths of the author's pages at some addresses, as they were at the last check. */
  async function pagesAt(addresses: string[]): Promise<string[]> {
    const made = await engine;
    const whole = shown === undefined ? null : ((await shown).whole?.pages ?? null);
    const files = new Set<string | undefined>();
    for (const address of addresses)
      files.add(await pageFileAt(address, options.address.base, made, whole).catch(() => undefined));
    return [...reports].flatMap(([path, { file }]) => (files.has(file) && existsSync(path) ? path : []));
  }

  function digests(): [path: string, digest: string][] {
    return [...pages.values()].map(({ path, digest }) => [path, digest]);
  }

  /** True where a page's anchors are others than when it was last edited, and at its first edit. */
  async function hasNewAnchors(made: Engine, path: string): Promise<boolean> {
    const page = await made.pages.page(path);
    const now = JSON.stringify(page?.headings.map(({ slug }) => slug) ?? null);
    const before = anchors.get(path);
    anchors.set(path, now);
    return now !== before;
  }

  /** Pages with a link to a page, or with one that led nowhere and may now lead there. */
  function linkingTo(path: string): string[] {
    const file = reports.get(path)?.file;
    const isConcerned = (verdict: Verdict) =>
      isVerdictOf(verdict, 'link') && (verdict.outcome === 'false' || verdict.result?.target === file);
    return [...reports].flatMap(([one, { verdicts }]) =>
      one !== path && verdicts.some(isConcerned) ? [one] : [],
    );
  }

  /** What is shown besides the pages, of the last check of all. */
  async function made(): ReturnType<typeof madeOf> {
    await ready();
    shown ??= madeOf(await engine, latest ?? (await checkAll()), options);
    return shown;
  }

  const checked = checkAll().catch(rethrowConfig);
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
        pages: [...pages.values()],
        whole,
        named,
        facts,
      };
    },
    home: async () => {
      await ready();
      return homeOf(await engine, latest ?? (await checkAll()), options);
    },
    links: {
      resource: (resource) => site?.links.resource(resource) ?? null,
      page: (slug) => site?.links.page(slug) ?? null,
      place: (place) => site?.links.place(place) ?? null,
      rule: (rule) => site?.links.rule(rule) ?? null,
      edit: ({ file, line, column }) => editAddress(resolve(options.root, file), line, column, options),
      writesLinks: options.whole === null,
    },
    digestOf: async (path, text) => {
      await ready();
      const file = realOf(path);
      const before = texts.get(file);
      texts.set(file, text);
      const isChanged = before === undefined ? !pages.has(file) : before !== text;
      if (isChanged) await recheck(file);
      return pages.get(file)?.digest ?? '';
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
    leftOut: (path) => pages.get(realOf(path))?.leftOut ?? null,
    failed: (path) => pages.get(realOf(path))?.isFailed ?? false,
    loaded: async () => {},
    reload: async ({ open, show, isOvertaken }) => {
      await ready();
      const made = await engine;
      const first = await pagesAt(open);
      const isNew = await timed(() => made.reload());
      if (isNew) site = undefined;
      isBehind ||= isNew;
      const before = digests();
      if (isNew) {
        const shownAgain = await checkFirst(first);
        if (shownAgain.length > 0) await show(shownAgain);
      }
      // The next reload looks at them all.
      if (isOvertaken()) return false;
      await printFaults(await checkAll());
      const isOther = isBehind || !isDeepStrictEqual(before, digests());
      isBehind = false;
      return isOther;
    },
    statements: async (address) => {
      const made = await engine;
      const whole = (await run.repository())?.pages ?? null;
      const file = await pageFileAt(address, options.address.base, made, whole);
      const report = [...reports.values()].find((one) => one.file === file);
      return statementStates(report, (place) => run.links.edit?.(place) ?? null);
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

/** A report with what was checked again in the place of what it said of the same pages. */
function joined({ pages, report }: PagesReport, checked: PageReport[]): PagesReport {
  const again = new Set(checked.map((page) => page.file));
  const others = report.diagnostics.filter((one) => one.page === null || !again.has(one.page.file));
  return {
    pages: [...pages.filter((one) => !again.has(one.file)), ...checked],
    report: { ...report, diagnostics: [...others, ...checked.flatMap((page) => page.diagnostics)] },
  };
}

export interface ReloadOptions {
  open: string[];
  show(pages: string[]): Promise<void>;
  isOvertaken(): boolean;
}

export interface DevRun extends SiteRun {
  /**
   * Reads the manifests again and checks the pages again: of those at the addresses in `open` those that are
   * shown otherwise are given to `show` before the others are looked at, which are left to the next reload
   * where `isOvertaken`.
   * @returns false where nothing is shown otherwise.
   */
  reload(options: ReloadOptions): Promise<boolean>;
  /** Whether the site is the whole of a repository. */
  whole: boolean;
  /** What the page at an address states, for the panel of whoever writes it. */
  statements(address: string): Promise<StatementState[]>;
  /** Absolute folders that the server itself writes to. */
  written: readonly string[];
  /** Looks for the pages of a whole repository again; false where they are the same. */
  findPages(): Promise<boolean>;
  /**
   * Calls back when one page has been checked again by itself; `isStale`: others that link to it must be
   * rendered again.
   */
  onRecheck(listener: (isStale: boolean) => void): void;
}
