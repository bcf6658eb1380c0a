import type { Plugin } from 'vite';
import { realOf, slashed } from '../../base/index.ts';
import type { SiteAddress } from '../../checks/index.ts';
import type { SiteRun } from '../run/site-run.ts';
import { aroundSlug, searchIndex } from '../search/write-index.ts';
import { commitLink } from './commit-link.ts';
import type { PageFacts } from './page-facts.ts';
import { componentWords, type SiteWords } from './site-words.ts';
import { styleFiles, styles } from './styles.ts';

const siteId = 'virtual:plumbline/site';
const searchId = 'virtual:plumbline/search';
const factsId = 'virtual:plumbline/facts';
const componentsId = 'virtual:plumbline/components';
const homeId = 'virtual:plumbline/home';
const wordsId = 'virtual:plumbline/words';
const resolvedSiteId = `\0${siteId}`;
const resolvedSearchId = `\0${searchId}`;
const resolvedFactsId = `\0${factsId}`;
const resolvedComponentsId = `\0${componentsId}`;
const resolvedHomeId = `\0${homeId}`;
const resolvedWordsId = `\0${wordsId}`;
/** What changes with a page that is checked again, */
export const madeOfPages = [resolvedSiteId];
/** and all that is made anew when all pages are. */
export const madeOfRun = [...madeOfPages, resolvedSearchId, resolvedFactsId, resolvedHomeId];
/** The styles, by a name that Vite takes for CSS. */
export const stylesId = 'virtual:plumbline/styles.css';
const resolvedStylesId = '/__plumbline_styles.css';

/**
 * What components know of the run: the commit, and of each page what was checked and when it was last
 * changed.
 */
export function virtualPages(options: VirtualOptions): Plugin {
  return {
    name: 'plumbline-site',
    resolveId: (id) => resolved[id],
    async load(id) {
      if (id === resolvedStylesId) {
        for (const file of styleFiles) this.addWatchFile(file);
        return styles();
      }
      if (id === resolvedSearchId) {
        const { named } = await options.run.checked();
        return exported({ index: searchIndex(named, options) });
      }
      if (id === resolvedFactsId) {
        const { facts } = await options.run.checked();
        return exported({ facts: JSON.stringify(facts) });
      }
      if (id === resolvedHomeId) {
        return exported({ home: await options.run.home() });
      }
      if (id === resolvedWordsId) return exported({ dictionaries: componentWords(options.words) });
      if (id === resolvedComponentsId) return options.components;
      if (id !== resolvedSiteId) return undefined;
      const { commit, browse, docs: configured, pages, whole } = await options.run.checked();
      // The pages of a whole repository lie anywhere in it.
      const docs = whole?.root ?? realOf(options.docs ?? configured);
      const pagesPath = slashed(options.siteRoot, docs);
      const dates = options.lastUpdated ? await datesOf(docs) : new Map<string, number>();
      const facts: Record<string, PageFacts> = {};
      for (const page of pages) {
        const path = slashed(docs, page.path);
        facts[path] = { ...page.facts, lastUpdated: dates.get(path) ?? null };
      }
      return exported({
        commit,
        commitHref: commit === null ? null : commitLink(browse, commit),
        docsPath: whole === null ? options.docsPath : pagesPath,
        pagesPath,
        sidebar: whole?.sidebar ?? null,
        pages: facts,
        address: aroundSlug(options.address),
        status: options.status,
        places: await placesOf(options.run),
      });
    },
  };
}

/** A module of values, as text: no tool has to read each part of them, and an engine reads them faster so. */
function exported(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(value))});`)
    .join('\n');
}

/** Pages above those of things and rules, by their slugs: those of a kind by its name. */
async function placesOf(run: SiteRun): Promise<Record<string, string>> {
  const [generated, { named }] = await Promise.all([run.generated(), run.checked()]);
  const things = new Set(named.map(({ slug }) => slug));
  const kinds = new Map(named.map(({ slug, kind }) => [slug.split('/').slice(0, 2).join('/'), kind]));
  const above = generated.filter(
    ({ id }) => /^(?:resources(?:\/namespaces)?|rules)(?:\/[^/]+)?$/.test(id) && !/^rules\/./.test(id),
  );
  return Object.fromEntries(
    above
      .filter(({ id }) => !things.has(id))
      .map(({ id, data }) => {
        const namespace = /^resources\/namespaces\/(.+)$/.exec(id)?.[1];
        return [id, kinds.get(id) ?? namespace ?? String(data.title)];
      }),
  );
}

const resolved: Readonly<Record<string, string>> = {
  [siteId]: resolvedSiteId,
  [searchId]: resolvedSearchId,
  [factsId]: resolvedFactsId,
  [homeId]: resolvedHomeId,
  [wordsId]: resolvedWordsId,
  [componentsId]: resolvedComponentsId,
  [stylesId]: resolvedStylesId,
};

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
  address: SiteAddress;
  words: SiteWords;
  /** Whether there is a page of what was verified and what was not. */
  status: boolean;
  /** The module that pages take their components from. */
  components: string;
}
