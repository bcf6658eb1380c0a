/**
 * How deep the elements of a drawing lie in one another. Who finishes it for a page goes down into each of
 * them, and an author's Markdown may nest as many as they like.
 */
export function nestingOf(svg: string): number {
  let [depth, deepest] = [0, 0];
  for (const [, closes, empty] of svg.matchAll(/<(\/?)[A-Za-z][^>]*?(\/?)>/g)) {
    if (closes === '/') depth -= 1;
    else if (empty === '') depth += 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** D2 itself nests a dozen. */
export const mostNested = 200;
