/** What each verb of `printf` makes of a value. Source: package fmt (`printArg`, `format.go`). */
import { spend } from './budget.ts';
import { UnknownValueError } from './errors.ts';
import { floatDigits, withPoint } from './floats.ts';
import { canBackquote, isPrintable, quote, quoteRune } from './quote.ts';
import { type GoMap, type GoValue, isInt, isNil, maximumDepth, sortedEntries, typeName } from './values.ts';

/** Width, precision and flags hold for each member of a list or mapping alone. */
export function formatValue(verb: string, value: GoValue, flags: Flags, depth = 0): string {
  spend();
  if (depth > maximumDepth) return '…';
  if (verb === 'T' && depth === 0) return pad(typeName(value), flags);
  // Inside of a list a nil has no verb.
  if (isNil(value) && depth > 0) return isSyntax(verb, flags) ? 'interface {}(nil)' : '<nil>';
  if (isNil(value)) return verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
  const made = Array.isArray(value)
    ? ofList(verb, value, flags, depth)
    : value instanceof Map
      ? ofMap(verb, value, flags, depth)
      : ofScalar(verb, value, flags);
  return made ?? `%!${verb}(${typeName(value)}=${formatValue('v', value, flags, depth)})`;
}

function ofList(verb: string, items: readonly GoValue[], flags: Flags, depth: number): string {
  refuseAddress(verb);
  const each = items.map((item) => formatValue(verb, item, flags, depth + 1));
  return isSyntax(verb, flags) ? `[]interface {}{${each.join(', ')}}` : `[${each.join(' ')}]`;
}

function ofMap(verb: string, map: GoMap, flags: Flags, depth: number): string {
  refuseAddress(verb);
  const each = sortedEntries(map).map(([key, value]) =>
    [key, value].map((one) => formatValue(verb, one, flags, depth + 1)).join(':'),
  );
  return isSyntax(verb, flags) ? `${typeName(map)}{${each.join(', ')}}` : `map[${each.join(' ')}]`;
}

function ofScalar(
  verb: string,
  value: Exclude<GoValue, GoValue[] | GoMap>,
  flags: Flags,
): string | undefined {
  if (typeof value === 'boolean') return /[tv]/.test(verb) ? pad(String(value), flags) : undefined;
  if (typeof value === 'number') return ofFloat(verb, value, flags);
  if (typeof value === 'string') return ofText(verb, value, flags);
  if (isNil(value)) return undefined;
  return isInt(value) ? ofInteger(verb, value.int, flags) : ofText(verb, value.text, flags);
}

function ofText(verb: string, text: string, flags: Flags): string | undefined {
  const { precision } = flags;
  if (verb === 'x' || verb === 'X') {
    const bytes = [...Buffer.from(text).subarray(0, precision)];
    const prefix = has(flags, '#') ? `0${verb}` : '';
    const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
    const joint = has(flags, ' ') ? ` ${prefix}` : '';
    const made = digits.length === 0 ? '' : prefix + cased(digits, verb).join(joint);
    return pad(made, flags);
  }
  if (verb !== 's' && verb !== 'v' && verb !== 'q') return undefined;
  const cut = precision === undefined ? text : [...text].slice(0, precision).join('');
  if (verb === 's' || (verb === 'v' && !has(flags, '#'))) return pad(cut, flags);
  if (verb === 'q' && has(flags, '#') && canBackquote(cut)) return pad(`\`${cut}\``, flags);
  return pad(quote(cut, verb === 'q' && has(flags, '+')), flags);
}

function ofInteger(verb: string, value: bigint, flags: Flags): string | undefined {
  const base = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }[verb];
  if (base !== undefined) return pad(digitsOf(value, base, verb, flags), { ...flags, flags: spaces(flags) });
  const code = value >= 0n && value <= 0x10ffffn ? Number(value) : 0xfffd;
  const character = String.fromCodePoint(code);
  if (verb === 'c') return pad(character, flags);
  if (verb === 'q') return pad(quoteRune(character, has(flags, '+')), flags);
  if (verb !== 'U') return undefined;
  const digits = value
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0');
  const shown = has(flags, '#') && isPrintable(character) ? ` '${character}'` : '';
  return pad(`U+${digits}${shown}`, { ...flags, flags: spaces(flags) });
}

function digitsOf(value: bigint, base: number, verb: string, flags: Flags): string {
  const { precision, width } = flags;
  if (precision === 0 && value === 0n) return '';
  const sign = value < 0n ? '-' : signOf(verb, flags);
  const least = precision ?? (has(flags, '0') && !has(flags, '-') ? (width ?? 0) - (sign === '' ? 0 : 1) : 0);
  const digits = (value < 0n ? -value : value).toString(base).padStart(Math.max(least, 0), '0');
  const sharp = has(flags, '#') && verb !== 'v';
  const prefix =
    verb === 'O'
      ? '0o'
      : !sharp
        ? ''
        : base === 8 && digits.startsWith('0')
          ? ''
          : ({ 2: '0b', 8: '0', 16: `0${verb}` }[base] ?? '');
  return sign + prefix + (verb === 'X' ? digits.toUpperCase() : digits);
}

function ofFloat(verb: string, value: number, flags: Flags): string | undefined {
  if (verb === 'x' || verb === 'X' || verb === 'b')
    throw new UnknownValueError(`the template prints a number by \`%${verb}\`, which is not evaluated`);
  const plain = floatDigits(verb, value, flags.precision);
  if (plain === undefined) return undefined;
  if (!Number.isFinite(value)) return pad(plain, { ...flags, flags: spaces(flags) });
  const text = has(flags, '#') && verb !== 'v' ? withPoint(plain, verb, flags.precision) : plain;
  const sign = text.startsWith('-') ? '-' : signOf(verb, flags);
  const digits = text.replace(/^-/, '');
  const zeros = has(flags, '0') && !has(flags, '-') ? (flags.width ?? 0) - sign.length - digits.length : 0;
  return pad(sign + '0'.repeat(Math.max(zeros, 0)) + digits, { ...flags, flags: spaces(flags) });
}

function pad(text: string, { flags, width = 0 }: Flags): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  return (flags.includes('0') ? '0' : ' ').repeat(missing) + text;
}

/** `%#v`. */
const isSyntax = (verb: string, flags: Flags): boolean => verb === 'v' && has(flags, '#');
const has = ({ flags }: Flags, flag: string): boolean => flags.includes(flag);
const signOf = (verb: string, flags: Flags): string =>
  has(flags, '+') && verb !== 'v' ? '+' : has(flags, ' ') ? ' ' : '';
/** The flags without the one that pads with zeros. */
const spaces = ({ flags }: Flags): string => flags.replaceAll('0', '');
const cased = (digits: string[], verb: string): string[] =>
  verb === 'X' ? digits.map((digit) => digit.toUpperCase()) : digits;

function refuseAddress(verb: string): void {
  if (verb === 'p') throw new UnknownValueError('the template prints an address by `%p`');
}

export interface Flags {
  /** Of `+`, `-`, `#`, blank and `0`. */
  flags: string;
  width: number | undefined;
  precision: number | undefined;
}
