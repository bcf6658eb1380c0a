/** A pattern against an object: maps, lists and their anchors. Source: kyverno `pkg/engine/validate`. */
import {
  compareBytes,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
} from '../../../base/index.ts';
import { type Anchor, hasAnchors, isValidating, parseAnchor } from './anchors.ts';
import { leafMatches } from './leaf.ts';
import { expandMetadata } from './metadata-keys.ts';
import { spend } from './spend.ts';

/**
 * `path` is where it fails, without anchors; null where the fault is none of a place. A failure becomes an
 * error where a `(key)` or `^(key)` was never present.
 */
export function matchPattern(object: JsonValue, pattern: JsonValue): PatternOutcome {
  const run: Run = { present: new Map() };
  const fault = element(object, pattern, [], run);
  if (!fault) return { status: 'pass' };
  if (fault.type === 'skip') return { status: 'skip', message: fault.message };
  if (fault.type !== 'negation' && [...run.present.values()].includes(false))
    return { status: 'error', message: fault.message, path: null };
  if (fault.path === null) return { status: 'error', message: fault.message, path: null };
  return { status: 'fail', message: fault.message, path: fault.path };
}

function element(value: JsonValue | undefined, pattern: JsonValue, path: JsonPath, run: Run): Fault | null {
  spend(1);
  if (isObject(pattern)) {
    if (!isObject(value)) return fail(path, `expected a mapping, found ${nameOf(value)}`);
    noteAnchors(pattern, value, run);
    return map(value, pattern, path, run);
  }
  if (Array.isArray(pattern)) {
    if (!Array.isArray(value)) return fail(path, `expected a list, found ${nameOf(value)}`);
    return list(value, pattern, path, run);
  }
  const values = Array.isArray(value) ? value : [value];
  const odd = values.find((one) => !leafMatches(one, pattern));
  if (values.every((one) => leafMatches(one, pattern))) return null;
  return fail(path, `value '${shown(odd)}' does not match '${shown(pattern)}'`);
}

/** Anchors first, then the other keys; those that hold anchors before the plain ones. */
function map(value: JsonObject, written: JsonObject, path: JsonPath, run: Run): Fault | null {
  const pattern = expandMetadata(written, value);
  const keys = Object.keys(pattern).sort(compareBytes);
  const first = keys.filter((key) => isFirst(parseAnchor(key)));
  const skips: Fault[] = [];
  let applied = 0;
  for (const key of first) {
    const fault = entry(value, key, pattern[key] ?? null, path, run);
    if (fault?.type === 'skip') skips.push(fault);
    else if (fault) {
      if (!skips.some(({ isDirect }) => isDirect)) return fault;
    } else applied += 1;
  }
  if (skips.length > 0 && (applied === 0 || skips.some(({ isDirect }) => isDirect)))
    return skip(skips.map(({ message }) => message).join('; '), false);
  for (const key of inTurn(
    keys.filter((one) => !first.includes(one)),
    pattern,
  )) {
    const fault = entry(value, key, pattern[key] ?? null, path, run);
    if (fault) return fault;
  }
  return null;
}

function isFirst(anchor: Anchor | null): boolean {
  return isValidating(anchor) && anchor?.type !== 'global';
}

function inTurn(keys: string[], pattern: JsonObject): string[] {
  const isEarly = (key: string): boolean =>
    parseAnchor(key)?.type === 'global' || hasAnchors(pattern[key] ?? null);
  return [...keys.filter(isEarly).reverse(), ...keys.filter((key) => !isEarly(key))];
}

function entry(
  value: JsonObject,
  written: string,
  pattern: JsonValue,
  path: JsonPath,
  run: Run,
): Fault | null {
  const anchor = parseAnchor(written);
  const key = anchor && anchor.type !== 'add' ? anchor.key : written;
  const inner = Object.hasOwn(value, key) ? value[key] : undefined;
  const below = [...path, key];
  if (!anchor || anchor.type === 'add') {
    if (pattern !== '*') return element(inner, pattern, below, run);
    return inner === undefined || inner === null ? fail(path, `${key} is not set`) : null;
  }
  if (anchor.type === 'negation')
    return inner === undefined ? null : { ...fail(below, `${key} must not be set`), type: 'negation' };
  if (inner === undefined) return anchor.type === 'condition' ? skip(`${key} is not set`, true) : null;
  if (anchor.type === 'existence') return exists(inner, pattern, below, run);
  const fault = element(inner, pattern, below, run);
  if (!fault || anchor.type === 'equality') return fault;
  return skip(fault.message, true);
}

/** Every map of the pattern must be met by one element at least. */
function exists(value: JsonValue, pattern: JsonValue, path: JsonPath, run: Run): Fault | null {
  if (!Array.isArray(value)) return fail(path, `expected a list, found ${nameOf(value)}`);
  if (!Array.isArray(pattern)) return fail(path, 'the pattern of ^() must be a list');
  for (const wanted of pattern) {
    if (!isObject(wanted)) return fail(path, 'the pattern of ^() must be a list of mappings');
    if (!value.some((one, index) => element(one, wanted, [...path, index], run) === null))
      return fail(path, 'no element matches');
  }
  return null;
}

/** The type of the first element of the pattern decides how the list is held against it. */
function list(values: JsonValue[], pattern: JsonValue[], path: JsonPath, run: Run): Fault | null {
  const [first] = pattern;
  if (first === undefined) return fail(path, 'the pattern is an empty list');
  if (isObject(first)) return maps(values, first, path, run);
  if (!Array.isArray(first)) return element(values, first, path, run);
  if (values.length < pattern.length)
    return {
      ...fail(path, `the list has ${values.length} elements, the pattern ${pattern.length}`),
      path: null,
    };
  for (const [index, wanted] of pattern.entries()) {
    const fault = element(values[index], wanted, [...path, index], run);
    if (fault) return fault;
  }
  return null;
}

function maps(values: JsonValue[], pattern: JsonObject, path: JsonPath, run: Run): Fault | null {
  const skips: Fault[] = [];
  for (const [index, value] of values.entries()) {
    const fault = element(value, pattern, [...path, index], run);
    if (fault?.type === 'skip') skips.push(fault);
    else if (fault) return fault;
  }
  if (skips.length === 0 || skips.length < values.length) return null;
  return skip(skips.map(({ message }) => message).join('; '), false);
}

/** One hit anywhere for the same text of a key is enough. */
function noteAnchors(pattern: JsonObject, value: JsonObject, { present }: Run): void {
  for (const key of Object.keys(pattern)) {
    const anchor = parseAnchor(key);
    if (anchor?.type !== 'condition' && anchor?.type !== 'existence') continue;
    present.set(key, present.get(key) === true || Object.hasOwn(value, anchor.key));
  }
}

function fail(path: JsonPath, message: string): Fault {
  return { type: 'fail', message, path, isDirect: false };
}

function skip(message: string, isDirect: boolean): Fault {
  return { type: 'skip', message, path: null, isDirect };
}

function nameOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'a mapping' : `'${shown(value)}'`;
}

function shown(value: JsonValue | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

export type PatternOutcome =
  | { status: 'pass' }
  | { status: 'skip'; message: string }
  | { status: 'fail'; message: string; path: JsonPath }
  | { status: 'error'; message: string; path: null };

interface Run {
  /** Whether the anchored key was present in some map that the pattern was held against. */
  present: Map<string, boolean>;
}
interface Fault {
  type: 'fail' | 'negation' | 'skip';
  message: string;
  path: JsonPath | null;
  /** A condition that the map itself states does not hold. */
  isDirect: boolean;
}
