/** The values of a HelmRelease. Source: `fluxcd/pkg/chartutil` ChartValuesFromReferences. */
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../base/index.ts';
import { readYaml } from '../../template/index.ts';
import type { KnownObjects } from '../deployers/known-objects.ts';
import type { Referrer } from './variables.ts';

/**
 * What its references give, each over those before, and over all what is written inline. `unread` names what
 * is not known: what a Secret holds, what no manifest declares, and what is put at a path.
 */
export function releaseValues(
  spec: JsonObject,
  { namespace, near }: Referrer,
  objects: KnownObjects,
): { known: JsonObject; unread: string[] } {
  let known: JsonObject = {};
  const unread: string[] = [];
  for (const reference of listAt(spec, 'valuesFrom').filter(isObject)) {
    const kind = textAt(reference, 'kind') ?? '';
    const name = textAt(reference, 'name') ?? '';
    const key = textAt(reference, 'valuesKey') || 'values.yaml';
    const object = kind === 'ConfigMap' ? objects.find(kind, namespace, name, near) : undefined;
    const text = textAt(objectAt(object, 'data'), key);
    const values = text === undefined || textAt(reference, 'targetPath') ? null : valuesIn(text);
    if (values === null) unread.push(`${kind}/${name}`);
    else known = merge(known, values);
  }
  return { known: merge(known, objectAt(spec, 'values')), unread };
}

function valuesIn(text: string): JsonObject | null {
  try {
    const value = readYaml(text);
    return value === null ? {} : isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Mappings key by key; anything else is replaced. */
function merge(under: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}
