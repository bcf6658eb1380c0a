import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AstroIntegrationLogger } from 'astro';
import { AstroError } from 'astro/errors';
import { isVerdictOf, type Verdict } from '../checks/index.ts';
import {
  checkPages,
  createEngine,
  type Engine,
  type PageLinks,
  type PageReport,
  type PagesReport,
  resourceSlugs,
} from '../remark/index.ts';
import { reporters } from '../report/index.ts';
import { isError } from '../source/index.ts';
import { generatedPages } from './generated.ts';
import { href, type SiteAddress, siteLinks } from './links.ts';
import type { SharedRun } from './shared.ts';

/**
 * One run of Astro: one engine, one check of the pages, and what the site asks of them.
 * Everything starts at once, in the background, beside Astro's own start-up.
 */
export function startRun(options: RunOptions): Run {
  const engine = createEngine({
    root: options.root,
    docs: options.docs,
    site: { resources: options.resources, rules: options.rules },
  }).catch(rethrowConfig);
  const pages = new Map<string, PageReport>();
  const texts = new Map<string, string>();
  let latest: PagesReport | undefined;
  let site: SiteOfModel | undefined;
  let toldFaults = '[]';
  const anchors = new Map<string, string>();
  const listeners = new Set<(isStale: boolean) => void>();

  async function checkAll(): Promise<PagesReport> {
    const made = await engine;
    siteOf(made);
    const report = await checkPages(made);
    // Everything is drawn by now, and Astro needs the memory. On a server the next diagram must not wait for an engine.
    if (options.command !== 'dev') await made.d2.rest();
    pages.clear();
    texts.clear();
    for (const page of report.pages) pages.set(pathOf(made, page.file), page);
    latest = report;
    return report;
  }

  function siteOf(made: Engine): SiteOfModel {
    if (site) return site;
    const { model, config } = made.platform;
    const slugs = options.resources ? resourceSlugs(model) : new Map<string, string>();
    site = { slugs, links: siteLinks(options.address, model, slugs, config.repository.browse) };
    return site;
  }

  /** Prints what is wrong, all of it at once; in a build that is the end. */
  async function tell({ report }: PagesReport): Promise<void> {
    const faults = JSON.stringify(
      report.diagnostics.map((one) => [one.fingerprint, one.message, one.page?.line]),
    );
    const isNew = faults !== toldFaults;
    toldFaults = faults;
    if (isNew && report.diagnostics.length > 0) {
      const { platform } = await engine;
      const text = (file: string) =>
        platform.sources.files.get(file)?.text ?? readText(platform.config.root, file);
      process.stderr.write(`\n${reporters.pretty(report, { color: hasColor(), text })}\n`);
    } else if (isNew) {
      options.logger.info('pages and manifests agree again');
    }
    const errors = report.diagnostics.filter(isError);
    if (options.command !== 'build') return;
    if (errors.length === 0) return options.logger.info(summaryOf(report));
    await dispose();
    throw buildError(errors.length);
  }

  /** Checks one page again whose text has changed since the last check, and where its anchors have too, those that link to it. */
  async function recheck(path: string): Promise<void> {
    const made = await engine;
    if (!latest) return;
    const linking = (await hasNewAnchors(made, path)) ? linkingTo(path, latest) : [];
    const { pages: checked } = await checkPages(made, { pages: [path, ...linking] });
    const again = new Map(checked.map((page) => [page.file, page]));
    const isStale = linking.some((one) => {
      const before = pages.get(one);
      return before !== undefined && again.get(before.file)?.digest !== before.digest;
    });
    for (const page of checked) pages.set(pathOf(made, page.file), page);
    const { report } = latest;
    const others = report.diagnostics.filter((one) => one.page === null || !again.has(one.page.file));
    latest = {
      pages: [...latest.pages.filter((one) => !again.has(one.file)), ...checked],
      report: { ...report, diagnostics: [...others, ...checked.flatMap((page) => page.diagnostics)] },
    };
    for (const listener of listeners) listener(isStale);
    await tell(latest);
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
  function linkingTo(path: string, report: PagesReport): string[] {
    const file = pages.get(path)?.file;
    const isConcerned = (verdict: Verdict) =>
      isVerdictOf(verdict, 'link') && (verdict.outcome === 'false' || verdict.result?.target === file);
    const linking = new Set(
      report.pages.filter(({ verdicts }) => verdicts.some(isConcerned)).map((page) => page.file),
    );
    return [...pages].flatMap(([one, page]) => (one !== path && linking.has(page.file) ? [one] : []));
  }

  async function dispose(): Promise<void> {
    const made = await engine.catch(() => undefined);
    await made?.dispose();
  }

  const checked = checkAll();
  // A failure is thrown where the run is first waited for; until then it must not end the process.
  checked.catch(() => {});
  let told: Promise<void> | undefined;
  const ready = () => {
    told ??= checked.then(tell);
    return told;
  };

  return {
    engine: () => engine,
    ready,
    report: async () => {
      await ready();
      return latest ?? checked;
    },
    pathOf,
    links: {
      resource: (resource) => site?.links.resource(resource) ?? null,
      place: (place) => site?.links.place(place) ?? null,
      rule: (rule) => (options.rules ? href(options.address, `rules/${rule}`) : null),
    },
    salt: async (path, text) => {
      await ready();
      const file = real(path);
      const before = texts.get(file);
      texts.set(file, text);
      const isChanged = before === undefined ? !pages.has(file) : before !== text;
      if (options.command === 'dev' && isChanged) await recheck(file);
      return digestOf(pages.get(file));
    },
    generated: async () => {
      await ready();
      const made = await engine;
      return generatedPages(made, { ...options, ...siteOf(made) });
    },
    failed: (path) => pages.get(real(path))?.diagnostics.some(isError) ?? false,
    loaded: async () => {
      if (options.command === 'sync') await dispose();
    },
    reload: async () => {
      await ready();
      if (!(await (await engine).reload())) return false;
      site = undefined;
      await tell(await checkAll());
      return true;
    },
    onRecheck: (listener) => listeners.add(listener),
    dispose,
  };
}

/** What a page's HTML is made of: its live pieces, and the code that writes them, so that an upgrade renders again. */
function digestOf(page: PageReport | undefined): string {
  const faults = page?.diagnostics.map((one) => one.fingerprint + one.message) ?? [];
  return [engineDigest(), page?.digest ?? '', ...faults].join(' ');
}

let digestOfEngine: string | undefined;
function engineDigest(): string {
  digestOfEngine ??= hashFolder(resolve(import.meta.dirname, '..'));
  return digestOfEngine;
}

function hashFolder(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.[cm]?[jt]s$/.test(file),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(resolve(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

/** `37 claims, 12 facts, … on 10 pages are true; 15 things could not be verified`. */
function summaryOf({ checked, unverified }: PagesReport['report']): string {
  const { pages, ...statements } = checked;
  const counts = Object.entries(statements).filter(([, count]) => count > 0);
  const told = counts.map(([what, count]) => `${count} ${count === 1 ? what.replace(/s$/, '') : what}`);
  const open = unverified.length === 0 ? '' : `; ${unverified.length} things could not be verified`;
  return `${told.join(', ') || 'nothing stated'} on ${pages} ${pages === 1 ? 'page' : 'pages'}: all true${open}`;
}

function buildError(errors: number): AstroError {
  const error = new AstroError(
    `The pages and the manifests disagree: ${errors === 1 ? 'one fault' : `${errors} faults`}, listed above.`,
    'Mend the pages or the manifests and build again. `plumbline check` says the same without a build.',
  );
  error.name = 'PlumblineError';
  error.stack = '';
  return error;
}

/** A configuration that makes no sense ends Astro with its own words and its own help. */
function rethrowConfig(error: unknown): never {
  if (!(error instanceof Error) || !('help' in error)) throw error;
  const mended = new AstroError(error.message, String(error.help));
  mended.name = 'PlumblineConfigError';
  mended.stack = '';
  throw mended;
}

/** A page's place on disk: `file` is relative to the root where the page lies inside it, else to the working directory. */
function pathOf(engine: Engine, file: string): string {
  const inRoot = resolve(engine.platform.config.root, file);
  return real(existsSync(inRoot) ? inRoot : resolve(file));
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function readText(root: string, file: string): string | undefined {
  try {
    return readFileSync(existsSync(resolve(root, file)) ? resolve(root, file) : resolve(file), 'utf8');
  } catch {
    return undefined;
  }
}

function hasColor(): boolean {
  return process.stderr.isTTY === true && !process.env.NO_COLOR;
}

interface SiteOfModel {
  slugs: Map<string, string>;
  links: PageLinks;
}

export interface RunOptions {
  command: 'dev' | 'build' | 'sync';
  /** Absolute paths. */
  root: string;
  docs: string | undefined;
  address: SiteAddress;
  /** Whether each resource and each rule gets a page. */
  resources: boolean;
  rules: boolean;
  logger: Pick<AstroIntegrationLogger, 'info' | 'warn' | 'error'>;
}

export interface Run extends SharedRun {
  engine(): Promise<Engine>;
  /** The pages as they were last checked. */
  report(): Promise<PagesReport>;
  pathOf(engine: Engine, file: string): string;
  links: PageLinks;
  /** Reads the manifests again and checks the pages again; false where nothing has changed. */
  reload(): Promise<boolean>;
  /** Calls back when one page has been checked again by itself; `isStale`: others that link to it must be rendered again. */
  onRecheck(listener: (isStale: boolean) => void): void;
}
