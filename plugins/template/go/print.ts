/** Values as Go prints them: `%v`, and the verbs of `printf`. Source: package fmt's documentation. */
import { spend } from './budget.ts';
import { type GoValue, isInt, isNil, isStruct, maximumDepth, sortedEntries, typeName } from './values.ts';

/** `%v`. */
export function print(value: GoValue, depth = 0): string {
  spend();
  if (depth > maximumDepth) return '…';
  if (isNil(value)) return '<nil>';
  if (typeof value === 'number') return general(value);
  if (isInt(value)) return value.int.toString();
  if (isStruct(value)) return value.text;
  if (Array.isArray(value)) return `[${value.map((item) => print(item, depth + 1)).join(' ')}]`;
  if (value instanceof Map)
    return `map[${sortedEntries(value)
      .map(([key, inner]) => `${key}:${print(inner, depth + 1)}`)
      .join(' ')}]`;
  return String(value);
}

/** `Sprint`: a space between two operands where neither is a text. */
export function printAll(values: GoValue[]): string {
  let text = '';
  for (const [index, value] of values.entries()) {
    if (index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string') text += ' ';
    text += print(value);
  }
  return text;
}

/** `Sprintf`. Wrong verbs and missing or surplus operands show in the text, as in Go. */
export function printf(format: string, values: GoValue[]): string {
  let next = 0;
  const text = format.replace(
    /%([-+# 0]*)(\d{1,4}|\*)?(?:\.(\d{0,4}|\*))?([\s\S])?/gu,
    (_all, flags: string, wide, exact, verb) => {
      if (verb === undefined) return '%!(NOVERB)';
      if (verb === '%') return '%';
      const size = (given: string | undefined): number | undefined => {
        if (given !== '*') return given === undefined ? undefined : Number(given);
        const value = values[next++] ?? null;
        return isInt(value) ? Math.min(Number(value.int), 1000) : undefined;
      };
      const width = size(wide);
      const precision = size(exact);
      if (next >= values.length) return `%!${verb}(MISSING)`;
      const value = values[next++];
      return pad(verbText(verb, value, flags, precision), width, flags, value);
    },
  );
  if (next >= values.length) return text;
  const extra = values
    .slice(next)
    .map((value) => (isNil(value) ? '<nil>' : `${typeName(value)}=${print(value)}`));
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function pad(text: string, width: number | undefined, flags: string, value: GoValue): string {
  const missing = (width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0')) return ' '.repeat(missing) + text;
  const sign = typeof value !== 'string' && /^[-+]/.test(text) ? (text[0] ?? '') : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function verbText(verb: string, value: GoValue, flags: string, precision: number | undefined): string {
  if (verb === 'T') return typeName(value);
  if (verb === 'v') {
    if (typeof value === 'number' && precision !== undefined) return general(value, precision);
    return sign(flags, value, flags.includes('#') ? literal(value) : print(value));
  }
  if (isNil(value)) return `%!${verb}(<nil>)`;
  if (Array.isArray(value))
    return `[${value.map((item) => verbText(verb, item, flags, precision)).join(' ')}]`;
  if (value instanceof Map) {
    const entries = sortedEntries(value).map(
      ([key, inner]) => `${verbText(verb, key, flags, precision)}:${verbText(verb, inner, flags, precision)}`,
    );
    return `map[${entries.join(' ')}]`;
  }
  const known =
    typeof value === 'string' || isStruct(value)
      ? textVerb(verb, isStruct(value) ? value.text : value, precision)
      : typeof value === 'boolean'
        ? verb === 't'
          ? String(value)
          : undefined
        : isInt(value)
          ? integerVerb(verb, value.int, precision)
          : floatVerb(verb, value, precision);
  return known === undefined ? `%!${verb}(${typeName(value)}=${print(value)})` : sign(flags, value, known);
}

function sign(flags: string, value: GoValue, text: string): string {
  if ((typeof value !== 'number' && !isInt(value)) || text.startsWith('-')) return text;
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
}

function textVerb(verb: string, text: string, precision: number | undefined): string | undefined {
  const cut = precision === undefined ? text : [...text].slice(0, precision).join('');
  if (verb === 's') return cut;
  if (verb === 'q') return quote(cut);
  if (verb === 'x') return Buffer.from(cut).toString('hex');
  if (verb === 'X') return Buffer.from(cut).toString('hex').toUpperCase();
  return undefined;
}

function integerVerb(verb: string, value: bigint, precision: number | undefined): string | undefined {
  const base = { d: 10, b: 2, o: 8, x: 16, X: 16 }[verb];
  if (base !== undefined) {
    const digits = (value < 0n ? -value : value).toString(base).padStart(precision ?? 0, '0');
    return (value < 0n ? '-' : '') + (verb === 'X' ? digits.toUpperCase() : digits);
  }
  const code = value >= 0n && value <= 0x10ffffn ? Number(value) : 0xfffd;
  if (verb === 'c') return String.fromCodePoint(code);
  if (verb === 'q') return `'${String.fromCodePoint(code)}'`;
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  return undefined;
}

function floatVerb(verb: string, value: number, precision: number | undefined): string | undefined {
  if (verb === 'f' || verb === 'F') return value.toFixed(Math.min(precision ?? 6, 100));
  if (verb === 'e' || verb === 'E') {
    const text = exponent(value.toExponential(Math.min(precision ?? 6, 100)));
    return verb === 'E' ? text.toUpperCase() : text;
  }
  if (verb === 'g' || verb === 'G') return general(value, precision);
  return undefined;
}

/**
 * `%g`: the shortest text that reads back the same; an exponent from 1e+06 on, or beyond the digits asked
 * for.
 */
function general(value: number, precision?: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const digits = precision === undefined ? undefined : Math.min(Math.max(precision, 1), 100);
  const scientific = digits === undefined ? value.toExponential() : value.toExponential(digits - 1);
  const [mantissa = '', power = '0'] = scientific.split('e');
  const short = digits === undefined ? mantissa : mantissa.replace(/\.?0+$/, '');
  const limit = digits ?? exponentFrom;
  if (Number(power) < -4 || Number(power) >= limit) return exponent(`${short}e${power}`);
  return digits === undefined ? plain(value) : plain(Number(scientific));
}

/** JavaScript writes small numbers with an exponent earlier than Go. */
function plain(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toFixed(20).replace(/0+$/, '');
}

/** Go writes at least two digits of an exponent. */
function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

/** `%#v` of simple values. */
function literal(value: GoValue): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(literal).join(', ')}}`;
  if (value instanceof Map)
    return `${typeName(value)}{${sortedEntries(value)
      .map(([key, inner]) => `${quote(key)}:${literal(inner)}`)
      .join(', ')}}`;
  return print(value);
}

/** `%q`: a text as a Go literal. */
export function quote(text: string): string {
  let result = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const named = escapes[character];
    if (named !== undefined) result += named;
    else if (code < 0x20 || code === 0x7f) result += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (!/\p{C}|\p{Z}/u.test(character) || character === ' ') result += character;
    else if (code > 0xffff) result += `\\U${code.toString(16).padStart(8, '0')}`;
    else result += `\\u${code.toString(16).padStart(4, '0')}`;
  }
  return `${result}"`;
}

const escapes: Record<string, string | undefined> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};
/** With the shortest digits, Go's `%v` and `%g` take an exponent from a million on. */
const exponentFrom = 6;
