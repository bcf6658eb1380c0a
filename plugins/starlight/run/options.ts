import type { AstroIntegrationLogger } from 'astro';
import { isInside, realOf } from '../../base/index.ts';
import type { SiteAddress, SiteFacts } from '../../checks/index.ts';
import type { SiteWords } from '../site/site-words.ts';

/** What an engine of a site is made with. */
export function engineOptions({ root, docs, resources, rules, status, facts, whole }: SiteOptions) {
  // Pages that were written for another site, or for none, are judged as `plumbline check` judges them.
  return whole === null ? { root, docs, site: { resources, rules, status, facts } } : { root, docs };
}

/**
 * Whether a file, with its links followed, lies in the repository or with the pages.
 * @param real follows them.
 */
export function isWithin(
  path: string,
  { root, docs }: Pick<SiteOptions, 'root' | 'docs'>,
  real: (path: string) => string = realOf,
): boolean {
  const file = real(path);
  return [root, ...(docs === undefined ? [] : [docs])].some((folder) => isInside(real(folder), file));
}

/** Plain data: it goes to another thread. */
export interface SiteOptions {
  /** Absolute paths. */
  root: string;
  docs: string | undefined;
  address: SiteAddress;
  facts: SiteFacts;
  /** Whether each resource and each rule gets a page. */
  resources: boolean;
  rules: boolean;
  /** Whether there is a page of what was verified, what was not, and why. */
  status: boolean;
  /** Whether the pages are somebody else's: nothing of them is run. */
  untrusted: boolean;
  /** Whether the site is the whole of a repository, made without a page written for it; null for no. */
  whole: WholeOptions | null;
  /** What the site says, in its languages. */
  words: SiteWords;
  /** Absolute paths of what the build itself writes. */
  written: string[];
  /** Fingerprints of faults that a baseline lets be; null for those of the one that plumbline.yaml names. */
  known: string[] | null;
  /** Whether the report may be coloured. */
  color: boolean;
}

export interface WholeOptions {
  /** What the site is called. */
  title: string;
  /** Absolute folder of the pictures that pages of the repository show, which are copied to there. */
  pictures: string;
}

export interface RunOptions extends SiteOptions {
  command: 'dev' | 'build' | 'sync';
  /** What faults do to a build. */
  errors: 'fail' | 'warn';
  /** Settled when the facts of the site have its routes. */
  routed: Promise<void>;
  logger: Pick<AstroIntegrationLogger, 'info' | 'warn' | 'error'>;
}
