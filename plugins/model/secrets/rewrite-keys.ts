/**
 * Names of keys: `rewrite`, conversion and its reverse, and the check that comes last. Source:
 * `runtime/esutils/utils.go`.
 */
import {
  asText,
  at,
  compareBytes,
  compileRe2,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  PatternError,
  replaceMatches,
  stableStringify,
  takeSteps,
  textAt,
  textsAt,
} from '../../base/index.ts';
import { renderText } from '../../template/index.ts';

/** Each operation in its order. @throws KeysFault; UnknownKeys where it hangs on what is not known. */
export function rewriteKeys(operations: readonly JsonValue[], data: SecretData): SecretData {
  let known = data;
  for (const operation of operations) {
    const merge = at(operation, 'merge');
    if (isObject(merge)) {
      known = mergeValues(merge, known);
      continue;
    }
    const rename = renameBy(operation);
    const result: SecretData = new Map();
    for (const [key, value] of known) result.set(rename(key), value);
    known = result;
  }
  return known;
}

/** What an operation makes of one key. @throws KeysFault; UnknownKeys */
export function renameBy(operation: JsonValue): (key: string) => string {
  const regexp = at(operation, 'regexp');
  if (isObject(regexp)) {
    const pattern = patternOf(textAt(regexp, 'source') ?? '');
    return (key) => {
      if (!takeSteps((pattern.size * key.length) / 16)) throw new UnknownKeys();
      const made = replaceMatches(pattern, key, textAt(regexp, 'target') ?? '');
      if (made === null) throw new UnknownKeys();
      return made;
    };
  }
  const template = textAt(operation, 'transform', 'template');
  if (template === undefined) return (key) => key;
  return (key) => {
    // A function that External Secrets adds to sprig is not known there.
    const made = renderText(template, { value: key }, { goTemplate: true, stringMaps: [''] });
    if (!made.ok) throw new UnknownKeys();
    return made.value;
  };
}

/** @throws KeysFault `regexp` where RE2 refuses it; UnknownKeys where it is larger than what is tried. */
export function patternOf(source: string): ReturnType<typeof compileRe2> {
  try {
    return compileRe2(source);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw error.isUnsupported ? new UnknownKeys() : new KeysFault('regexp');
  }
}

/** RewriteMerge: values are JSON objects, and `priority` comes last, so that it wins. */
function mergeValues(operation: JsonObject, data: SecretData): SecretData {
  const priority = textsAt(operation, 'priority');
  const rest = [...data.keys()].filter((key) => !priority.includes(key)).sort(compareBytes);
  const merged = new Map<string, JsonValue>();
  let conflicts = false;
  for (const key of [...rest, ...priority]) {
    const value = data.get(key);
    if (value === undefined) {
      if (textAt(operation, 'priorityPolicy') === 'IgnoreNotFound') continue;
      throw new KeysFault('priority');
    }
    for (const [name, inner] of Object.entries(jsonObject(value))) {
      conflicts ||= merged.has(name);
      merged.set(name, inner);
    }
  }
  if (conflicts && textAt(operation, 'conflictPolicy') !== 'Ignore') throw new KeysFault('conflict');
  if (textAt(operation, 'strategy') !== 'JSON')
    return new Map([...merged].map(([key, value]) => [key, bytesOf(value)]));
  const into = textAt(operation, 'into') ?? '';
  if (into === '') throw new KeysFault('into');
  return new Map([...data, [into, stableStringify(Object.fromEntries(merged))]]);
}

/** @throws UnknownKeys where the value is not known; KeysFault `json` where it is no JSON object. */
export function jsonObject(value: string | null): JsonObject {
  if (value === null) throw new UnknownKeys();
  try {
    const parsed = JSON.parse(value) as JsonValue;
    if (parsed === null) return {};
    if (isObject(parsed)) return parsed;
  } catch {
    // Told below.
  }
  throw new KeysFault('json');
}

/** GetByteValue: texts as they are, nothing for null, the rest as JSON. */
function bytesOf(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? stableStringify(value) : asText(value);
}

/** ConvertKeys: what a Secret's key cannot hold. A strategy that is not known leaves it. */
export function convertKeys(strategy: string, data: SecretData): SecretData {
  return renamed(data, (key) =>
    key.replace(/[^\p{L}\p{N}._-]/gu, (letter) => {
      if (strategy === 'Default' || strategy === '') return '_';
      if (strategy !== 'Unicode') return letter;
      return `_U${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}_`;
    }),
  );
}

/** ReverseKey of a PushSecret. */
export function reverseKey(strategy: string, key: string): string {
  if (strategy !== 'ReverseUnicode') return key;
  return key.replace(/_U([0-9a-fA-F]{4,5})_/g, (_, code: string) => {
    const point = Number.parseInt(code, 16);
    // Go writes the replacement character for half of a pair.
    return point >= 0xd800 && point <= 0xdfff ? '�' : String.fromCodePoint(point);
  });
}

/** Two keys that become one fail. @throws KeysFault `collision` */
export function renamed(data: SecretData, rename: (key: string) => string): SecretData {
  const result: SecretData = new Map();
  for (const [key, value] of data) {
    const name = rename(key);
    if (result.has(name)) throw new KeysFault('collision');
    result.set(name, value);
  }
  return result;
}

/** ValidateKeys; an empty key is dropped without a word. @throws KeysFault `invalid-key` */
export function checkedKeys(data: SecretData): SecretData {
  const kept = new Map([...data].filter(([key]) => key !== ''));
  for (const key of kept.keys())
    if (Buffer.byteLength(key) > 253 || !/^[\p{L}\p{N}._-]+$/u.test(key)) throw new KeysFault('invalid-key');
  return kept;
}

/** True where every operation is sound whatever it is given. @throws KeysFault `regexp` or `into` */
export function intoOfUnknown(operations: readonly JsonValue[]): string | null {
  for (const operation of operations) {
    const source = textAt(operation, 'regexp', 'source');
    if (source !== undefined) patternOf(source);
  }
  const last = objectAt(operations.at(-1), 'merge');
  if (textAt(last, 'strategy') !== 'JSON') return null;
  const into = textAt(last, 'into') ?? '';
  if (into === '') throw new KeysFault('into');
  return into;
}

/** A rewrite as a whole, as a `dataFrom` entry does it: then conversion where none is written. */
export function rewritten(entry: JsonObject, strategy: string | null, data: SecretData): SecretData {
  const operations = listAt(entry, 'rewrite');
  const made = rewriteKeys(operations, data);
  return checkedKeys(operations.length === 0 && strategy !== null ? convertKeys(strategy, made) : made);
}

/** Why the controller refuses it, in one word. */
export class KeysFault extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** It hangs on values, which are not known. */
export class UnknownKeys extends Error {}

/** Keys with their values; null where a value is not known. */
export type SecretData = Map<string, string | null>;
