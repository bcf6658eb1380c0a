import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import pLimit from 'p-limit';
import { compareText, nearest, realOf, uniqueBy } from '../base/index.ts';
import {
  type AddressFault,
  addressFault,
  isHeld,
  kindOf,
  type TallyName,
  talliesFrom,
} from '../checks/index.ts';
import { createPositions, type Positions, pageName, pagesUnder } from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import { type Config, ConfigError, type Unverified } from '../source/index.ts';
import { bySeverity } from './by-severity.ts';
import type { Engine } from './engine.ts';
import { judgePage, leftOutPage, type PageReport, unreadablePage } from './judge-page.ts';
import { manifestFaults } from './manifest-faults.ts';
import type { Checked, Report } from './report-types.ts';
import { isSameReport } from './same-report.ts';

/**
 * Checks every page of the docs folder (`.md` and `.mdx`, sorted), or those that are named, and the manifests
 * themselves. A page that cannot be read or parsed costs only itself.
 * @throws ConfigError where a named page does not exist, or a named folder holds none.
 */
export async function checkPages(engine: Engine, options: CheckOptions = {}): Promise<PagesReport> {
  return reportOfPages(engine, await pageReports(engine, options));
}

/** One report of pages that were checked, in their order, and of the manifests. */
export function reportOfPages({ platform }: Pick<Engine, 'platform'>, pages: PageReport[]): PagesReport {
  const { config, model } = platform;
  const manifests = manifestFaults(platform);
  const report: Report = {
    version: 1,
    commit: model.commit,
    checked: countChecked(pages),
    diagnostics: [...pages.flatMap((page) => page.diagnostics), ...manifests.diagnostics],
    unverified: unique([
      ...model.unverified,
      ...manifests.unverified,
      ...pages.flatMap((page) => page.leftOut ?? []),
      ...pages.flatMap((page) => page.verdicts.flatMap((verdict) => verdict.unverified)),
    ]),
    pages: pages.map(({ file, cases, coverage }) => ({ file, cases, coverage })),
    off: Object.keys(config.severity)
      .filter((rule) => config.severity[rule] === 'off')
      .sort(),
  };
  return { pages, report };
}

/**
 * The same of the pages alone: what is wrong with the manifests is not looked for.
 * @throws what the signal says once it is given.
 */
export async function pageReports(engine: Engine, options: CheckOptions = {}): Promise<PageReport[]> {
  const { config } = engine.platform;
  engine.work.clear();
  engine.d2.restore();
  const files = options.pages
    ? await namedPages(options.pages, engine.platform)
    : await pagesUnder(config.docs, config.root);
  engine.pages.refresh(files);
  const limit = pLimit(4);
  const inTurn = queue();
  let done = 0;
  const check = async (file: string) => {
    if (options.pause) await options.pause();
    options.signal?.throwIfAborted();
    const report = await checkPage(engine, file, inTurn);
    options.onProgress?.(++done, files.length);
    const before = options.before?.(report.file);
    return before !== undefined && isSameReport(before, report) ? before : report;
  };
  return Promise.all(files.map((file) => limit(check, file)));
}

/**
 * One page from disk, by its absolute path.
 * @param inTurn waits for what stands before it, where there are other pages: what all of them may ask for
 * together must not depend on which file is read first.
 */
export async function checkPage(
  engine: Engine,
  path: string,
  inTurn: InTurn = (wait) => wait,
): Promise<PageReport> {
  let text: string;
  try {
    text = await inTurn(textOf(path));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const help = error instanceof TooLarge ? 'break it up into pages' : 'make it a file that can be read';
    const { config } = engine.platform;
    const fault = { message, offset: 0, help };
    return unreadablePage(createPositions(pageName(path, config), ''), fault, config);
  }
  return checkText(engine, path, text);
}

async function textOf(path: string): Promise<string> {
  const entry = await stat(path);
  if (!entry.isFile()) throw new Error('the page is no file');
  if (entry.size > maximumSize)
    throw new TooLarge(`the page is larger than ${maximumSize / 1024 / 1024} MiB`);
  return readFile(path, 'utf8');
}

