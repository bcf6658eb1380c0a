import { isObject, type JsonObject, type JsonValue, textAt } from '../base/index.ts';
import { parseYaml, redactInPlace, toJson } from '../source/index.ts';
import { type CarriedPlaces, isCarriedTo } from './carried-places.ts';

/**
 * The engine's output as objects, without the annotations that it was asked to add; what they say is beside
 * each object. Values of Secrets are dropped here, before anything is kept.
 * @param scrub also drops copies of secret values from other objects, those of the output and these words, at
 * the places that replacements and vars can carry them to. Null where nothing could.
 * @param memo objects by their text: overlays of one base hold mostly the same ones. Lives as long as a run.
 * @returns undefined where it is no YAML, or not of objects.
 */
export function readOutput(
  text: string,
  scrub: Scrub | null,
  memo: Map<string, string>,
): EngineObject[] | undefined {
  const objects: EngineObject[] = [];
  for (const part of text.split(/^---\n/m)) {
    const known = memo.get(part);
    const parsed = known === undefined ? readObject(part) : (JSON.parse(known) as EngineObject[]);
    if (parsed === undefined) return undefined;
    memo.set(part, JSON.stringify(parsed));
    objects.push(...parsed);
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

function readObject(text: string): EngineObject[] | undefined {
  const values = valuesOf(text);
  return values?.filter(isObject).map(takeAnnotations);
}

/** What an engine wrote, a value a document; undefined where it is no YAML, or not of objects. */
export function valuesOf(text: string): JsonValue[] | undefined {
  const values: JsonValue[] = [];
  for (const document of parseYaml(text)) {
    const { value } = toJson(document.contents);
    if (document.errors.length > 0 || (value !== null && !isObject(value))) return undefined;
    values.push(value);
  }
  return values;
}

function takeAnnotations(value: JsonObject): EngineObject {
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const annotations = isObject(metadata.annotations) ? metadata.annotations : {};
  const origin = parseInner(annotations[originKey]);
  const transformations = parseInner(annotations[transformationsKey]);
  delete annotations[originKey];
  delete annotations[transformationsKey];
  if (Object.keys(annotations).length === 0) delete metadata.annotations;
  const touched = (Array.isArray(transformations) ? transformations : []).flatMap(
    (step) => textAt(step, 'configuredIn') ?? [],
  );
  return {
    value,
    path: textAt(origin, 'path') ?? null,
    generator: textAt(origin, 'configuredIn') ?? null,
    generatorKind: textAt(origin, 'configuredBy', 'kind') ?? null,
    touched: [...new Set(touched)],
  };
}

function parseInner(annotation: JsonValue | undefined): JsonValue {
  const document = typeof annotation === 'string' ? parseYaml(annotation)[0] : undefined;
  return document === undefined ? null : toJson(document.contents).value;
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

const originKey = 'config.kubernetes.io/origin';
const transformationsKey = 'alpha.config.kubernetes.io/transformations';
const shortest = 4;

interface Scrub {
  words: ReadonlySet<string>;
  places: CarriedPlaces;
}

/** Paths are relative to the folder that was built. */
export interface EngineObject {
  value: JsonObject;
  /** The file that it was read from; null where a generator made it. */
  path: string | null;
  /** The kustomization whose generator made it, */
  generator: string | null;
  /** and with which plugin. */
  generatorKind: string | null;
  /** Kustomizations whose transformers ran over it, in that order. */
  touched: string[];
}
