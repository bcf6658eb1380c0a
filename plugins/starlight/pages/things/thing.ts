import type { Explanation } from '../../../engine/index.ts';
import type { Resource } from '../../../model/index.ts';
import type { ElementContext } from '../../../remark/index.ts';

/** A resource, and all that is known of it, where its page is made. */
export interface Thing {
  resource: Resource;
  explanation: Explanation;
  page: ElementContext;
  /** Unique among all pages of resources: `Secret cicd/chat-webhook`. */
  title: string;
  /** That speak of it. */
  pages: SpeakingPage[];
  /** Address of the page of its stack; null where there is none. */
  stackPage: string | null;
}

/** A part of a page under a heading of its own. */
export interface Section {
  title: string;
  /** Markdown; HTML in it is ours, and escaped. */
  body: string;
}

/** What the page of a kind has that the pages of others have not. */
export interface ThingKind {
  is(resource: Resource): boolean;
  /** Between the answers and what every page has, in this order. */
  sections(thing: Thing): Section[];
  /** Sections of every page that those above say better. */
  without?: readonly SectionName[];
}

/** What every page has, where there is anything to say. */
export type SectionName = 'needs' | 'order' | 'relations' | 'policies' | 'pages';

/** A page of the author that speaks of a resource. */
export interface SpeakingPage {
  title: string;
  address: string | null;
}
