import type { Report } from '../../engine/index.ts';
import type { ElementContext } from '../../remark/index.ts';
import type { PublishedPage } from './published-page.ts';

/** What pages about a whole site are made from: its first page, its status, those of a repository. */
export interface SiteContext extends ElementContext {
  /** What the site is called. */
  title: string;
  /** Of the repository itself. */
  pages: readonly PublishedPage[];
  report: Report;
  /** Address of a page by its slug. */
  page(slug: string): string;
  /** Whether each rule has a page. */
  rulePage: boolean;
  /** Address of a file at the root of the site. */
  file(name: string): string;
}
