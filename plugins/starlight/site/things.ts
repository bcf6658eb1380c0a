import { index } from 'virtual:plumbline/search';
import { type Named, namedOf } from '../search/search-index.ts';

/** The resource that a page is of; undefined for every other page. */
export function thingAt(slug: string): (Named & { kind: string }) | undefined {
  things ??= new Map(namedOf(index).map((one) => [one.slug, one]));
  const found = things.get(slug);
  return found === undefined || found.kind === null ? undefined : { ...found, kind: found.kind };
}

let things: Map<string, Named> | undefined;
