import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
} from 'yaml';
import { isObject, type JsonObject, type JsonValue, plainScalar } from '../../base/index.ts';

/**
 * A YAML node as JSON, the way Kubernetes' own tools read it: plain scalars by YAML 1.1 (see `plainScalar`;
 * what kustomize keeps as text it quotes in its output); `<<` merges; the last of two equal keys wins, except
 * that two mappings are merged as kustomize does. What cannot be JSON is said in `faults`. Expansion by
 * aliases and depth are bounded, so a small file cannot become a large value.
 * @param hidden nodes whose value is replaced: the values of Secrets.
 */
export function toJson(contents: unknown, hidden: ReadonlyMap<unknown, string> = new Map()): Converted {
  const state: State = { anchors: new Map(), hidden, faults: [], size: 0, isInKey: false };
  try {
    return { value: convert(contents, state, 0), faults: state.faults };
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return {
      value: null,
      faults: [...state.faults, { message: error.message, offset: error.offset, fatal: true }],
    };
  }
}

function convert(node: unknown, state: State, depth: number): JsonValue {
  if (depth > maxDepth) throw new TooMuch(`is nested deeper than ${maxDepth} levels`, offsetOf(node));
  if (isAlias(node)) return expand(node, state);
  const before = state.size;
  state.size += 1;
  if (state.size > maxSize)
    throw new TooMuch('grows too large when its aliases are expanded', offsetOf(node));
  const replacement = state.hidden.get(node);
  const value =
    replacement !== undefined
      ? replacement
      : isMap(node)
        ? convertMap(node, state, depth)
        : isSeq(node)
          ? node.items.map((item) => convert(item, state, depth + 1))
          : isScalar(node)
            ? scalarOf(node)
            : null;
  const anchor = (node as Node | null)?.anchor;
  if (anchor !== undefined) state.anchors.set(anchor, { value, size: state.size - before });
  return value;
}

function expand(alias: Alias, state: State): JsonValue {
  const anchored = state.anchors.get(alias.source);
  if (anchored === undefined) {
    state.faults.push({
      message: 'an alias has no anchor before it',
      offset: offsetOf(alias),
    });
    return null;
  }
  state.size += anchored.size;
  if (state.size > maxSize)
    throw new TooMuch('grows too large when its aliases are expanded', offsetOf(alias));
  return anchored.value;
}

function convertMap(map: YAMLMap, state: State, depth: number): JsonObject {
  const result: JsonObject = {};
  const seen = new Set<string>();
  const united = new Set<JsonValue>();
  for (const pair of map.items) {
    if (!isPair(pair)) continue;
    if (isMergeKey(pair)) {
      merge(result, convert(pair.value, state, depth + 1), seen);
      continue;
    }
    const key = keyOf(pair, state);
    const value = convert(pair.value, state, depth + 1);
    const previous = result[key];
    if (!seen.has(key)) put(result, key, value);
    else {
      if (isObject(previous) && isObject(value)) {
        // One that an anchor names stays as it is; a copy for each of many equal keys would have no end.
        const both = united.has(previous) ? previous : { ...previous };
        for (const [inner, one] of Object.entries(value)) put(both, inner, one);
        united.add(both);
        put(result, key, both);
      } else put(result, key, value);
      state.faults.push({
        message: `the key \`${clip(key)}\` is given twice`,
        offset: offsetOf(pair.key),
        key,
      });
    }
    seen.add(key);
  }
  return result;
}

/** Keys that the mapping states itself win over merged ones, wherever the `<<` stands. */
function merge(result: JsonObject, merged: JsonValue, seen: Set<string>): void {
  for (const source of Array.isArray(merged) ? merged : [merged]) {
    if (!isObject(source)) continue;
    for (const [key, value] of Object.entries(source))
      if (!seen.has(key) && !Object.hasOwn(result, key)) put(result, key, value);
  }
}

export function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.type === Scalar.PLAIN && pair.key.source === '<<';
}

/**
 * A key as it is written, and as Kubernetes' tools read it: `on` is the key `true` to them, not to kustomize.
 */
export function keysOf(key: unknown): string[] {
  return [...new Set([keyText(key), readKey(key)])].filter((text) => text !== undefined);
}

/** A key as Kubernetes' tools read it; undefined where it is a mapping or list. */
function readKey(key: unknown): string | undefined {
  const text = keyText(key);
  if (text === undefined || !isScalar(key) || key.type !== Scalar.PLAIN || key.tag !== undefined) return text;
  const value = plainScalar(text);
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : text;
}

/** A key as it is written; undefined where it is a mapping or list. */
function keyText(key: unknown): string | undefined {
  if (key === null || key === undefined) return '';
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value ?? ''));
}

function keyOf(pair: Pair, state: State): string {
  const text = readKey(pair.key);
  if (text !== undefined) return text;
  if (isAlias(pair.key)) {
    const value = expand(pair.key, state);
    if (!isObject(value) && !Array.isArray(value)) return String(value);
  }
  const template = isMap(pair.key);
  state.faults.push({ message: 'a mapping or list is used as a key', offset: offsetOf(pair.key), template });
  // Written out within others that are keys, it would grow at each depth.
  if (state.isInKey || isAlias(pair.key)) return template ? '{}' : '[]';
  state.isInKey = true;
  const value = convert(pair.key, state, 0);
  state.isInKey = false;
  return JSON.stringify(value);
}

function scalarOf(scalar: Scalar): JsonValue {
  const { value, source, type, tag } = scalar;
  if (typeof value === 'string' && (type !== Scalar.PLAIN || tag !== undefined)) return value;
  // `!!str 12` is text, and the parser has made it one; without a tag what is written decides.
  if (type === Scalar.PLAIN && tag === undefined) return plainScalar(source ?? String(value ?? ''));
  if (value === null || typeof value === 'boolean') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : (source ?? '');
}

function put(target: JsonObject, key: string, value: JsonValue): void {
  // An assignment to `__proto__` would change the object's prototype instead of adding a key.
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

function offsetOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

class TooMuch extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const maxDepth = 200;
const maxSize = 1_000_000;

interface State {
  anchors: Map<string, { value: JsonValue; size: number }>;
  hidden: ReadonlyMap<unknown, string>;
  faults: ConversionFault[];
  size: number;
  /** Whether what is converted stands in a key. */
  isInKey: boolean;
}

export interface ConversionFault {
  /** What is wrong, as the rest of a sentence about the document. */
  message: string;
  offset: number;
  /** The document has no value at all. */
  fatal?: boolean;
  /** A key that is given twice. */
  key?: string;
  /** `{{ .x }}` without quotes reads as a mapping that is a key. */
  template?: boolean;
}

export interface Converted {
  value: JsonValue;
  faults: ConversionFault[];
}
