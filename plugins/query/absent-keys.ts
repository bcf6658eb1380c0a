import { isObject, type JsonValue, keepAnswers, nearest } from '../base/index.ts';
import { type Compiled, errorAt } from './cel/compile-expression.ts';
import { keyHelp, shownHelp } from './cel/name-help.ts';
import type { Path } from './cel/resolve-names.ts';
import type { Elements } from './elements.ts';
import { shownAs, subjectTypes } from './subjects/index.ts';
import type { QueryError } from './types.ts';

/**
 * Finds the first key in an expression that no row of its kind has, unless the expression guards against its
 * absence (`has(…)`, `.?`): most likely it is misspelt. Each chain of keys is looked for in all rows once,
 * however many expressions contain it.
 * @param spend is told the steps that such a look takes.
 */
export function openAbsentKeys(
  elements: Elements,
  spend: (steps: number) => void,
): (compiled: Compiled) => QueryError | undefined {
  const known = keepAnswers<string, Absence | null>(2000);
  const absenceOf = ({ kind, segments }: Path): Absence | null =>
    known(JSON.stringify([kind, ...segments.map((segment) => segment.key)]), () => {
      const rows = elements.all(kind);
      spend(rows.length / 8);
      return absenceIn(rows, segments);
    });
  return ({ expression, names }) => {
    for (const path of names.paths) {
      if (names.guards.some((guard) => covers(guard, path))) continue;
      const absence = absenceOf(path);
      if (absence !== null) return absenceError(expression, path, absence);
    }
    return undefined;
  };
}

function hasChain(row: JsonValue, segments: Path['segments']): boolean {
  let holder: JsonValue | undefined = row;
  for (const { key } of segments) {
    [holder] = step(holder, key);
    if (holder === undefined) return false;
  }
  return true;
}

/** The first key of a chain that no row has; null where one row has the whole chain, or there are no rows. */
function absenceIn(rows: readonly JsonValue[], segments: Path['segments']): Absence | null {
  // Usually one of the first rows has the whole chain.
  if (rows.length === 0 || rows.some((row) => hasChain(row, segments))) return null;
  let holders = rows;
  for (const [index, { key }] of segments.entries()) {
    const next = holders.flatMap((holder) => step(holder, key));
    if (next.length === 0) {
      if (typeof key === 'number' || holders.every((holder) => holder === null)) return null;
      const known = holders.filter(isObject).flatMap((holder) => Object.keys(holder));
      return { index, known: [...new Set(known)] };
    }
    holders = next;
  }
  return null;
}

function absenceError(
  expression: string,
  { kind, segments }: Path,
  { index, known }: Absence,
): QueryError | undefined {
  const segment = segments[index];
  if (segment === undefined || typeof segment.key === 'number') return undefined;
  const chain = segments.slice(0, index + 1);
  const text = chain.map(({ key }) => key).join('.');
  const shown = index === 0 ? shownAs(kind, segment.key) : undefined;
  const candidates = shown === undefined ? nearest(segment.key, known) : [shown];
  const help =
    shown === undefined
      ? keyHelp(text, segment.key, candidates, new Set(known))
      : shownHelp(segment.key, shown);
  const message = `no ${subjectTypes[kind].one} has \`${text}\``;
  return errorAt(expression, 'absent', message, segment, { candidates, help });
}

/** What one key leads to: one value, or none. */
function step(holder: JsonValue, key: string | number): JsonValue[] {
  const value = typeof key === 'number' ? elementAt(holder, key) : memberOf(holder, key);
  return value === undefined ? [] : [value];
}

function elementAt(holder: JsonValue, index: number): JsonValue | undefined {
  return Array.isArray(holder) ? holder[index] : undefined;
}

function memberOf(holder: JsonValue, key: string): JsonValue | undefined {
  return isObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
}

/** True where a guard asks for this path, or for a beginning of it. */
function covers(guard: Path, path: Path): boolean {
  return (
    guard.kind === path.kind &&
    guard.segments.every((segment, index) => path.segments[index]?.key === segment.key)
  );
}

/** A key that no row has, by its index in the chain, and the keys that its holders have instead. */
interface Absence {
  index: number;
  known: string[];
}
