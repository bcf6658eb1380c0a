import { isObject, type JsonObject, type JsonValue, objectAt, stableStringify } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import { compareValues, type Difference } from './compare-values.ts';

/**
 * The fields of an object that differ. Its wave is left out where the resource's has changed, and its name
 * and namespace where these have: the change tells them by themselves.
 */
export function fieldsOf(one: Resource, other: Resource): Difference[] {
  const isOther = { name: one.name !== other.name, namespace: one.namespace !== other.namespace };
  const isMoved = one.wave !== other.wave || one.phase !== other.phase;
  const shown = ({ rendered }: Resource) => (isMoved ? withoutWave(rendered) : rendered);
  // Most objects that are built in many folders are the same, in the same order: the texts are enough.
  if (JSON.stringify(one.rendered) === JSON.stringify(other.rendered)) return [];
  return compareValues(shown(one), shown(other)).filter(({ before, after }) => {
    const [field, name, ...further] = (after ?? before)?.path ?? [];
    if (field !== 'metadata' || further.length > 0) return true;
    return !(name === 'name' && isOther.name) && !(name === 'namespace' && isOther.namespace);
  });
}

function withoutWave(rendered: JsonObject): JsonObject {
  const { annotations, ...metadata } = objectAt(rendered, 'metadata');
  const { [waveAnnotation]: _wave, ...others } = isObject(annotations) ? annotations : {};
  return {
    ...rendered,
    metadata: { ...metadata, ...(Object.keys(others).length > 0 ? { annotations: others } : {}) },
  };
}

/** A value, or the beginning of a long one: a comment has no room for scripts and dashboards. */
export function clipped(value: JsonValue): JsonValue {
  if (typeof value === 'string')
    return value.length > maxText ? `${value.slice(0, maxText).toWellFormed()}…` : value;
  const text = stableStringify(value);
  return text.length > maxText ? `${text.slice(0, maxText).toWellFormed()}…` : value;
}

const waveAnnotation = 'argocd.argoproj.io/sync-wave';
/** Characters of a value that is shown. */
const maxText = 2000;
