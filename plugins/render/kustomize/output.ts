import { isObject, type JsonObject, type JsonValue } from '../../base/index.ts';
import { redactInPlace } from '../../source/index.ts';
import { type CarriedPlaces, isCarriedTo } from './carried-places.ts';
import {
  originKey,
  readAnnotations,
  type ToldAnnotations,
  type Traced,
  transformationsKey,
  withoutAnnotations,
} from './engine-annotations.ts';
import { kustomizeValues } from './kustomize-values.ts';
import type { OutputMemo } from './output-memo.ts';

/**
 * The engine's output as objects, without the annotations that it was asked to add; what they say is beside
 * each object. Values of Secrets are dropped here, before anything is kept.
 * @param scrub also drops copies of secret values from other objects, those of the output and these words, at
 * the places that replacements and vars can carry them to. Null where nothing could.
 * @param memo what was read before: overlays of one base hold mostly the same.
 * @returns undefined where it is no YAML, or not of objects.
 */
export function readOutput(text: string, scrub: Scrub | null, memo: OutputMemo): EngineObject[] | undefined {
  const objects: EngineObject[] = [];
  for (const part of text.split(/^---\n/m)) {
    const { bare, told } = withoutAnnotations(part);
    const known = memo.objects.get(bare);
    const values = known === undefined ? kustomizeValues(bare) : (JSON.parse(known) as JsonObject[]);
    if (values === undefined) return undefined;
    if (known === undefined) memo.objects.set(bare, JSON.stringify(values));
    for (const value of values) {
      const all = { ...takeAnnotations(value), ...told };
      objects.push({ value, ...readAnnotations(all, memo.annotations) });
    }
  }
  const carried = scrub === null ? new Set<string>() : new Set([...secretValues(objects), ...scrub.words]);
  for (const object of objects) {
    redactInPlace(object.value);
    if (scrub !== null && carried.size > 0)
      object.value = withoutValues(object.value, [], carried, (path) =>
        isCarriedTo(scrub.places, object.value.kind, path),
      ) as JsonObject;
  }
  return objects;
}

/** Takes those out that were written in another way. */
function takeAnnotations({ metadata }: JsonObject): ToldAnnotations {
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  if (!isObject(metadata) || !isObject(annotations)) return {};
  const told: ToldAnnotations = {};
  for (const key of [originKey, transformationsKey] as const) {
    const text = annotations[key];
    delete annotations[key];
    if (typeof text === 'string') told[key] = text;
  }
  if (Object.keys(annotations).length === 0) delete metadata.annotations;
  return told;
}

/**
 * Values of Secrets as the manifests hold them and decoded; short ones would take innocent words with them.
 */
function secretValues(objects: EngineObject[]): Set<string> {
  const values = new Set<string>();
  for (const { value } of objects) {
    if (value.kind !== 'Secret') continue;
    for (const field of ['data', 'stringData']) {
      for (const inner of Object.values(isObject(value[field]) ? value[field] : {})) {
        if (typeof inner !== 'string' || inner.length < shortest) continue;
        values.add(inner);
        const decoded = Buffer.from(inner, 'base64').toString('utf8');
        if (field === 'data' && decoded.length >= shortest) values.add(decoded);
      }
    }
  }
  return values;
}

function withoutValues(
  value: JsonValue,
  path: string[],
  carried: ReadonlySet<string>,
  isReached: (path: readonly string[]) => boolean,
): JsonValue {
  if (typeof value === 'string')
    return isReached(path) && [...carried].some((secret) => value.includes(secret)) ? '' : value;
  const inner = (key: string | number, item: JsonValue) =>
    withoutValues(item, [...path, String(key)], carried, isReached);
  if (Array.isArray(value)) return value.map((item, index) => inner(index, item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(key, item)]));
}

const shortest = 4;

interface Scrub {
  words: ReadonlySet<string>;
  places: CarriedPlaces;
}

export interface EngineObject extends Traced {
  value: JsonObject;
}
