import { existsSync } from 'node:fs';
import { compareText, digestOf, once } from '../../base/index.ts';
import { isVerdictOf, type Verdict } from '../../checks/index.ts';
import {
  type CheckOptions,
  checkPages,
  type Engine,
  type PageReport,
  type PagesReport,
  pageReports,
  reportOfPages,
} from '../../engine/index.ts';
import { type CheckedPage, checkedPage, type Shown } from './check-outcome.ts';
import { pageFileAt } from './page-state.ts';

/**
 * The pages of a site as they were last checked, while they and the manifests are edited: all of them, or one
 * and those that link to it.
 */
export function followPages(shown: Shown): FollowedPages {
  const reports = new Map<string, PageReport>();
  const pages = new Map<string, CheckedPage>();
  const anchors = new Map<string, string>();
  /** Made when it is asked for: what is wrong with the manifests is nothing that an open page waits for. */
  let latest: (() => PagesReport) | undefined;
  let latestPages: PageReport[] = [];
  /** Of what is checked again by itself while all are looked at. */
  let meanwhile: Set<string> | undefined;

  function keep(checked: readonly PageReport[], { platform }: Engine): void {
    for (const report of checked) {
      const page = checkedPage(report, platform.config, shown);
      pages.set(page.path, page);
      reports.set(page.path, report);
    }
  }

  async function checkSome(engine: Engine, paths: string[]): Promise<void> {
    if (latest === undefined || paths.length === 0) return;
    const checked = await pageReports(engine, { pages: paths });
    const { platform } = engine;
    const all = joined(latestPages, checked);
    latestPages = all;
    latest = once(() => reportOfPages({ platform }, all));
    keep(checked, engine);
  }

  /** True where a page's anchors are others than when it was last edited, and at its first edit. */
  async function hasNewAnchors({ pages }: Engine, path: string): Promise<boolean> {
    const page = await pages.page(path);
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

  return {
    latest: () => latest?.(),
    all: () => [...pages.values()],
    page: (path) => pages.get(path),
    checkedNow: (report, { config }) => checkedPage(report, config, shown),
    digests: () => new Map([...pages.values()].map(({ path, digest }) => [path, digest])),
    reportOf: (file) => [...reports.values()].find((one) => one.file === file),
    async checkAll(engine, options) {
      meanwhile = new Set();
      const known = new Map(latestPages.map((page) => [page.file, page]));
      const checked = await checkPages(engine, { ...options, before: (file) => known.get(file) });
      const again = [...meanwhile].filter((path) => existsSync(path));
      meanwhile = undefined;
      latest = () => checked;
      latestPages = checked.pages;
      reports.clear();
      pages.clear();
      keep(checked.pages, engine);
      // They may have been read before they were edited.
      await checkSome(engine, again);
      return latest();
    },
    async checkFirst(engine, paths) {
      const before = new Map(paths.map((path) => [path, pages.get(path)?.digest]));
      await checkSome(engine, paths);
      return paths.filter((path) => pages.get(path)?.digest !== before.get(path));
    },
    async recheck(engine, path) {
      meanwhile?.add(path);
      const linking = (await hasNewAnchors(engine, path)) ? linkingTo(path) : [];
      const before = new Map(linking.map((one) => [one, pages.get(one)?.digest]));
      await checkSome(engine, [path, ...linking]);
      return linking.filter((one) => pages.get(one)?.digest !== before.get(one));
    },
    isEdited: (path, text) => reports.get(path)?.hash !== digestOf(text),
    async at(addresses, { base, engine, whole }) {
      const files = new Set<string | undefined>();
      for (const address of addresses)
        files.add(await pageFileAt(address, base, engine, whole).catch(() => undefined));
      return [...reports].flatMap(([path, { file }]) => (files.has(file) && existsSync(path) ? path : []));
    },
  };
}

/** Pages as if those that were checked again had been checked with the others. */
function joined(pages: readonly PageReport[], checked: readonly PageReport[]): PageReport[] {
  const byFile = new Map([...pages, ...checked].map((page) => [page.file, page]));
  return [...byFile.values()].sort((a, b) => compareText(a.file, b.file));
}

/** Pages are named by their absolute paths with links followed. */
export interface FollowedPages {
  /** The last check of all, with what was checked again since. */
  latest(): PagesReport | undefined;
  all(): CheckedPage[];
  page(path: string): CheckedPage | undefined;
  /** The same of what a page says now, of which nothing is kept. */
  checkedNow(report: PageReport, platform: Engine['platform']): CheckedPage;
  digests(): Map<string, string>;
  reportOf(file: string | undefined): PageReport | undefined;
  /** @throws where the signal is given meanwhile: nothing is kept then. */
  checkAll(engine: Engine, options: CheckOptions): Promise<PagesReport>;
  /**
   * Checks pages that are open before all others.
   * @returns those that are shown otherwise than before.
   */
  checkFirst(engine: Engine, paths: string[]): Promise<string[]>;
  /**
   * Checks one page again whose text has changed since the last check, and where its anchors have too, those
   * that link to it.
   * @returns those of them that are shown otherwise than before.
   */
  recheck(engine: Engine, path: string): Promise<string[]>;
  /** Whether a page says something else than when it was last checked, or was not checked yet. */
  isEdited(path: string, text: string): boolean;
  /** The author's pages at some addresses, as they were at the last check. */
  at(addresses: string[], site: Site): Promise<string[]>;
}

interface Site {
  base: string;
  engine: Engine;
  whole: Parameters<typeof pageFileAt>[3];
}
