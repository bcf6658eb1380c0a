/** One generator → its sets of parameters, or why they cannot be known. Source: `applicationset/generators`. */
import { isObject, type JsonObject, objectAt } from '../../../base/index.ts';
import { kindsOf } from './generators/children.ts';
import { fromClusters } from './generators/clusters.ts';
import { fromFixture, hasOwnClusters } from './generators/fixtures.ts';
import { fromGit } from './generators/git.ts';
import { fromList } from './generators/list.ts';
import { fromMatrix } from './generators/matrix.ts';
import { fromMerge } from './generators/merge.ts';
import { below, type Generated, refused, type Scope } from './generators/types.ts';
import { invalidSelector, isSelected } from './selector.ts';

export type { Failure, Scope, SetContext } from './generators/types.ts';
export { kindsOf };

/** All generators of an entry, filtered by the entry's `selector`. */
export function generateEntry(entry: JsonObject, scope: Scope, depth = 0): Generated {
  const sets: JsonObject[] = [];
  for (const kind of kindsOf(entry)) {
    const result = generate(kind, entry, scope, depth);
    if (!result.ok) return result;
    sets.push(...result.value);
  }
  return { ok: true, value: sets };
}

/** One generator of an entry. `depth` is 0 for those of the set itself, 1 for children of its matrix and merge generators. */
export function generate(kind: string, entry: JsonObject, scope: Scope, depth = 0): Generated {
  const selector = isObject(entry.selector) ? entry.selector : null;
  const invalid = selector === null ? null : invalidSelector(selector);
  if (invalid !== null) return refused(`error parsing label selector: ${invalid}`);
  const result = dispatch(kind, objectAt(entry, kind), scope, depth);
  if (!result.ok) return below(result, kind);
  if (selector === null) return result;
  return { ok: true, value: result.value.filter((parameters) => isSelected(selector, parameters)) };
}

function dispatch(kind: string, generator: JsonObject, scope: Scope, depth: number): Generated {
  if (kind === 'list') return fromList(generator, scope);
  if (kind === 'git') return fromGit(generator, scope);
  if (kind === 'clusters' && !hasOwnClusters(scope)) return fromClusters(generator, scope);
  if (kind !== 'matrix' && kind !== 'merge') return fromFixture(kind, generator, scope);
  if (depth > 1) return refused(`a \`${kind}\` generator is nested deeper than Argo CD allows`);
  const combine = kind === 'matrix' ? fromMatrix : fromMerge;
  return combine(generator, scope, depth, generateEntry);
}
