import { parseAllDocuments, stringify } from 'yaml';
import type { Random } from './random.ts';
import { hostileText, wrongValue } from './words.ts';

/**
 * A manifest file with one to three of its fields (any, at any depth) of a wrong shape, written in some
 * style of YAML.
 */
export function reshaped(text: string, random: Random): string {
  const known = parsed.get(text) ?? valuesOf(text);
  parsed.set(text, known);
  if (known === null) return text;
  const values = structuredClone(known);
  for (let step = random.between(1, 3); step > 0; step -= 1) reshape(values, random);
  return written(values, random);
}

function valuesOf(text: string): unknown[] | null {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  if ('empty' in documents || documents.some(({ errors }) => errors.length > 0)) return null;
  return documents.map((document) => document.toJS({ maxAliasCount: 100 }) as unknown);
}

const parsed = new Map<string, unknown[] | null>();

/** Changes one place of a value, in place. */
export function reshape(values: unknown[], random: Random): void {
  const holders = placesIn(values);
  const { holder, key } = random.pick(holders);
  const other = random.pick(holders);
  const put = (value: unknown) => assign(holder, key, value);
  const here = () => Reflect.get(holder, key) as unknown;
  random.weighted<() => void>([
    [8, () => put(wrongValue(random))],
    [
      2,
      () =>
        void (Array.isArray(holder) ? holder.splice(Number(key), 1) : Reflect.deleteProperty(holder, key)),
    ],
    [2, () => put([here()])],
    [1, () => put({ [hostileText(random)]: here() })],
    [2, () => put(copy(Reflect.get(other.holder, other.key)))],
    [1, () => put(JSON.stringify(here()) ?? '')],
    [1, () => assign(holder, Array.isArray(holder) ? holder.length : hostileText(random), copy(here()))],
    [1, () => put(Array.from({ length: random.pick([2, 20]) }, () => copy(here())))],
  ])();
}

/** Values as documents of one file. */
export function written(values: unknown[], random: Random): string {
  const style = random.pick(['plain', 'flow', 'json', 'json', 'json', 'quoted', 'list'] as const);
  if (style === 'list' && values.length > 0)
    return stringify({
      apiVersion: 'v1',
      kind: random.pick(['List', 'ConfigMapList', 'SecretList']),
      items: values,
    });
  return values
    .map((value) => {
      if (style === 'json') return `${JSON.stringify(value, null, random.pick([0, 2]))}\n`;
      return stringify(value, {
        collectionStyle: style === 'flow' ? 'flow' : 'any',
        defaultStringType: style === 'quoted' ? 'QUOTE_DOUBLE' : 'PLAIN',
        lineWidth: random.pick([0, 80]),
        aliasDuplicateObjects: random.chance(0.5),
      });
    })
    .join('---\n');
}

function placesIn(values: unknown[]): PlaceIn[] {
  const found: PlaceIn[] = values.map((_, key) => ({ holder: values, key }));
  for (const { holder, key } of found) {
    const value: unknown = Reflect.get(holder, key);
    if (typeof value !== 'object' || value === null || found.length > mostPlaces) continue;
    for (const inner of Object.keys(value))
      found.push({ holder: value, key: Array.isArray(value) ? Number(inner) : inner });
  }
  return found.length === 0 ? [{ holder: values, key: 0 }] : found;
}

/** As an own field, even where the name is one of the prototype. */
function assign(holder: object, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function copy(value: unknown): unknown {
  return value === undefined ? null : (structuredClone(value) as unknown);
}

const mostPlaces = 5000;

interface PlaceIn {
  holder: object;
  key: string | number;
}
