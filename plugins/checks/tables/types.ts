import type { Attributes } from '../../markdown/index.ts';
import type { Place } from '../../source/index.ts';
import type { StatementBase } from '../types.ts';

/**
 * A table written out between `<!-- plumbline:table VIEW … -->` and `<!-- /plumbline:table -->`, for pages
 * read on a Git host.
 */
export interface SnapshotStatement extends StatementBase {
  type: 'snapshot';
  attributes: Attributes;
  /**
   * The lines between the two comments, with line feeds and without what a list or quote puts before them.
   */
  body: string;
  /** From the end of the one comment to the beginning of the other. */
  bodyPlace: Place;
  /** What would stand at `bodyPlace` for another table. */
  written(body: string): string;
  /** Place in the page of a zero-based line and column range of `body`. */
  placeOf(range: { line: number; column: number; endLine: number; endColumn: number }): Place;
}
