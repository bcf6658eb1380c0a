import type { Place } from '../source/index.ts';

/** An attribute as written, with its places (for carets under CEL). A bare name has the value `''`. */
export interface Attribute {
  value: string;
  /** Place of the value, without its quotes; of the name where there is no value. */
  place: Place;
  namePlace: Place;
  /** Place of a part of the value, offset and length in UTF-16 units of `value`. */
  at(offset: number, length: number): Place;
}
export type Attributes = Record<string, Attribute>;

/** Every page of the docs, for links between them. Given by the room that reads Markdown. */
export interface PageIndex {
  /** A page by its absolute path; undefined where it is none of the docs. */
  page(path: string): Promise<IndexedPage | undefined>;
  /**
   * A page by its address under the base of the site, without slashes around (`concepts/gitops-model`);
   * generated pages too, and drafts.
   */
  address(slug: string): Promise<IndexedPage | undefined>;
  /** Absolute paths of all pages. */
  paths(): Promise<string[]>;
  /** Whether the site makes a page of what is declared at a place of the manifests. */
  hasPageOf(place: Pick<Place, 'file' | 'line'>): boolean;
}

export interface IndexedPage {
  /** Relative to the root; null for a page that is made at build. */
  file: string | null;
  slug: string;
  title: string;
  /** Why a build makes no page of it: a draft, or a part that others import; null where it makes one. */
  left: 'draft' | 'part' | null;
  /** Anchors, with the heading's words and its line; an `id` that is written out is one too. */
  headings: { slug: string; text: string; line: number }[];
  /**
   * True where it also shows what is not read here (components, what is made at build): an unknown anchor may
   * exist.
   */
  open: boolean;
  /** False where it does not parse, or was left out: nothing is known of its anchors. */
  isRead: boolean;
  /** A diagram of the page may have boards, each with an anchor that is known when it is drawn. */
  hasBoards: boolean;
}

/** What makes the anchors of a page's headings. */
export type Slugs = 'github' | 'gitlab' | 'mkdocs' | 'jekyll' | 'hugo';
