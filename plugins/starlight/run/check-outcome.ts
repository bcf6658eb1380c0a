import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { counted, oncePer, realOf, digestOf as textDigest, wholeCodeDigest } from '../../base/index.ts';
import { href, isVerdictOf } from '../../checks/index.ts';
import {
  type CheckOptions,
  checkPages,
  type Engine,
  type PageReport,
  type PagesReport,
} from '../../engine/index.ts';
import { holdsNothing } from '../../platform/index.ts';
import { drawForms, type PageLinks } from '../../remark/index.ts';
import { changes, parseBaseline, reporters } from '../../report/index.ts';
import { type Config, ConfigError, isError, type Place } from '../../source/index.ts';
import { generatedPages } from '../pages/generated.ts';
import type { GeneratedOptions, GeneratedPage } from '../pages/generated-page.ts';
import { homeElements } from '../pages/home/home.ts';
import { htmlOf } from '../pages/html.ts';
import type { PublishedPage } from '../pages/published-page.ts';
import type { SiteContext } from '../pages/site-context.ts';
import { statusPage } from '../pages/status/status-page.ts';
import { undeployedOf } from '../pages/undeployed.ts';
import { withSearchFilters } from '../search/filters.ts';
import type { Named } from '../search/search-index.ts';
import { namedThings } from '../search/things.ts';
import { type PageFacts, pageFacts } from '../site/page-facts.ts';
import { addressesOf } from '../site/site-addresses.ts';
import { fileAt } from '../site/site-links.ts';
import { type SiteWords, speechOf } from '../site/site-words.ts';
import { factsOf, type StatedFacts } from '../trust/facts.ts';
import { repositoryPages } from '../whole/repository-pages.ts';
import { type WholeOutcome, wholeOutcome } from '../whole/whole-outcome.ts';
import type { SiteOptions } from './options.ts';

/**
 * One check of all pages, and what a site asks of it, as plain data: it may come from a thread of its own.
 * The forms of diagrams are drawn meanwhile, and for longer.
 */
export async function checkSite(
  engine: Engine,
  options: SiteOptions,
  onProgress?: CheckOptions['onProgress'],
): Promise<{ outcome: CheckOutcome; drawn: Promise<void> }> {
  const checked = await checkPages(engine, { ...(await pagesOf(engine, options)), onProgress });
  const drawn = drawForms(
    engine,
    checked.pages.flatMap(({ verdicts }) => verdicts),
  );
  // Waited for once the rest is made.
  drawn.catch(() => {});
  const { config, model } = engine.platform;
  const { links, crowded } = addressesOf(engine, options);
  const outcome: CheckOutcome = {
    commit: model.commit,
    browse: config.repository.browse,
    docs: config.docs,
    pages: checked.pages.map((page) => checkedPage(page, config, { words: options.words, links, crowded })),
    moved: [...(await engine.pages.moved())],
    ...(await madeOf(engine, checked, options)),
    home: await homeOf(engine, checked, options),
    ...plain(await reportOf(checked, engine, options)),
  };
  return { outcome, drawn };
}

/**
 * Which pages a site has; all of the docs folder where nothing is named.
 * @throws ConfigError where the whole of a repository is shown, and it has no manifest.
 */
export async function pagesOf(engine: Engine, { whole }: SiteOptions): Promise<{ pages?: string[] }> {
  if (whole === null) return {};
  if (holdsNothing(engine.platform))
    throw new ConfigError(
      `there is no manifest under \`${engine.platform.config.root}\``,
      'Give the root of a repository: `--root DIR`, and its folders as `layers` of plumbline.yaml where it names some.',
    );
  return { pages: (await repositoryPages(engine)).map(({ path }) => path) };
}

/** What a site shows besides the text of the pages. */
export async function madeOf(engine: Engine, checked: PagesReport, options: SiteOptions): Promise<Made> {
  const { report, pages: reports } = checked;
  const given = { ...options, ...addressesOf(engine, options), speech: speechOf(options.words, '') };
  const named = namedThings(engine.platform.model, given.slugs);
  if (options.whole !== null) {
    const { generated, ...whole } = await wholeOutcome(engine, checked, options.whole, given);
    const facts = factsOf(report, whole.pages, options.address);
    return { generated: withSearchFilters(generated, named), whole, named, facts };
  }
  const pages = await shownPages(engine, report);
  const generated = [
    ...generatedPages(engine, { ...given, spoken: { reports, shown: pages } }),
    ...(options.status
      ? [statusPage(ownContext(engine, report, pages, given), undeployedOf(engine.platform))]
      : []),
  ];
  const facts = factsOf(report, pages, options.address);
  return { generated: withSearchFilters(generated, named), whole: null, named, facts };
}

