import type { Engine, PageReport } from '../../engine/index.ts';
import type { PageLinks } from '../../remark/index.ts';
import type { Named } from '../search/search-index.ts';
import type { StatedFacts } from '../trust/facts.ts';
import type { WholeOutcome } from '../whole/whole-outcome.ts';
import type { CheckedPage } from './check-outcome.ts';
import type { SharedRun } from './shared-run.ts';

/** One run of Astro: one check of the pages, and what the site asks of it. */
export interface SiteRun extends Omit<SharedRun, 'load' | 'policy' | 'placed' | 'follow' | 'stored'> {
  /** What pages are rendered with; in a build it is made when the first page has to be. */
  engine(): Promise<Engine>;
  /** The pages as they were last checked. */
  checked(): Promise<CheckedPages>;
  /** HTML of the ways into the platform, made when it is asked for. */
  home(): Promise<string>;
  links: PageLinks;
  /** Told what each page said when it was rendered, where that can be otherwise than when it was checked. */
  rendered?(page: PageReport): void;
}

export interface CheckedPages {
  commit: string | null;
  /** Template of source links; null where none are known. */
  browse: string | null;
  /** Absolute folder of the pages, as configured. */
  docs: string;
  pages: CheckedPage[];
  whole: WholeOutcome | null;
  /** What the search finds by name, besides pages. */
  named: Named[];
  /** What is published as `facts.json`. */
  facts: StatedFacts;
}
