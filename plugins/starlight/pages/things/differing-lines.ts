import { isObject, type JsonValue } from '../../../base/index.ts';

/**
 * Of a rendered manifest the lines that are not as written, below the keys and entries that they stand in;
 * null where that would not say all of it: something written is gone, or most of it is not as written.
 * @param changed numbers of lines from 1.
 */
export function differingLines(
  lines: readonly string[],
  changed: ReadonlySet<number>,
  written: JsonValue,
  rendered: JsonValue,
): number[] | null {
  if (changed.size === 0 || !hasAll(written, rendered)) return null;
  const shown = new Set<number>();
  for (const number of changed) {
    shown.add(number);
    // A text of several lines goes on below its key.
    const own = keyIndent(lines[number - 1]);
    for (let next = number + 1; next <= lines.length; next++) {
      const line = lines[next - 1] ?? '';
      if (line.trim() !== '' && indent(line) <= own) break;
      shown.add(next);
    }
    let below = indent(lines[number - 1]);
    for (let above = number - 1; above > 0 && below > 0; above--) {
      const line = lines[above - 1] ?? '';
      if (line.trim() === '' || indent(line) >= below) continue;
      shown.add(above);
      below = indent(line);
    }
  }
  return shown.size > lines.length * mostShown ? null : [...shown].sort((a, b) => a - b);
}

/**
 * Whether what adds to the labels, annotations or other words about a thing says all that is not as written.
 * @param said lines of it.
 * @param shown numbers of the lines that differ, with those that they stand in.
 */
export function saysAll(
  said: readonly string[],
  shown: readonly number[],
  changed: ReadonlySet<number>,
  lines: readonly string[],
): boolean {
  const texts = new Set(said.map((line) => line.trim()));
  const top = shown.filter((number) => indent(lines[number - 1]) === 0);
  return (
    top.every((number) => lines[number - 1] === 'metadata:') &&
    [...changed].every((number) => texts.has(lines[number - 1]?.trim() ?? ''))
  );
}

/** Whether each key and entry of one is in the other, whatever its value. */
function hasAll(written: JsonValue, rendered: JsonValue | undefined): boolean {
  if (Array.isArray(written))
    return (
      Array.isArray(rendered) &&
      written.length <= rendered.length &&
      written.every((one, index) => hasAll(one, rendered[index]))
    );
  if (!isObject(written)) return rendered !== undefined;
  return (
    isObject(rendered) &&
    Object.entries(written).every(([key, value]) => value === null || hasAll(value, rendered[key]))
  );
}

function indent(line = ''): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

/** Where its key begins, behind the dashes of entries. */
function keyIndent(line = ''): number {
  return /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;
}

/** Share of the lines from which on all of them stand there. */
const mostShown = 0.7;