/** Lets those who wait go on in the order in which they came, whatever is ready first. */
function queue(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (wait) => {
    const mine = last.then(() => wait);
    last = mine.catch(() => undefined);
    // Until then nobody else hears of it.
    wait.catch(() => undefined);
    return mine;
  };
}

/** A page as it would stand at `path` with another text. */
export async function checkText(engine: Engine, path: string, text: string): Promise<PageReport> {
  const { config } = engine.platform;
  const positions = createPositions(pageName(path, config), text);
  try {
    const parsed = engine.pages.parse(path, text);
    if (!parsed.ok && parsed.isLeftOut) return leftOutPage(positions, parsed.message);
    if (!parsed.ok) return unreadablePage(positions, parsed, config);
    const { report } = await judgePage(engine, parsed.tree, positions, path);
    return withAddress(report, await engine.pages.addressFault(path, text), positions, config);
  } catch (error) {
    // Blocks nested thousands deep exhaust the stack of the parser, or of us.
    if (!(error instanceof RangeError)) throw error;
    return unreadablePage(positions, { message: 'it is nested too deep', offset: 0 }, config);
  }
}

/** A page's report with what is wrong with its address. */
function withAddress(
  report: PageReport,
  fault: AddressFault | null,
  positions: Positions,
  config: Config,
): PageReport {
  if (fault === null) return report;
  const written = /^slug:.*$/m.exec(positions.text);
  const start = written?.index ?? 0;
  const place = positions.place(start, start + (written?.[0].length ?? 1));
  const diagnostics = [...bySeverity([addressFault(fault, place)], config), ...report.diagnostics];
  return { ...report, diagnostics };
}

/**
 * Pages by what a person types: a path from the root, from the docs folder or from the working directory;
 * folders hold theirs.
 * @throws ConfigError where there is no such page, or none in such a folder.
 */
export async function namedPages(names: string[], { config }: Platform): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) found.push(...(await pagesNamed(name, config)));
  const byReal = new Map(found.map((path) => [realOf(path), path]));
  return [...byReal.values()].sort(compareText);
}

async function pagesNamed(name: string, config: Config): Promise<string[]> {
  for (const path of [resolve(config.root, name), resolve(config.docs, name), resolve(name)]) {
    const info = await stat(path).catch(() => null);
    if (info?.isFile()) return [path];
    if (!info?.isDirectory()) continue;
    const pages = await pagesUnder(path, config.root);
    if (pages.length > 0) return pages;
    throw new ConfigError(
      `the folder \`${name}\` holds no page`,
      `name pages, or folders of pages: .md and .mdx; they lie under ${config.docs}`,
    );
  }
  const known = (await pagesUnder(config.docs, config.root)).map((path) => pageName(path, config));
  const near = nearest(name, known);
  throw new ConfigError(
    `there is no page \`${name}\``,
    near.length > 0 ? `did you mean \`${near.join('`, `')}\`?` : `pages lie under ${config.docs}`,
  );
}

function countChecked(pages: PageReport[]): Checked {
  const none = Object.fromEntries(talliesFrom().map(({ as }) => [as, 0])) as Record<TallyName, number>;
  const checked: Checked = { pages: pages.filter(({ leftOut }) => leftOut === null).length, ...none };
  for (const verdict of pages.flatMap(({ verdicts }) => verdicts)) {
    const { counted } = kindOf(verdict.statement);
    if (counted && isHeld(verdict)) checked[counted.as] += 1;
  }
  return checked;
}

function unique(unverified: Unverified[]): Unverified[] {
  return uniqueBy(unverified, (one) => `${one.what}\0${one.origin?.file}\0${one.origin?.line}`);
}

type InTurn = <T>(wait: Promise<T>) => Promise<T>;

const maximumSize = 2 * 1024 * 1024;

class TooLarge extends Error {}

export interface PagesReport {
  pages: PageReport[];
  report: Report;
}

export interface CheckOptions {
  pages?: string[];
  /** The report of the last check of a page, which is given again where nothing on it is otherwise. */
  before?: ((file: string) => PageReport | undefined) | undefined;
  signal?: AbortSignal | undefined;
  /** Waited for before each page, where somebody may wait for something else. */
  pause?: (() => Promise<void>) | undefined;
  /** Told after each page. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}
