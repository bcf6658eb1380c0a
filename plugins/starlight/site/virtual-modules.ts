import type { Plugin } from 'vite';
import { realOf, slashed } from '../../base/index.ts';
import type { SiteRun } from '../run/site-run.ts';
import type { PageFacts } from './page-facts.ts';

const siteId = 'virtual:plumbline/site';
export const resolvedSiteId = `\0${siteId}`;
/** The stylesheet of the diagrams, by a name that Vite takes for CSS. */
export const diagramCssId = 'virtual:plumbline/diagrams.css';
const resolvedDiagramCssId = '/__plumbline_diagrams.css';

/**
 * What components know of the run: the commit, and of each page what was checked and when it was last
 * changed.
 */
export function virtualPages(options: VirtualOptions): Plugin {
  return {
    name: 'plumbline-site',
    resolveId: (id) =>
      id === siteId ? resolvedSiteId : id === diagramCssId ? resolvedDiagramCssId : undefined,
    load: async (id) => {
      if (id === resolvedDiagramCssId) return (await import('../../d2/index.ts')).diagramCss();
      if (id !== resolvedSiteId) return undefined;
      const { commit, docs: configured, pages, whole } = await options.run.checked();
      // The pages of a whole repository lie anywhere in it.
      const docs = whole?.root ?? realOf(options.docs ?? configured);
      const pagesPath = slashed(options.siteRoot, docs);
      const dates = options.lastUpdated ? await datesOf(docs) : new Map<string, number>();
      const facts: Record<string, PageFacts> = {};
      for (const page of pages) {
        const path = slashed(docs, page.path);
        facts[path] = { ...page.facts, lastUpdated: dates.get(path) ?? null };
      }
      return [
        `export const commit = ${JSON.stringify(commit)};`,
        `export const docsPath = ${JSON.stringify(whole === null ? options.docsPath : pagesPath)};`,
        `export const pagesPath = ${JSON.stringify(pagesPath)};`,
        `export const sidebar = ${JSON.stringify(whole?.sidebar ?? null)};`,
        `export const pages = ${JSON.stringify(facts)};`,
      ].join('\n');
    },
  };
}

/** Starlight asks Git about the link in its collection, which has a history of its own. */
async function datesOf(docs: string): Promise<Map<string, number>> {
  return (await import('../../source/index.ts')).lastChanges(docs);
}

export interface VirtualOptions {
  run: SiteRun;
  siteRoot: string;
  /** The docs collection, relative to the site's root. */
  docsPath: string;
  /** Absolute folder of the pages; undefined: as configured. */
  docs: string | undefined;
  lastUpdated: boolean;
}
