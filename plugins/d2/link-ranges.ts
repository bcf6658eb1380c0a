import { type ObjectReference, parseRange, rangeKey } from './ranges.ts';
import type { D2Range } from './types.ts';

/** Where the last link of a shape is written, in the diagram's own text. */
export function shapeLinkRange(references: ObjectReference[], links: Map<string, D2Range>): D2Range | null {
  let last: D2Range | null = null;
  for (const { key, key_path_index: at, map_key_edge_index: edge } of references) {
    const length = key?.path?.length ?? 0;
    // `obs: { link: … }` belongs to the whole key, `obs.link: …` to all of it but its last part.
    if (key === undefined || edge >= 0 || at < length - 2) continue;
    const range = links.get(rangeKey(parseRange(key.range)));
    const dotted = range !== undefined && endsWithLink(key.path);
    if (range !== undefined && at === length - (dotted ? 2 : 1)) last = range;
  }
  return last;
}

/** The last link written for one of the places where an edge is. */
export function edgeLinkRange(ranges: D2Range[], links: Map<string, D2Range>): D2Range | null {
  return ranges.map((range) => links.get(rangeKey(range))).findLast((range) => range !== undefined) ?? null;
}

function endsWithLink(path: NonNullable<ObjectReference['key']>['path']): boolean {
  const parts = path?.at(-1)?.unquoted_string?.value ?? [];
  return (
    (path?.length ?? 0) > 1 &&
    parts
      .map((part) => part.string ?? '')
      .join('')
      .toLowerCase() === 'link'
  );
}
