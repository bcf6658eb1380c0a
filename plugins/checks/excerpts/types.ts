import type { Attributes } from '../../markdown/index.ts';
import type { Place } from '../../source/index.ts';
import type { StatementBase } from '../types.ts';

/** A fence that shows a part of a file: ` ```yaml source="…" at="…" `. */
export interface ExcerptStatement extends StatementBase {
  type: 'excerpt';
  attributes: Attributes;
  /** Language of the fence. */
  language: string;
  /** What opens and closes the fence: three backticks or tildes, or more. */
  marks: string;
  /** The fence's own lines, with line feeds and without what a list or quote puts before them. */
  body: string;
  /**
   * Place of the body, from the end of the opening line to the end of its last line; empty where the fence
   * is.
   */
  bodyPlace: Place;
  /** What would stand at `bodyPlace` for another text: with what a list or quote puts before each line. */
  written(body: string): string;
  /** Place in the page of a zero-based line and column range of `body`. */
  placeOf(range: { line: number; column: number; endLine: number; endColumn: number }): Place;
}

/** What an excerpt takes; all other options of a fence belong to whoever draws the code. */
export const excerptAttributes: readonly string[] = ['source', 'at', 'resource', 'lines'];
