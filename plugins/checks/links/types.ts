import type { IndexedPage, WrittenLink } from '../../markdown/index.ts';
import type { StatementBase } from '../types.ts';

/** A link or image of the page that leads to another page, a heading, or a file of the repository. */
export interface LinkStatement
  extends StatementBase,
    Pick<WrittenLink, 'url' | 'kind' | 'taken' | 'component'> {
  type: 'link';
  /** Absolute path of the page; null where it has no file. */
  path: string | null;
  /** Its number among the links of its node. */
  at: number;
  /** Its place holds a text of D2, quotes and all: what is put there needs them. */
  inQuotes?: boolean;
}

/** Where a site makes a link lead that is written as the path of a file. */
export type Lead =
  /** To a page by its slug, with the query and the fragment of the link. */
  | { to: 'page'; slug: string; rest: string }
  /** To where a file of the repository is read. */
  | { to: 'file'; file: string; line: number };

export const outside: Target = { to: 'unknown', why: 'it leads out of the repository' };

export type Target =
  | { to: 'page'; page: IndexedPage; name: string; lead?: Lead }
  | { to: 'file'; name: string; lead?: Lead }
  | Nowhere
  | { to: 'unknown'; why: string };

export interface Nowhere {
  to: 'nowhere';
  /** What a reader meets, where more can be said than that nothing is there. */
  actual?: string;
  /** Paths that would lead there, without query and fragment. */
  instead?: string[];
  /** What is meant is certain, and `instead` the one way to write it. */
  isSure?: boolean;
  help?: string;
}
