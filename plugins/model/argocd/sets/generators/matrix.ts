/** The matrix generator. Source: `applicationset/generators/matrix.go`. */
import { type JsonObject, listAt } from '../../../../base/index.ts';
import { childAt } from './children.ts';
import { combineDeep, combineTexts } from './combine.ts';
import { interpolate } from './interpolate.ts';
import { below, type Generated, type GenerateEntry, type GeneratorScope, refused } from './types.ts';

/**
 * Each set of the first child with each that the second gives for it; the second is filled with the first's
 * parameters before.
 */
export function fromMatrix(
  generator: JsonObject,
  scope: GeneratorScope,
  depth: number,
  generate: GenerateEntry,
): Generated {
  const children = listAt(generator, 'generators');
  if (children.length < 2) return refused('found less than two generators, Matrix support only two');
  if (children.length > 2) return refused('found more than two generators, Matrix support only two');
  const first = childAt(children, 0, 'matrix');
  if (!first.ok) return first;
  const second = childAt(children, 1, 'matrix');
  if (!second.ok) return second;
  const outer = generate(first.value, scope, depth + 1);
  if (!outer.ok) return below(outer, 'generators', 0);
  const sets: JsonObject[] = [];
  for (const own of outer.value) {
    const filled =
      Object.keys(own).length === 0
        ? { ok: true as const, value: second.value }
        : interpolate(second.value, own, scope);
    if (!filled.ok) return below(filled, 'generators', 1);
    const inner = generate(filled.value, scope, depth + 1);
    if (!inner.ok) return below(inner, 'generators', 1);
    for (const other of inner.value) {
      const combined = scope.options.goTemplate ? combineDeep(other, own) : combineTexts(own, other);
      if (!combined.ok) return combined;
      sets.push(combined.value);
    }
  }
  return { ok: true, value: sets };
}
