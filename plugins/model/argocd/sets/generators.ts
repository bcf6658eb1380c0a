/**
 * One generator → its sets of parameters, or why they cannot be known. Source: `applicationset/generators`.
 */
import { isObject, type JsonObject, objectAt } from '../../../base/index.ts';
import { kindsOf } from './generators/children.ts';
import { fromClusters, needsClusters } from './generators/clusters.ts';
import { fromFixture, hasOwnClusters } from './generators/fixtures.ts';
import { fromGit, gitPatterns } from './generators/git.ts';
import { fromList } from './generators/list.ts';
import { fromMatrix } from './generators/matrix.ts';
import { fromMerge } from './generators/merge.ts';
import {
  below,
  type Generated,
  type GenerateEntry,
  type GeneratorKind,
  type GeneratorScope,
  refused,
  unknown,
} from './generators/types.ts';
import { invalidSelector, isSelected } from './selector.ts';

export type { Failure, GeneratorScope, SetContext } from './generators/types.ts';
export { kindsOf };

/** All generators of an entry, filtered by the entry's `selector`. */
export function generateEntry(entry: JsonObject, scope: GeneratorScope, depth = 0): Generated {
  const sets: JsonObject[] = [];
  for (const kind of kindsOf(entry)) {
    const result = generate(kind, entry, scope, depth);
    if (!result.ok) return result;
    sets.push(...result.value);
  }
  return { ok: true, value: sets };
}

/**
 * One generator of an entry. `depth` is 0 for those of the set itself, 1 for children of its matrix and merge
 * generators.
 */
export function generate(
  kind: GeneratorKind,
  entry: JsonObject,
  scope: GeneratorScope,
  depth = 0,
): Generated {
  const selector = isObject(entry.selector) ? entry.selector : null;
  const invalid = selector === null ? null : invalidSelector(selector);
  if (invalid !== null) return refused(`error parsing label selector: ${invalid}`);
  const result = generators[kind].generate(objectAt(entry, kind), scope, depth);
  if (!result.ok) return below(result, kind);
  const tooMany = scope.context.room.takeRows(result.value.length + 1);
  if (tooMany !== null) return unknown(tooMany, [kind]);
  if (selector === null) return result;
  return { ok: true, value: result.value.filter((parameters) => isSelected(selector, parameters)) };
}

/** Why an entry that is fully known gives nothing. */
export function emptyReason(kind: GeneratorKind, entry: JsonObject): string {
  if (isObject(entry.selector)) return 'its selector takes none of the parameters';
  return generators[kind].emptyReason ?? 'the generator gives no parameters';
}

/** The paths that a generator looks for, and those that it leaves out. */
export function patternsOf(kind: GeneratorKind, generator: JsonObject): Patterns {
  return generators[kind].patterns?.(generator) ?? { paths: [], exclude: [] };
}

/** A row a kind: how its parameter sets are found, and what is said of it. */
const generators: Record<GeneratorKind, Generator> = {
  list: { generate: fromList },
  clusters: {
    generate: (generator, scope) =>
      hasOwnClusters(scope)
        ? fromFixture('clusters', generator, scope, { why: needsClusters })
        : fromClusters(generator, scope),
    emptyReason: 'no cluster that `plumbline.yaml` names has the labels that it selects',
  },
  git: {
    generate: fromGit,
    emptyReason: 'no directory or file of this repository matches',
    patterns: gitPatterns,
  },
  scmProvider: ofConfiguration('scmProvider', 'needs the repositories of a Git host'),
  clusterDecisionResource: ofConfiguration('clusterDecisionResource', 'needs a resource of the cluster'),
  pullRequest: ofConfiguration('pullRequest', 'needs the open pull requests of a Git host'),
  matrix: combining('matrix', fromMatrix),
  merge: combining('merge', fromMerge),
  plugin: ofConfiguration('plugin', 'needs the service that it calls'),
};

/** A generator that asks a cluster or a network. */
function ofConfiguration(kind: GeneratorKind, needs: string): Generator {
  const why = `a \`${kind}\` generator ${needs}`;
  return { generate: (generator, scope) => fromFixture(kind, generator, scope, { why }) };
}

/** A generator of generators, which may hold another one level deep. */
function combining(kind: GeneratorKind, combine: Combine): Generator {
  return {
    generate: (generator, scope, depth) =>
      depth > 1
        ? refused(`a \`${kind}\` generator is nested deeper than Argo CD allows`)
        : combine(generator, scope, depth, generateEntry),
  };
}

interface Generator {
  /** `depth` is 0 for those of the set itself. */
  generate(generator: JsonObject, scope: GeneratorScope, depth: number): Generated;
  emptyReason?: string;
  patterns?(generator: JsonObject): Patterns;
}
interface Patterns {
  paths: string[];
  exclude: string[];
}
type Combine = (
  generator: JsonObject,
  scope: GeneratorScope,
  depth: number,
  generateEntry: GenerateEntry,
) => Generated;
