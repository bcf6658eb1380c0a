/** The variables of a Kustomization's `postBuild`, as far as manifests tell. */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import type { KnownObjects } from '../deployers/known-objects.ts';

/**
 * What a substitution knows: later references over earlier ones, what is written inline over all. Values of
 * Secrets are not known, and neither is what an object says that no manifest declares, nor what a
 * Kustomization without a namespace leaves open: whoever lists it gives it one, and often variables too.
 * Null where nothing is substituted.
 */
export function variablesOf(
  postBuild: JsonObject,
  { namespace, near }: Referrer,
  objects: KnownObjects,
): Variables | { error: string } | null {
  const values = new Map<string, string | null>();
  const unread: string[] = [];
  for (const reference of listAt(postBuild, 'substituteFrom').filter(isObject)) {
    const kind = textAt(reference, 'kind') ?? '';
    const name = textAt(reference, 'name') ?? '';
    const object = objects.find(kind, namespace, name, near);
    if (object === undefined) {
      // It may say anything, and what it says would count over what was said before.
      unread.push(`${kind}/${name}`);
      for (const key of values.keys()) values.set(key, null);
      continue;
    }
    for (const field of kind === 'Secret' ? ['data', 'stringData'] : ['data'])
      for (const [key, value] of Object.entries(objectAt(object, field)))
        values.set(key, kind === 'Secret' ? null : known(value));
  }
  for (const [key, value] of Object.entries(objectAt(postBuild, 'substitute'))) values.set(key, known(value));
  const wrong = [...values.keys()].find((name) => !/^[_A-Za-z][_A-Za-z0-9]*$/.test(name));
  if (wrong !== undefined)
    return { error: `'${wrong}' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'` };
  const always = textAt(postBuild, 'substituteStrategy') === 'Always';
  if (values.size === 0 && unread.length === 0 && !always) return null;
  const isWhole = unread.length === 0 && namespace !== null;
  return {
    valueOf: (name) => (values.has(name) ? (values.get(name) ?? null) : isWhole ? '' : null),
    unread,
    isListed: namespace !== null,
  };
}

/** A value that is encrypted, or that another substitution has still to fill in, is not known. */
function known(value: unknown): string | null {
  const text = String(value ?? '').replaceAll('\n', '');
  return /^ENC\[|\$\{/.test(text) ? null : text;
}

/** What names the references. */
export interface Referrer {
  namespace: string | null;
  /** Its file. */
  near: string;
}

export interface Variables {
  /** Empty for one that is not set; null where it is not known. */
  valueOf(name: string): string | null;
  /** `Kind/name` of what is referred to and not declared here. */
  unread: string[];
  /** False where whoever lists the Kustomization may add others. */
  isListed: boolean;
}
