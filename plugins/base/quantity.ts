/** Kubernetes' quantities as exact numbers. Source: `resource.ParseQuantity` of k8s.io/apimachinery. */

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
