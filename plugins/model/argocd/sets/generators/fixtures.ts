/**
 * Generators that ask a cluster or a network: their parameter sets come from the configuration, or are not
 * known.
 */
import { isObject, type JsonObject, listAt } from '../../../../base/index.ts';
import type { Reason } from '../../../../source/index.ts';
import { eachWithValues } from './generator-values.ts';
import { flatten } from './go-text.ts';
import { type Generated, type GeneratorKind, type GeneratorScope, unknown } from './types.ts';

/** The sets that `plumbline.yaml` gives this ApplicationSet, for this kind or for all that it cannot know. */
export function fixtureOf(kind: GeneratorKind, scope: GeneratorScope): JsonObject[] | null {
  const { sets } = scope.context.fixtures;
  const given = Object.hasOwn(sets, scope.set) ? sets[scope.set] : undefined;
  if (given === undefined) return null;
  if (Array.isArray(given)) return given;
  return Object.hasOwn(given, kind) ? listAt(given, kind).filter(isObject) : null;
}

/**
 * True where the configuration says of this very set what its `clusters` generators find, or says it of no
 * clusters at all.
 */
export function hasOwnClusters(scope: GeneratorScope): boolean {
  const { sets, clusters } = scope.context.fixtures;
  if (fixtureOf('clusters', scope) === null) return false;
  return clusters === null || !Array.isArray(sets[scope.set]);
}

/**
 * Without Go templates parameters are flat texts, so nested ones are flattened as Argo CD does with a
 * plugin's.
 */
export function fromFixture(
  kind: GeneratorKind,
  generator: JsonObject,
  scope: GeneratorScope,
  { why, remedy = 'generators' }: Reason,
): Generated {
  const sets = fixtureOf(kind, scope);
  if (sets === null)
    return {
      ...unknown(why),
      remedy,
      help: `Give its parameters in \`plumbline.yaml\` under \`generators.${scope.set || '<name of the set>'}\`.`,
    };
  return eachWithValues(generator, scope.options.goTemplate ? sets : sets.map(flatten), scope);
}
