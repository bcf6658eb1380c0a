import {
  type CheckContext,
  createSite,
  openRunWork,
  type RunWork,
  readSiteFacts,
  type SiteFacts,
} from '../checks/index.ts';
import { createD2, type D2, type D2Options } from '../d2/index.ts';
import { openParseRoom } from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import { type LoadOptions, loadPlatform } from '../platform/index.ts';
import { createQuery, type Query } from '../query/index.ts';
import { openStandby } from '../render/index.ts';
import { type Gathered, gatherFiles, isGathered } from '../source/index.ts';
import { openKeptPages } from './kept-pages.ts';
import type { SitePages } from './made-slugs.ts';
import { createPageIndex, type PageStore } from './page-index.ts';
import { rejectUnknownRules } from './severity.ts';

/**
 * A platform with everything that pages are compared with. It is made once for a run; `reload` follows the
 * files.
 * @throws ConfigError where the configuration is wrong, or gives a severity to a rule that there is not.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const standby = options.follows ? openStandby() : undefined;
  const platform = await loadPlatform({ ...options, standby });
  rejectUnknownRules(platform.config);
  const siteOf = ({ config }: Platform) => {
    const facts = options.site?.facts ?? readSiteFacts(config);
    return facts && createSite(facts);
  };
  const room = openParseRoom(undefined, options.follows ? mostKept : 0);
  const kept = openKeptPages();
  const indexOf = (read: Platform) => {
    room.clear();
    return createPageIndex(read, { ...options.site, isOwn: siteOf(read)?.facts.isOwn === true }, room, kept);
  };
  let pages = indexOf(platform);
  const work = openRunWork();
  let context: PageContext = {
    platform,
    query: createQuery(platform),
    d2: options.d2 ?? createD2({ cache: platform.cache, others: options.others }),
    pages,
    site: siteOf(platform),
  };
  /** Whether the last reading looked at what was touched alone, and whether one has failed since. */
  let isPart = false;
  let isBehind = false;
  async function reload(touched?: readonly string[]): Promise<boolean> {
    const before = context.platform;
    const only = isBehind ? undefined : touched;
    isBehind = true;
    const next = await loadPlatform({
      ...options,
      ...{ cache: before.cache, isKept: false, before, touched: only, standby },
    });
    isBehind = false;
    isPart = only !== undefined;
    if (areSame(next, before)) {
      keepGathered(next.sources.gathered);
      return false;
    }
    pages = indexOf(next);
    context = { ...context, platform: next, query: createQuery(next), pages, site: siteOf(next) };
    return true;
  }
  /** The same, which knows of more files by now that nobody has written them since. */
  function keepGathered(gathered: Gathered | undefined): void {
    if (gathered !== undefined) context.platform.sources.gathered = gathered;
  }
  return {
    get platform() {
      return context.platform;
    },
    get query() {
      return context.query;
    },
    get d2() {
      return context.d2;
    },
    get pages() {
      return pages;
    },
    get context() {
      return context;
    },
    work,
    reload,
    async catchUp() {
      if (!isPart) return false;
      const { sources, config } = context.platform;
      const { gathered } = sources;
      const now = gatherFiles(config, gathered);
      if (gathered === undefined || !isGathered(now, gathered)) return reload();
      keepGathered(now);
      isPart = false;
      return false;
    },
    async dispose() {
      const isOwn = options.d2 === undefined;
      const { sources } = context.platform;
      await Promise.all([isOwn && context.d2.dispose(), sources.remember(), standby?.close()]);
    },
  };
}

/** Characters of pages whose trees are kept: they take some hundred times the memory. */
const mostKept = 2 ** 20;

/** Whether two were read from the same files and settings: then they say the same. */
function areSame(one: Platform, other: Platform): boolean {
  return areSameFiles(one.sources, other.sources) && settingsOf(one) === settingsOf(other);
}

function areSameFiles({ files }: Platform['sources'], others: Platform['sources']): boolean {
  if (files.size !== others.files.size) return false;
  const rest = others.files.values();
  for (const file of files.values()) {
    const other = rest.next().value;
    if (file !== other && (file.path !== other?.path || file.hash !== other.hash)) return false;
  }
  return true;
}

function settingsOf({ config, model, unread, diagnostics }: Platform): string {
  const faults = diagnostics.map(({ fingerprint, message }) => [fingerprint, message]);
  return JSON.stringify([config, model.commit, unread().length, faults]);
}

export interface EngineOptions extends LoadOptions {
  /** What a site says of itself that shows the pages. */
  site?: (SitePages & { facts?: SiteFacts }) | undefined;
  /** Whether the same pages are checked again and again, as they are written. */
  follows?: boolean | undefined;
  /** Drawings that other engines share: they end with whoever made them. */
  d2?: D2 | undefined;
  /** Waits for what is drawn elsewhere (`D2Options`). */
  others?: D2Options['others'];
}

/** What is the same for every page. */
type PageContext = Omit<CheckContext, 'work' | 'drawing'>;

export interface Engine {
  readonly platform: Platform;
  readonly query: Query;
  readonly d2: D2;
  readonly pages: PageStore;
  readonly context: PageContext;
  readonly work: RunWork;
  /**
   * Reads the manifests again; true where anything changed. The D2 pool stays.
   * @param touched files that are known to have changed since, from the root: nothing is looked for beyond
   * them, and `catchUp` is for what else there may be.
   */
  reload(touched?: readonly string[]): Promise<boolean>;
  /** Reads all, where the last reading did not and there is more; true where there was. */
  catchUp(): Promise<boolean>;
  dispose(): Promise<void>;
}
