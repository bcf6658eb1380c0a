import type { D2 } from '../d2/index.ts';
import type { PageIndex } from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Query } from '../query/index.ts';
import type { Place } from '../source/index.ts';
import type { Site } from './links/site.ts';
import type { Work } from './page-work.ts';

/** Something that a page says, taken out of its Markdown, with the place it is said at. */
export interface StatementBase {
  /** Its kind: the key of its row in `statements/index.ts`. */
  type: string;
  place: Place;
}

/** What a statement is held against. */
export interface CheckContext {
  platform: Platform;
  query: Query;
  d2: D2;
  pages: PageIndex;
  /** The site that shows the pages; null where there is none. */
  site: Site | null;
  /** The steps that the statements of the page may still take. */
  work: Work;
  /** The same for its drawings. */
  drawing: Work;
}
