/**
 * JSON patches. Sources: RFC 6902, and github.com/evanphx/json-patch, which Kyverno and Kubernetes apply them
 * with.
 */
import { isObject, type JsonObject, type JsonValue, textAt } from '../../../../base/index.ts';
import { EvaluationError } from '../types.ts';
import { sameJson } from './same-json.ts';

/**
 * The document with the operations applied one after another; it itself is left as it is.
 * @throws EvaluationError in the words of the operation that cannot be applied.
 */
export function applyJsonPatch(
  document: JsonObject,
  operations: readonly JsonValue[],
  options: Options = {},
): JsonObject {
  let root: JsonValue = structuredClone(document);
  for (const operation of operations) root = apply(root, operation, options);
  if (!isObject(root)) throw new EvaluationError('the patch leaves no object');
  return root;
}

function apply(root: JsonValue, operation: JsonValue, options: Options): JsonValue {
  const op = textAt(operation, 'op') ?? '';
  const path = pointer(textAt(operation, 'path'), op);
  const value = (isObject(operation) ? operation.value : undefined) ?? null;
  switch (op) {
    case 'add':
      return put(root, path, structuredClone(value), 'add', options);
    case 'replace':
      if (path.length > 0) valueAt(root, path, op);
      return put(root, path, structuredClone(value), 'replace', options);
    case 'remove':
      return removed(root, path, options);
    case 'test':
      if (!sameJson(found(root, path) ?? null, value))
        throw new TestFailed(`testing value /${path.join('/')} failed`);
      return root;
    case 'copy':
    case 'move': {
      const from = pointer(textAt(operation, 'from'), op);
      const moved = structuredClone(valueAt(root, from, op));
      const rest = op === 'move' ? removed(root, from, options) : root;
      return put(rest, path, moved, 'add', options);
    }
    default:
      throw new EvaluationError(`unexpected kind of operation: ${op}`);
  }
}

/** A `test` that does not hold: of admission policies then nothing is changed. */
export class TestFailed extends EvaluationError {}

function pointer(text: string | undefined, op: string): string[] {
  if (text === undefined || (text !== '' && !text.startsWith('/')))
    throw new EvaluationError(`${op} operation has no path`);
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function found(root: JsonValue, path: readonly string[]): JsonValue | undefined {
  let current: JsonValue | undefined = root;
  for (const key of path) {
    if (Array.isArray(current)) current = current[indexOf(current, key)];
    else if (isObject(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

function valueAt(root: JsonValue, path: readonly string[], op: string): JsonValue {
  const value = found(root, path);
  if (value === undefined) throw missing(op, path);
  return value;
}

function missing(op: string, path: readonly string[]): EvaluationError {
  return new EvaluationError(`${op} operation does not apply: doc is missing path: /${path.join('/')}`);
}

/** Counted from the end where it is below zero. */
function indexOf(list: readonly JsonValue[], key: string): number {
  const index = /^-?\d{1,9}$/.test(key) ? Number(key) : Number.NaN;
  return index < 0 ? list.length + index : index;
}

function put(
  root: JsonValue,
  path: readonly string[],
  value: JsonValue,
  op: string,
  options: Options,
): JsonValue {
  const key = path.at(-1);
  if (key === undefined) return value;
  const parents = path.slice(0, -1);
  const holder =
    op === 'add' && options.makesParents ? withParents(root, parents, key) : found(root, parents);
  if (Array.isArray(holder)) {
    const last = op === 'add' ? holder.length : holder.length - 1;
    // A negative place of an added item is counted from behind the last.
    const index =
      key === '-'
        ? holder.length
        : /^-\d/.test(key) && op === 'add'
          ? holder.length + 1 + Number(key)
          : indexOf(holder, key);
    if (!(index >= 0 && index <= last))
      throw new EvaluationError(`${op} operation does not apply: invalid index ${key}`);
    holder.splice(index, op === 'add' ? 0 : 1, value);
  } else if (isObject(holder)) define(holder, key, value);
  else throw missing(op, path);
  return root;
}

/**
 * What holds the key, after what is missing on the way there has been made: a list where the next key is a
 * number, else a mapping. Undefined where the way leads through something else, or over a longer gap in a
 * list than is filled.
 */
function withParents(root: JsonValue, parents: readonly string[], key: string): JsonValue | undefined {
  let current: JsonValue = root;
  for (const [at, part] of parents.entries()) {
    const next = parents[at + 1] ?? key;
    const made = (): JsonValue => (/^(-|-?\d+)$/.test(next) ? [] : {});
    if (Array.isArray(current)) {
      let index = part === '-' ? current.length : indexOf(current, part);
      if (/^-\d/.test(part) && index < 0) index = 0;
      if (!(index >= 0 && index <= longestGap)) return undefined;
      while (current.length < index) current.push(null);
      const child = current[index] ?? made();
      current[index] = child;
      current = child;
    } else if (isObject(current)) {
      const known = Object.hasOwn(current, part) ? current[part] : null;
      const child = known ?? made();
      if (child !== known) define(current, part, child);
      current = child;
    } else return undefined;
  }
  return current;
}

function removed(root: JsonValue, path: readonly string[], options: Options): JsonValue {
  const key = path.at(-1);
  const holder = found(root, path.slice(0, -1));
  if (key !== undefined && found(root, path) !== undefined) {
    if (Array.isArray(holder)) holder.splice(indexOf(holder, key), 1);
    else if (isObject(holder)) delete holder[key];
    return root;
  }
  if (options.allowsMissing) return root;
  throw missing('remove', path);
}

/** Assigned, `__proto__` would change the object instead of adding to it. */
function define(object: JsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Items that a patch may fill up with nothing before its own. */
const longestGap = 1000;

interface Options {
  /** `add` makes what is missing on the way. */
  makesParents?: boolean;
  /** `remove` of what is not there is no error. */
  allowsMissing?: boolean;
}
