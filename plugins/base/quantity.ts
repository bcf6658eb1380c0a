/**
 * Kubernetes' quantities and Go's durations as exact numbers, and numbers as Go prints them. Sources:
 * `resource.ParseQuantity` of k8s.io/apimachinery, `time.ParseDuration` and `strconv.FormatFloat` of Go.
 */

/** An exact decimal: `digits × 10^-scale`. */
export interface Decimal {
  digits: bigint;
  scale: number;
}

/** Null for what is no quantity. A fraction finer than a nano is rounded away from zero. */
export function parseQuantity(text: string): Decimal | null {
  if (text.length > longest) return null;
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(|[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,3})$/.exec(text);
  if (!found) return null;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = found;
  if (whole === '' && fraction === '') return null;
  const exponent = exponentOf(suffix);
  const plain = BigInt(`${whole}${fraction}`) * (binary.get(suffix) ?? 1n);
  return rounded({ digits: sign === '-' ? -plain : plain, scale: fraction.length - exponent });
}

const longest = 200;
const decimal = new Map(Object.entries({ n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }));
const binary = new Map(
  ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, at) => [suffix, 1024n ** BigInt(at + 1)]),
);

function exponentOf(suffix: string): number {
  return decimal.get(suffix) ?? (/^[eE]./.test(suffix) ? Number(suffix.slice(1)) : 0);
}

/** Of at most nine places. */
function rounded({ digits, scale }: Decimal): Decimal {
  if (scale <= 9) return { digits, scale };
  const unit = 10n ** BigInt(scale - 9);
  const rest = digits % unit;
  const cut = digits / unit;
  return { digits: rest === 0n ? cut : cut + (digits < 0n ? -1n : 1n), scale: 9 };
}

/** Below zero where the first is smaller. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const left = a.digits * 10n ** BigInt(scale - a.scale);
  const right = b.digits * 10n ** BigInt(scale - b.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** As Kubernetes prints it: in the base that it was written in, without a fraction where that is possible. */
export function printQuantity({ digits, scale }: Decimal, isBinary: boolean): string {
  if (digits === 0n) return '0';
  if (isBinary && scale <= 0) {
    let whole = digits * 10n ** BigInt(-scale);
    let at = 0;
    while (at < 6 && whole % 1024n === 0n) {
      whole /= 1024n;
      at += 1;
    }
    return `${whole}${['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'][at] ?? ''}`;
  }
  let [left, exponent] = [digits, -scale];
  while (left % 10n === 0n) {
    left /= 10n;
    exponent += 1;
  }
  const down = ((exponent % 3) + 3) % 3;
  left *= 10n ** BigInt(down);
  exponent -= down;
  const suffix = exponent === 0 ? '' : [...decimal].find(([, power]) => power === exponent)?.[0];
  return `${left}${suffix ?? `e${exponent}`}`;
}

/** A duration in nanoseconds; null for a text that is none. A bare `0` is one, a bare `30` is not. */
export function parseDuration(text: string): bigint | null {
  if (text.length > longest) return null;
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return 0n;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return null;
  let sum = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of rest.matchAll(
    /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g,
  )) {
    const size = units.get(unit) ?? 0n;
    sum += BigInt(whole === '' ? 0 : whole) * size;
    if (fraction !== '') sum += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
  }
  if (sum > largest) return null;
  return sign === '-' ? -sum : sum;
}

const largest = 2n ** 63n - 1n;
const units = new Map([
  ['ns', 1n],
  ['us', 1000n],
  ['µs', 1000n],
  ['μs', 1000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

/** As Go prints a duration: `1h30m0s`, `1.5s`, `0s`. */
export function printDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const part = (value: bigint, unit: bigint): string => {
    const fraction = (value % unit)
      .toString()
      .padStart(unit.toString().length - 1, '0')
      .replace(/0+$/, '');
    return `${value / unit}${fraction === '' || unit === 1n ? '' : `.${fraction}`}`;
  };
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${part(size, 1000n)}µs`;
  if (size < 1_000_000_000n) return `${sign}${part(size, 1_000_000n)}ms`;
  const minute = 60_000_000_000n;
  const [hours, minutes] = [size / (60n * minute), (size / minute) % 60n];
  const before = hours > 0n ? `${hours}h${minutes}m` : minutes > 0n ? `${minutes}m` : '';
  return `${sign}${before}${part(size % minute, 1_000_000_000n)}s`;
}

/** As `%f` and, for whole numbers, `%d` print it. */
export function numberText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(6);
}

/** A number as a pattern's text is held against it: `8080`, `5E-01`. */
export function matchedText(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  return `${digits}E${exponent < 0 ? '-' : '+'}${Math.abs(exponent).toString().padStart(2, '0')}`;
}

/** As Go's `ParseFloat` reads what a person writes; null for what is no number. */
export function parseFloatText(text: string): number | null {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
}
