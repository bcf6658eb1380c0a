import type { StatementBase } from '../types.ts';

/** A link or image of the page that leads to another page, a heading, or a file of the repository. */
export interface LinkStatement extends StatementBase {
  type: 'link';
  /** As written. */
  url: string;
  kind: 'link' | 'image';
  /** Absolute path of the page; null where it has no file. */
  path: string | null;
}
