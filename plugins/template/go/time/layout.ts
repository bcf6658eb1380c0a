/** The parts of a layout, which is one moment written out: Mon Jan 2 15:04:05 MST 2006. Source: time. */

/** A layout as texts that stand for themselves and the elements between them. */
export function layoutOf(layout: string): LayoutPart[] {
  const parts: LayoutPart[] = [];
  let from = 0;
  for (const found of layout.matchAll(elements)) {
    parts.push({ literal: layout.slice(from, found.index), element: found[0] });
    from = found.index + found[0].length;
  }
  return [...parts, { literal: layout.slice(from), element: '' }];
}

/** The longest first; `_2006` is an underscore before a year. */
const elements =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|__2|_2(?!006)|[2345]|PM|pm|[-Z]07(?:0000|:00:00|00|:00|)|[.,](?:0+|9+)(?!\d)/g;

export interface LayoutPart {
  literal: string;
  /** Empty at the end of the layout. */
  element: string;
}
