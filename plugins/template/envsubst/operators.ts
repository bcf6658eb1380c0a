/** What each operator makes of a value. Source: `fluxcd/pkg/envsubst` (`funcs.go`); lengths count bytes. */
import { type GlobPart, globTest } from '../../base/index.ts';
import { EnvsubstError } from './parse.ts';

/** The value after an operator, its words worked out. An operator that is not known gives the default. */
export function applyOperator(operator: string, value: string, words: readonly string[]): string {
  const [first = '', second = ''] = words;
  switch (operator) {
    case '':
      return value;
    case ',':
      return value.replace(/^./su, (char) => char.toLowerCase());
    case '^':
      return value.replace(/^./su, (char) => char.toUpperCase());
    case ',,':
      return value.toLowerCase();
    case '^^':
      return value.toUpperCase();
    case '#':
      return words.length === 0 ? String(Buffer.byteLength(value)) : withoutStart(value, first, 'shortest');
    case '##':
      return withoutStart(value, first, 'longest');
    case '%':
      return reversed(withoutStart(reversed(value), reversed(first), 'shortest'));
    case '%%':
      return reversed(withoutStart(reversed(value), reversed(first), 'longest'));
    case ':':
      return substring(value, words);
    case '/':
      return value.replace(first, () => second);
    case '//':
      return value.replaceAll(first, () => second);
    case '/#':
      return words.length === 2 && value.startsWith(first) ? second + value.slice(first.length) : value;
    case '/%':
      return words.length === 2 && value.endsWith(first)
        ? value.slice(0, value.length - first.length) + second
        : value;
    default:
      return value === '' ? words.join('') : value;
  }
}

function substring(value: string, [from = '', count]: readonly string[]): string {
  const bytes = Buffer.from(value);
  const start = integer(from);
  if (start === null) return value;
  const position = start < 0 ? Math.max(0, bytes.length + start) : start;
  if (count === undefined) return bytes.subarray(position).toString();
  const length = integer(count);
  if (length === null) return value;
  if (position + length >= bytes.length) return bytes.subarray(position).toString();
  // Go's slice would end before it begins: the controller panics.
  if (length < 0) throw new EnvsubstError(`slice bounds out of range [${position}:${position + length}]`);
  return bytes.subarray(position, position + length).toString();
}

/** As Go's `Atoi` reads it. */
function integer(text: string): number | null {
  return /^[+-]?\d+$/.test(text) ? Number(text) : null;
}

/** Without the start that the glob matches; one that is no glob, or matches nothing, changes nothing. */
function withoutStart(value: string, glob: string, which: 'shortest' | 'longest'): string {
  const parts = globParts(glob);
  if (parts === null) return value;
  const test = globTest(parts);
  const ends = Array.from({ length: value.length }, (_, index) => index + 1);
  const end = (which === 'shortest' ? ends : ends.reverse()).find((one) => test(value.slice(0, one)));
  return end === undefined ? value : value.slice(end);
}

/** `*` reaches over slashes too; null where Go calls the pattern bad. */
function globParts(glob: string): GlobPart[] | null {
  const parts: GlobPart[] = [];
  const pattern = /\\(.)|\[(\^?)((?:\\.|[^\]\\])(?:\\.|[^\]\\])*)\]|([*?])|([^\\[])/suy;
  while (pattern.lastIndex < glob.length) {
    const found = pattern.exec(glob);
    if (found === null) return null;
    const [, escaped, not, inside, wild, plain] = found;
    if (inside !== undefined) {
      const ranges = rangesIn(inside);
      if (ranges === null) return null;
      parts.push({ type: 'class', not: not === '^', ranges, except: [] });
    } else if (wild === '*') parts.push({ type: 'run', except: [] });
    else if (wild === '?') parts.push({ type: 'one', except: [] });
    else parts.push({ type: 'char', char: escaped ?? plain ?? '' });
  }
  return parts;
}

function rangesIn(inside: string): [string, string][] | null {
  const ranges: [string, string][] = [];
  const pattern = /(?:\\(.)|([^\\-]))(?:-(?:\\(.)|([^\\-])))?/suy;
  while (pattern.lastIndex < inside.length) {
    const found = pattern.exec(inside);
    if (found === null) return null;
    const low = found[1] ?? found[2] ?? '';
    ranges.push([low, found[3] ?? found[4] ?? low]);
  }
  return ranges;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
