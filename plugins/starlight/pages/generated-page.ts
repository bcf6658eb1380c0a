import type { SiteAddress } from '../../checks/index.ts';
import type { PageReport } from '../../engine/index.ts';
import type { PageLinks } from '../../remark/index.ts';
import type { Speech } from '../../words/index.ts';
import type { PublishedPage } from './published-page.ts';

/**
 * Front matter that all generated pages share: no file to edit, no place in the sidebar or in the reading
 * order.
 */
export const generatedData = {
  editUrl: false,
  lastUpdated: false,
  prev: false,
  next: false,
  sidebar: { hidden: true },
};

export interface GeneratedOptions {
  address: SiteAddress;
  resources: boolean;
  rules: boolean;
  slugs: ReadonlyMap<string, string>;
  links: PageLinks;
  /** Says what is ours in the language of the site: pages without a file are in that alone. */
  speech: Speech;
  /** The pages of the author and what they state, for the way back to them; left out where there are none. */
  spoken?: { reports: PageReport[]; shown: readonly PublishedPage[] };
  /** Slugs of the pages that were made of stacks, by their names. */
  stackPages?: ReadonlyMap<string, string>;
}

/** A page that has no file: the loader puts it beside those of the author. */
export interface GeneratedPage {
  /** Slug under the docs, such as `resources/namespace/observability`. */
  id: string;
  /** Front matter. */
  data: Record<string, unknown>;
  /** HTML in the place of its title, with an `h1` that reads as it; left out where the title serves. */
  head?: string;
  /** Body in Markdown; its HTML is ours and escaped. */
  body: string;
  /** Of what its live pieces show, where it has any: they are made as in a page of the author. */
  live?: string;
}