/** HTML of the ways into the platform; empty for a site that has its own first page. */
export async function homeOf(engine: Engine, { report }: PagesReport, options: SiteOptions): Promise<string> {
  if (options.whole !== null) return '';
  const given = { ...options, ...addressesOf(engine, options), speech: speechOf(options.words, '') };
  return htmlOf(...homeElements(ownContext(engine, report, await shownPages(engine, report), given)));
}

/** The pages of a site of somebody's own, as the site publishes them. */
async function shownPages(engine: Engine, report: PagesReport['report']): Promise<PublishedPage[]> {
  const { root } = engine.platform.config;
  const shown = report.pages.map(async ({ file }): Promise<PublishedPage[]> => {
    const path = existsSync(resolve(root, file)) ? resolve(root, file) : resolve(file);
    const page = await engine.pages.page(path);
    // A draft is not to be published yet, and a part is no page of its own.
    return page === undefined || page.left !== null
      ? []
      : [{ path, file, slug: page.slug, title: page.title }];
  });
  return (await Promise.all(shown)).flat();
}

function ownContext(
  { platform }: Engine,
  report: PagesReport['report'],
  pages: PublishedPage[],
  { address, links, speech, rules }: GeneratedOptions,
): SiteContext {
  const page = (slug: string) => href(address, slug);
  const file = (name: string) => fileAt(address, name);
  return { platform, links, speech, title: '', pages, report, page, file, rulePage: rules };
}

/** What a site keeps of a page that has been checked. */
export function checkedPage(page: PageReport, config: Config, shown: Shown): CheckedPage {
  const inRoot = resolve(config.root, page.file);
  return {
    // `file` is relative to the root where the page lies inside it, else to the working directory.
    path: realOf(existsSync(inRoot) ? inRoot : resolve(page.file)),
    digest: digestOf(page, config, shown),
    facts: pageFacts(page),
    isFailed: page.diagnostics.some(isError),
    leftOut: page.leftOut?.why ?? null,
  };
}

/**
 * The report for people, where there is anything to report, and one line that says how much was checked.
 * @param before what was reported last: then what is otherwise since.
 */
export async function reportOf(
  { report }: PagesReport,
  { platform }: Engine,
  { color, known }: SiteOptions,
  before: PagesReport['report'] | null = null,
): Promise<ShownReport> {
  const listed = new Set(known ?? knownTo(platform.config));
  const diagnostics = report.diagnostics.filter(({ fingerprint }) => !listed.has(fingerprint));
  const letBe = report.diagnostics.length - diagnostics.length;
  const text = (file: string) =>
    platform.sources.files.get(file)?.text ?? readText(platform.config.root, file);
  const errors = diagnostics.filter(isError).length;
  const shown = { ...report, diagnostics };
  const told =
    before !== null
      ? changes(before, shown, { color, text })
      : diagnostics.length > 0
        ? (await reporters.pretty())(shown, { color, text })
        : '';
  return { errors, printed: told === '' ? null : told, shown, summary: summaryOf(report, letBe) };
}

function plain({ errors, printed, summary }: CheckReport): CheckReport {
  return { errors, printed, summary };
}

/** Faults that the baseline of plumbline.yaml lets be. */
function knownTo({ root, baseline: file }: Config): string[] {
  if (file === null) return [];
  const baseline = parseBaseline(readText(root, file) ?? '');
  if (!('wrong' in baseline)) return baseline.faults.map(({ fingerprint }) => fingerprint);
  const why = existsSync(file) ? `is no baseline: ${baseline.wrong}` : 'does not exist';
  throw new ConfigError(
    `the baseline \`${file}\` of \`plumbline.yaml\` ${why}`,
    'Begin one with the faults that there are now: `plumbline check --update-baseline`.',
  );
}

/**
 * What a page's HTML is made of: its live pieces, where files are read and those that it leads to are shown,
 * the words that the site has for ours, and the code that writes them, so that an upgrade renders again.
 */
