/** `quantity()` and what may be asked of it. Source: `pkg/cel/library/quantity.go` of k8s.io/apiserver. */
import { compareDecimals, type Decimal, parseQuantity } from '../../../base/index.ts';
import { type Library, refused, registerAll } from './library.ts';

class Quantity {
  readonly value: Decimal;
  constructor(value: Decimal) {
    this.value = value;
  }
}

export const quantityLibrary: Library = (environment) => {
  environment.registerType('kubernetes.Quantity', Quantity);
  const type = 'kubernetes.Quantity';
  const compare = (a: Quantity, b: Quantity) => compareDecimals(a.value, b.value);
  environment.registerOperator(`${type} == ${type}`, (a: Quantity, b: Quantity) => compare(a, b) === 0);
  registerAll(environment, {
    [`quantity(string): ${type}`]: quantity,
    'isQuantity(string): bool': (text: string) => parseQuantity(text) !== null,
    [`${type}.sign(): int`]: ({ value }: Quantity) => BigInt(Math.sign(Number(value.digits))),
    [`${type}.isInteger(): bool`]: ({ value }: Quantity) => integerOf(value) !== null,
    [`${type}.asInteger(): int`]: ({ value }: Quantity) => {
      const whole = integerOf(value);
      if (whole === null) throw refused('cannot convert value to integer');
      return whole;
    },
    [`${type}.asApproximateFloat(): double`]: ({ value }: Quantity) =>
      Number(`${value.digits}e${-value.scale}`),
    [`${type}.add(${type}): ${type}`]: (a: Quantity, b: Quantity) => sum(a.value, b.value),
    [`${type}.add(int): ${type}`]: (a: Quantity, b: bigint) => sum(a.value, { digits: b, scale: 0 }),
    [`${type}.sub(${type}): ${type}`]: (a: Quantity, b: Quantity) =>
      sum(a.value, { digits: -b.value.digits, scale: b.value.scale }),
    [`${type}.sub(int): ${type}`]: (a: Quantity, b: bigint) => sum(a.value, { digits: -b, scale: 0 }),
    [`${type}.isLessThan(${type}): bool`]: (a: Quantity, b: Quantity) => compare(a, b) < 0,
    [`${type}.isGreaterThan(${type}): bool`]: (a: Quantity, b: Quantity) => compare(a, b) > 0,
    [`${type}.compareTo(${type}): int`]: (a: Quantity, b: Quantity) => BigInt(compare(a, b)),
  });
};

function quantity(text: string): Quantity {
  const value = parseQuantity(text);
  if (value === null)
    throw refused(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  return new Quantity(value);
}

function sum(a: Decimal, b: Decimal): Quantity {
  const scale = Math.max(a.scale, b.scale);
  const shifted = ({ digits, scale: own }: Decimal) => digits * 10n ** BigInt(scale - own);
  return new Quantity({ digits: shifted(a) + shifted(b), scale });
}

/** Null where it has a fraction or does not fit into 64 bits. */
function integerOf({ digits, scale }: Decimal): bigint | null {
  const unit = 10n ** BigInt(Math.abs(scale));
  if (scale > 0 && digits % unit !== 0n) return null;
  const whole = scale > 0 ? digits / unit : digits * unit;
  return BigInt.asIntN(64, whole) === whole ? whole : null;
}
