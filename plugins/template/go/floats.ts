/** Floating-point numbers as Go writes them. Source: package strconv. */

/** `%v` and `%g`: the fewest digits that read back the same. */
export function shortest(value: number): string {
  return general(value, undefined);
}

/** What a verb makes of a number, before any sign or padding; undefined where it takes no such number. */
export function floatDigits(verb: string, value: number, precision: number | undefined): string | undefined {
  switch (verb) {
    case 'v':
    case 'g':
      return general(value, precision);
    case 'G':
      return general(value, precision).replace('e', 'E');
    case 'f':
    case 'F':
      return special(value) ?? toEven(precision ?? 6, (digits) => value.toFixed(digits));
    case 'e':
    case 'E': {
      const text =
        special(value) ?? exponent(toEven(precision ?? 6, (digits) => value.toExponential(digits)));
      return verb === 'E' ? text.replace('e', 'E') : text;
    }
    default:
      return undefined;
  }
}

/**
 * `#`: a decimal point always, and as many digits as were asked for.
 * @param precision of `%g`, 6 where none is given; nothing is added for other verbs.
 */
export function withPoint(text: string, verb: string, precision: number | undefined): string {
  const [, sign = '', mantissa = '', tail = ''] = /^([+-]?)([\d.]*)(.*)$/.exec(text) ?? [];
  const isGeneral = verb === 'v' || verb === 'g' || verb === 'G';
  const significant = mantissa.replace('.', '').replace(/^0+/, '').length;
  const zero = mantissa === '0' ? 1 : 0;
  const missing = isGeneral ? (precision ?? 6) - significant - zero : 0;
  return `${sign}${mantissa.includes('.') ? mantissa : `${mantissa}.`}${'0'.repeat(Math.max(missing, 0))}${tail}`;
}

/** An exponent from 1e+06 on, or beyond the digits asked for. */
function general(value: number, precision: number | undefined): string {
  const named = special(value);
  if (named !== undefined) return named;
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const digits = precision === undefined ? undefined : Math.min(Math.max(precision, 1), maximumDigits);
  const scientific =
    digits === undefined ? value.toExponential() : toEven(digits - 1, (count) => value.toExponential(count));
  const [mantissa = '', power = '0'] = scientific.split('e');
  const short = digits === undefined ? mantissa : mantissa.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  const limit = digits ?? exponentFrom;
  if (Number(power) < -4 || Number(power) >= limit) return exponent(`${short}e${power}`);
  return digits === undefined ? plain(value) : plain(Number(scientific));
}

/** JavaScript rounds a half up, Go to the even digit. */
function toEven(digits: number, write: (digits: number) => string): string {
  const count = Math.min(digits, maximumDigits);
  const [, whole = '', decimals = '', tail = ''] =
    /^(-?\d+)(?:\.(\d+))?(e.*)?$/.exec(write(maximumDigits)) ?? [];
  const kept = count === 0 ? whole : `${whole}.${decimals.slice(0, count)}`;
  const isHalf = /^50*$/.test(decimals.slice(count)) && /[02468]$/.test(kept);
  return isHalf ? kept + tail : write(count);
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? undefined : value > 0 ? '+Inf' : '-Inf';
}

/** JavaScript writes small numbers with an exponent earlier than Go. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
}

/** Go writes at least two digits of an exponent. */
function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

/** With the shortest digits, Go's `%v` and `%g` take an exponent from a million on. */
const exponentFrom = 6;
/** JavaScript's limit. */
const maximumDigits = 100;
