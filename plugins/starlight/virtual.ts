import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import type { Statement } from '../checks/index.ts';
import { diagramCss } from '../d2/index.ts';
import type { PageReport } from '../remark/index.ts';
import type { Run } from './run.ts';

const siteId = 'virtual:plumbline/site';
export const resolvedSiteId = `\0${siteId}`;
/** The stylesheet of the diagrams, by a name that Vite takes for CSS. */
export const diagramCssId = 'virtual:plumbline/diagrams.css';
const resolvedDiagramCssId = '/__plumbline_diagrams.css';

/** What components know of the run: the commit, and of each page what was checked and when it was last changed. */
export function virtualPages(options: VirtualOptions): Plugin {
  return {
    name: 'plumbline-site',
    resolveId: (id) =>
      id === siteId ? resolvedSiteId : id === diagramCssId ? resolvedDiagramCssId : undefined,
    load: async (id) => {
      if (id === resolvedDiagramCssId) return diagramCss();
      if (id !== resolvedSiteId) return undefined;
      const engine = await options.run.engine();
      const { pages } = await options.run.report();
      const { model, config } = engine.platform;
      const docs = real(options.docs ?? config.docs);
      const dates = options.lastUpdated ? lastChanges(docs) : new Map<string, number>();
      const facts: Record<string, PageFacts> = {};
      for (const page of pages) {
        const path = slashed(relative(docs, options.run.pathOf(engine, page.file)));
        facts[path] = { ...countOf(page), lastUpdated: dates.get(path) ?? null };
      }
      return [
        `export const commit = ${JSON.stringify(model.commit)};`,
        `export const docsPath = ${JSON.stringify(options.docsPath)};`,
        `export const pagesPath = ${JSON.stringify(slashed(relative(options.siteRoot, docs)))};`,
        `export const pages = ${JSON.stringify(facts)};`,
      ].join('\n');
    },
  };
}

/** How many statements of a page were found true, by what they are. */
function countOf(page: PageReport): Omit<PageFacts, 'lastUpdated'> {
  const { sentences, suppressions } = page.coverage;
  const counts = {
    claims: 0,
    facts: 0,
    tables: 0,
    diagrams: 0,
    paths: 0,
    references: 0,
    excerpts: 0,
    commands: 0,
    links: 0,
    unverified: 0,
    faults: 0,
    sentences: { checked: sentences.checked, of: sentences.of },
    suppressions,
  };
  for (const { statement, outcome } of page.verdicts) {
    if (outcome === 'unverified') counts.unverified++;
    const kind = countedAs[statement.type];
    if (outcome === 'true' && kind !== null) counts[kind]++;
  }
  counts.faults = page.diagnostics.filter((one) => one.severity === 'error').length;
  return counts;
}

const countedAs: Record<Statement['type'], Exclude<keyof PageFacts, 'lastUpdated' | 'sentences'> | null> = {
  claim: 'claims',
  fact: 'facts',
  table: 'tables',
  diagram: 'diagrams',
  d2: 'diagrams',
  path: 'paths',
  reference: 'references',
  excerpt: 'excerpts',
  snapshot: 'tables',
  command: 'commands',
  link: 'links',
  malformed: null,
};

/**
 * Milliseconds of the last commit of each file under a folder, by path under it; empty outside Git.
 * Starlight asks Git about the link in its collection, which has a history of its own.
 */
function lastChanges(folder: string): Map<string, number> {
  const dates = new Map<string, number>();
  let log: string;
  try {
    const options = [
      '-c',
      'core.quotePath=false',
      '--no-pager',
      'log',
      '--no-show-signature',
      '--format=t:%ct',
      '--name-only',
      '--relative',
      '--',
      '.',
    ];
    log = execFileSync('git', options, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return dates;
  }
  let date = 0;
  for (const line of log.split('\n')) {
    if (line.startsWith('t:')) date = Number(line.slice(2)) * 1000;
    else if (line !== '' && !dates.has(line)) dates.set(line, date);
  }
  return dates;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

export interface VirtualOptions {
  run: Run;
  siteRoot: string;
  /** The docs collection, relative to the site's root. */
  docsPath: string;
  /** Absolute folder of the pages; undefined: as configured. */
  docs: string | undefined;
  lastUpdated: boolean;
}

export interface PageFacts {
  claims: number;
  facts: number;
  tables: number;
  diagrams: number;
  paths: number;
  references: number;
  excerpts: number;
  commands: number;
  links: number;
  unverified: number;
  faults: number;
  /** Sentences that hold something checked, out of all. */
  sentences: { checked: number; of: number };
  /** Comments that let a fault of the page be. */
  suppressions: number;
  /** Milliseconds; null where Git does not know, or nobody asks. */
  lastUpdated: number | null;
}
