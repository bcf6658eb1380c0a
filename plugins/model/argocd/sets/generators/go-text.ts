/** Values as Go prints and flattens them. Sources: `fmt` with `%v`, `github.com/jeremywohl/flatten`. */
import { compareText, isObject, type JsonObject, type JsonValue } from '../../../../base/index.ts';

/**
 * `%v`: numbers are float64 and take an exponent from a million on, null is `<nil>`, maps are `map[a:1 b:2]`.
 */
export function goText(value: JsonValue): string {
  if (value === null) return '<nil>';
  if (typeof value === 'number') return goNumber(value);
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isObject(value)) return String(value);
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return `map[${entries.map(([key, inner]) => `${key}:${goText(inner)}`).join(' ')}]`;
}

function goNumber(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  // Where it prints the shortest form, Go takes six digits as the limit, whatever the number of digits is.
  if (power >= -4 && power < 6) return String(value);
  const sign = power < 0 ? '-' : '+';
  return `${digits}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** Dots between keys, indexes as keys, texts as values; empty maps and lists vanish. */
export function flatten(value: JsonObject): JsonObject {
  const flat: JsonObject = {};
  const add = (inner: JsonValue, prefix: string): void => {
    if (!Array.isArray(inner) && !isObject(inner)) {
      Object.defineProperty(flat, prefix, {
        value: goText(inner),
        enumerable: true,
        writable: true,
        configurable: true,
      });
      return;
    }
    for (const [key, item] of Object.entries(inner)) add(item, prefix === '' ? key : `${prefix}.${key}`);
  };
  add(value, '');
  return flat;
}