function digestOf(page: PageReport, { repository }: Config, { words, links, crowded }: Shown): string {
  const faults = page.diagnostics.map((one) => one.fingerprint + one.message);
  const addresses = linkedPlaces(page).map((place) => links.place(place) ?? '');
  const site = textDigest(JSON.stringify([digestOfWords(words), repository.browse, crowded, addresses]), 16);
  return [wholeCodeDigest(), site, page.digest, ...faults].join(' ');
}

/** They are the same for all pages. */
const digestOfWords = oncePer((words: SiteWords) => textDigest(JSON.stringify(words), 16));

/** Places in files: a file may be shown on the page of another resource than before, and be the same. */
function linkedPlaces({ verdicts, diagnostics }: PageReport): Place[] {
  const start = (file: string, line = 1) => ({ file, line, column: 1, endLine: line, endColumn: 1 });
  const stated = verdicts.flatMap((verdict): Place[] => {
    if (isVerdictOf(verdict, 'path'))
      return (verdict.result?.files ?? []).slice(0, 1).map((file) => start(file));
    if (isVerdictOf(verdict, 'excerpt')) return verdict.result ? [verdict.result.source] : [];
    const lead = isVerdictOf(verdict, 'link') ? verdict.result?.lead : undefined;
    return lead?.to === 'file' ? [start(lead.file, lead.line)] : [];
  });
  return [...stated, ...diagnostics.flatMap(({ sources }) => sources)];
}

/** `37 claims, 12 facts, … on 10 pages are true; 15 things could not be verified`. */
function summaryOf(report: PagesReport['report'], letBe: number): string {
  const { checked, unverified } = report;
  const { pages, ...statements } = checked;
  const counts = Object.entries(statements).filter(([, count]) => count > 0);
  const parts = counts.map(([what, count]) => counted(count, what.replace(/s$/, ''), what));
  const open = unverified.length === 0 ? '' : `; ${unverified.length} things could not be verified`;
  const isOpen = report.pages.some(({ cases }) => cases.some(({ outcome }) => outcome === 'unverified'));
  const isWhole = !isOpen && !unverified.some(({ kind }) => kind === 'page');
  const known = !isWhole
    ? 'nothing failed'
    : letBe === 0
      ? 'all true'
      : `all true but ${counted(letBe, 'fault')} of the baseline`;
  return `${parts.join(', ') || 'nothing stated'} on ${counted(pages, 'page')}: ${known}${open}`;
}

function readText(root: string, file: string): string | undefined {
  try {
    return readFileSync(existsSync(resolve(root, file)) ? resolve(root, file) : resolve(file), 'utf8');
  } catch {
    return undefined;
  }
}

/** What the HTML of pages is made of besides them. */
export interface Shown {
  words: SiteWords;
  links: Pick<PageLinks, 'place'>;
  /** Addresses of resources that come and go with those of others. */
  crowded: readonly string[];
}

interface CheckReport {
  /** How many faults fail a build. */
  errors: number;
  /** Everything that is wrong, for people; null where nothing is. */
  printed: string | null;
  summary: string;
}

interface ShownReport extends CheckReport {
  /** The report without what a baseline lets be. */
  shown: PagesReport['report'];
}

/** What a site shows besides the text of the pages. */
interface Made {
  /** Of pages without a file. */
  generated: GeneratedPage[];
  /** Of a site that is the whole of a repository. */
  whole: WholeOutcome | null;
  /** What the search finds by name, besides pages. */
  named: Named[];
  /** What is published as `facts.json`. */
  facts: StatedFacts;
}

export interface CheckOutcome extends CheckReport, Made {
  commit: string | null;
  /** Template of source links; null where none are known. */
  browse: string | null;
  /** Absolute folder of the pages, as configured. */
  docs: string;
  pages: CheckedPage[];
  /** Slugs of pages that are published under another than their own, by their paths. */
  moved: [string, string][];
  home: string;
}

export interface CheckedPage {
  /** Absolute, links followed. */
  path: string;
  /** Changes whenever the page's HTML would. */
  digest: string;
  facts: Omit<PageFacts, 'lastUpdated'>;
  isFailed: boolean;
  /** Why nothing of it was looked at, so that it is not shown; null where it was. */
  leftOut: string | null;
}
