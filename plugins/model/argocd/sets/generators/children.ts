/** Children of matrix and merge generators. Source: `applicationset/generators/matrix.go`, `merge.go`. */
import { isObject, type JsonObject, type JsonValue } from '../../../../base/index.ts';
import { type GeneratorKind, generatorKinds, type Result, refused, unknown } from './types.ts';

/** A child holds exactly one generator. */
export function childAt(
  children: readonly JsonValue[],
  index: number,
  parent: 'matrix' | 'merge',
): Result<JsonObject> {
  const child = children[index];
  const entry = isObject(child) ? child : {};
  const path = ['generators', index];
  const kinds = kindsOf(entry);
  if (kinds.length > 1) return refused(`found more than one generator in ${parent}.Generators`, path);
  if (kinds.length === 1) return { ok: true, value: entry };
  const other = Object.keys(entry).find((key) => key !== 'selector');
  return other === undefined
    ? refused('child generator generated no parameters: it holds no generator', path)
    : unknown(`a \`${other}\` generator is not known`, [...path, other]);
}

/** Generators of an entry, in the order in which Argo CD takes them. */
export function kindsOf(entry: JsonObject): GeneratorKind[] {
  return generatorKinds.filter((kind) => entry[kind] !== undefined && entry[kind] !== null);
}
