/** Sources of an application that others refer to by `$name`. Source: `util/argo` GetRefSources. */
import { type JsonObject, textAt } from '../../../base/index.ts';

/** Each `ref` once and plainly named, or Argo CD's error. */
export function refSourcesOf(
  sources: readonly JsonObject[],
): { refs: Map<string, JsonObject> } | { error: string } {
  const refs = new Map<string, JsonObject>();
  for (const source of sources) {
    const ref = textAt(source, 'ref') ?? '';
    if (ref === '') continue;
    if (!/^[a-zA-Z0-9_-]+$/.test(ref))
      return { error: `sources.ref ${ref} cannot contain any special characters except '_' and '-'` };
    if (refs.has(`$${ref}`)) return { error: 'invalid sources: multiple sources had the same `ref` key' };
    refs.set(`$${ref}`, source);
  }
  return { refs };
}
