/** Go's literals. */
import { byName } from '../../base/index.ts';
import { type GoValue, int } from './values.ts';

/** A number as Go's templates read it; null where it is none. */
export function readNumber(text: string): { value: GoValue; fraction: number } | null {
  const digits = text.replaceAll('_', '');
  const found = /^([+-]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]+|0|[1-9]\d*)$/.exec(digits);
  if (found?.[2] !== undefined) {
    const body = /^0[0-7]+$/.test(found[2]) ? `0o${found[2].slice(1)}` : found[2];
    const magnitude = BigInt(body);
    const value = found[1] === '-' ? -magnitude : magnitude;
    if (BigInt.asIntN(64, value) !== value) return null;
    return { value: int(value), fraction: Number(value) };
  }
  if (/^[+-]?\d+$/.test(digits)) return null;
  const fraction = Number(digits);
  if (!Number.isFinite(fraction)) return null;
  // A float literal that is a whole number, such as `1e3`, can stand where an integer is wanted; Go keeps it
  // a float otherwise.
  return { value: fraction, fraction };
}

/** The text of a quoted literal, or null where an escape is wrong. */
export function unquote(literal: string): string | null {
  let bad = false;
  const text = literal
    .slice(1, -1)
    .replace(
      /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|[\s\S])/g,
      (_all, sequence: string) => {
        const simple = escapes[sequence];
        if (simple !== undefined) return simple;
        if (sequence.length === 1) {
          bad = true;
          return '';
        }
        const code = /^[0-7]/.test(sequence)
          ? Number.parseInt(sequence, 8)
          : Number.parseInt(sequence.slice(1), 16);
        if (code > 0x10ffff) bad = true;
        return bad ? '' : String.fromCodePoint(code);
      },
    );
  return bad ? null : text;
}

const escapes: Record<string, string | undefined> = byName({
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
});
