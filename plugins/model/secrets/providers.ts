/**
 * What a store gives, where the manifests say it: the fake provider has its values written in it, and the one
 * of Kubernetes reads Secrets of the same cluster. Of all others only the provider knows. Source:
 * `providers/v1/fake/fake.go`, `providers/v1/kubernetes/client.go`.
 */
import {
  at,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  stableStringify,
  takeSteps,
  textAt,
} from '../../base/index.ts';
import type { SecretKeys } from './key-set.ts';
import type { Manifest, Objects } from './objects.ts';
import {
  convertKeys,
  jsonObject,
  KeysFault,
  patternOf,
  type SecretData,
  UnknownKeys,
} from './rewrite-keys.ts';

export function providerOf(store: Manifest | null, objects: Objects, secretKeys: SecretKeys): Provider {
  const provider = objectAt(store?.rendered, 'spec', 'provider');
  if (isObject(provider.fake)) return fake(listAt(provider, 'fake', 'data'), objects);
  if (isObject(provider.kubernetes) && isOwnCluster(provider.kubernetes))
    return kubernetes(textAt(provider, 'kubernetes', 'remoteNamespace') || 'default', objects, secretKeys);
  return { value: unknown, extract: unknown, find: unknown };
}

const unknown = () => 'unknown' as const;

function isOwnCluster(provider: JsonObject): boolean {
  const url = textAt(provider, 'server', 'url') ?? '';
  const isLocal = /^(?:https:\/\/)?kubernetes\.default(?:\.svc(?:\.cluster\.local)?)?(?::443)?\/?$/.test(url);
  return (url === '' || isLocal) && !isObject(provider.authRef);
}

function fake(entries: readonly JsonValue[], { hidden }: Objects): Provider {
  const known = new Map<string, JsonValue>();
  const idOf = (entry: JsonValue | undefined) =>
    `${textAt(entry, 'key') ?? ''}\0${textAt(entry, 'version') ?? ''}`;
  for (const entry of entries) known.set(idOf(entry), entry);
  const value = (reference: JsonObject): ValueAnswer => {
    const entry = known.get(idOf(reference));
    if (entry === undefined) return 'missing';
    const property = textAt(reference, 'property') ?? '';
    if (hidden) return property === '' ? { value: null } : 'unknown';
    const text = textAt(entry, 'value') ?? '';
    return property === '' ? { value: text } : propertyOf(text, property);
  };
  return {
    value,
    extract(reference) {
      const found = value(reference);
      if (typeof found === 'string') return found;
      if (found.value === null) return 'unknown';
      return new Map(Object.entries(jsonObject(found.value)).map(([key, inner]) => [key, textOf(inner)]));
    },
    find(reference) {
      if (!isObject(reference.name)) return 'unknown';
      const pattern = patternOf(textAt(reference, 'name', 'regexp') ?? '');
      const latest = new Map<string, JsonValue>();
      for (const entry of entries) {
        const key = textAt(entry, 'key') ?? '';
        if (!takeSteps((pattern.size * key.length) / 16)) return 'unknown';
        const before = latest.get(key);
        const isLater =
          before === undefined || (textAt(before, 'version') ?? '') < (textAt(entry, 'version') ?? '');
        if (pattern.finds(key) && isLater) latest.set(key, entry);
      }
      const data: SecretData = new Map(
        [...latest].map(([key, entry]) => [key, hidden ? null : (textAt(entry, 'value') ?? '')]),
      );
      return convertKeys(textAt(reference, 'conversionStrategy') ?? '', data);
    },
  };
}

function kubernetes(namespace: string, { closed }: Objects, secretKeys: SecretKeys): Provider {
  const keysOf = (reference: JsonObject) => secretKeys({ namespace, name: textAt(reference, 'key') ?? '' });
  return {
    value(reference) {
      const keys = keysOf(reference);
      // Here it is no missing value: it fails whatever the policy says.
      if (keys === null) return failing(closed);
      const property = textAt(reference, 'property') ?? '';
      if (property === '') return { value: null };
      if (reference.metadataPolicy === 'Fetch') return 'unknown';
      const [first = ''] = property.split('.');
      if (keys.sure.has(property)) return { value: null };
      if (keys.open || keys.maybe.has(property) || keys.maybe.has(first) || keys.sure.has(first))
        return 'unknown';
      return failing(true);
    },
    extract(reference) {
      const keys = keysOf(reference);
      if (keys === null) return closed ? 'missing' : 'unknown';
      if (reference.metadataPolicy === 'Fetch' || typeof reference.property === 'string') return 'unknown';
      if (keys.open || keys.maybe.size > 0) return 'unknown';
      return new Map([...keys.sure].map((key) => [key, null]));
    },
    find: unknown,
  };
}

function failing(isSure: boolean): 'unknown' {
  if (isSure) throw new KeysFault('missing-remote');
  return 'unknown';
}

/** A member by gjson's path; what has more than dots and indices in it is not followed. */
function propertyOf(text: string, path: string): ValueAnswer {
  if (!/^[\w-]+(?:\.[\w-]+)*$/.test(path)) return 'unknown';
  let value: JsonValue | undefined;
  try {
    value = jsonObject(text);
  } catch (error) {
    if (error instanceof KeysFault || error instanceof UnknownKeys) return 'missing';
    throw error;
  }
  for (const name of path.split('.')) value = at(value, Array.isArray(value) ? Number(name) : name);
  return value === undefined ? 'missing' : { value: textOf(value) };
}

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : stableStringify(value));

type ValueAnswer = 'missing' | 'unknown' | { value: string | null };
type MapAnswer = 'missing' | 'unknown' | SecretData;

interface Provider {
  /** Of `data[].remoteRef`. @throws KeysFault where it fails whatever the policy. */
  value(reference: JsonObject): ValueAnswer;
  /** Of `dataFrom[].extract`. */
  extract(reference: JsonObject): MapAnswer;
  /** Of `dataFrom[].find`. */
  find(reference: JsonObject): MapAnswer;
}
