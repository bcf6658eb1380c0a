/** Wildcards in the keys of a pattern's labels and annotations. Source: kyverno `ExpandInMetadata`. */
import { at, isObject, type JsonObject } from '../../../base/index.ts';
import { wildcard } from '../wildcard.ts';
import { anchored, parseAnchor } from './anchors.ts';

/**
 * The pattern with each such key replaced by the first of the object's that it matches. Where the object has
 * the map, what the pattern writes in it that is no text is left out, as upstream reads both as texts.
 */
export function expandMetadata(pattern: JsonObject, object: JsonObject): JsonObject {
  const [key, metadata] = entryOf(pattern, 'metadata');
  const own = object.metadata;
  if (key === undefined || !isObject(metadata) || !isObject(own)) return pattern;
  const expanded = { ...metadata };
  for (const tag of ['labels', 'annotations']) {
    const [written, wanted] = entryOf(metadata, tag);
    const given = at(own, tag);
    if (written === undefined || !isObject(wanted) || !isObject(given)) continue;
    expanded[written] = Object.fromEntries(
      Object.entries(wanted).flatMap(([name, value]) =>
        typeof value === 'string' ? [[expandKey(name, given), value]] : [],
      ),
    );
  }
  return { ...pattern, [key]: expanded };
}

function entryOf(map: JsonObject, name: string): [string | undefined, unknown] {
  return (
    Object.entries(map).find(([key]) => (parseAnchor(key)?.key ?? key) === name) ?? [undefined, undefined]
  );
}

function expandKey(key: string, given: JsonObject): string {
  const name = parseAnchor(key)?.key ?? key;
  if (!/[*?]/.test(name)) return key;
  const found = Object.entries(given).find(
    ([own, value]) => typeof value === 'string' && wildcard(name, own),
  );
  return found ? anchored(key, found[0]) : key;
}
