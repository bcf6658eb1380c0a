/**
 * YAML as sigs.k8s.io/yaml writes it: keys in natural order, lists not indented under their key, quotes only
 * where needed, lines folded at a blank beyond column 80, no newline at the end. Source: go-yaml v2
 * (`sorter.go`, `emitterc.go`).
 */
import { isObject, type JsonObject, type JsonValue } from '../base/index.ts';
import { UnknownValueError } from './go/errors.ts';
import { shortest } from './go/floats.ts';
import { compareKeys } from './yaml-keys.ts';
import { isSimpleKey, type ScalarPlace, writeScalar } from './yaml-scalar.ts';

/** @throws Error where Argo CD cannot write it, UnknownValueError where it is not known what it makes. */
export function writeYaml(value: JsonValue): string {
  const json = JSON.stringify(value);
  if (/[\u007f\ufffe\uffff]/.test(json))
    throw new Error('error converting JSON to YAML: yaml: control characters are not allowed');
  if (/[\u0085\u2028\u2029]/.test(json))
    throw new UnknownValueError(
      'the template writes a line separator of Unicode as YAML, which is not evaluated',
    );
  const text = isCollection(value) ? collection(value, 0) : scalar(value, { indent: 0, column: 0 });
  return text.replace(/\n$/, '');
}

/** A mapping or list that is not empty, the first line without its indent. */
function collection(value: Collection, indent: number): string {
  const space = ' '.repeat(indent);
  const lines = Array.isArray(value)
    ? value.map((item) => `- ${after(item, indent + 2, { indent, column: indent + 2 })}`)
    : Object.keys(value)
        .sort(compareKeys)
        .map((key) => member(key, value[key] ?? null, indent));
  return lines.join(space);
}

function member(key: string, value: JsonValue, indent: number): string {
  if (!isSimpleKey(key)) {
    const name = writeScalar(key, { indent, column: indent + 2 }).replace(/\n$/, '');
    return `? ${name}\n${' '.repeat(indent)}: ${after(value, indent + 2, { indent, column: indent + 2 })}`;
  }
  const name = writeScalar(key, { indent, column: indent, isKey: true });
  if (!isCollection(value)) return `${name}: ${scalar(value, { indent, column: indent + name.length + 2 })}`;
  // A list keeps the indent of its key, a mapping gains two.
  const inner = Array.isArray(value) ? indent : indent + 2;
  return `${name}:\n${' '.repeat(inner)}${collection(value, inner)}`;
}

/** What follows a dash: the first line of a collection stands beside it. */
function after(value: JsonValue, inner: number, place: ScalarPlace): string {
  return isCollection(value) ? collection(value, inner) : scalar(value, place);
}

/** With the newline that ends it. */
function scalar(value: JsonValue, place: ScalarPlace): string {
  const text =
    typeof value === 'string'
      ? writeScalar(value, place)
      : typeof value === 'number'
        ? number(value)
        : JSON.stringify(value);
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** Whole numbers that 64 bits hold have no exponent. */
function number(value: number): string {
  const isWhole = Number.isInteger(value) && value < 2 ** 64 && value >= -(2 ** 63);
  return isWhole ? String(value) : shortest(value);
}

function isCollection(value: JsonValue): value is Collection {
  return Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

type Collection = JsonValue[] | JsonObject;
