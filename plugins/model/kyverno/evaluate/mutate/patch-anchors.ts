/**
 * Anchors of a strategic merge patch: `(key)` and `<(key)` say where it applies, `+(key)` adds what is not
 * there. Source: `pkg/engine/mutate/patch/strategicPreprocessing.go` of kyverno.
 */
import { asText, isObject, type JsonObject, type JsonValue } from '../../../../base/index.ts';
import { parseAnchor } from '../anchors.ts';
import { matchPattern } from '../pattern.ts';

/** The patch without its anchors as it applies to the object; empty where its conditions do not hold. */
export function preparedPatch(patch: JsonObject, object: JsonObject): JsonObject {
  const pattern = structuredClone(patch);
  try {
    walk(pattern, object);
  } catch (error) {
    if (error instanceof ConditionFailed) return {};
    throw error;
  }
  for (const [key, value] of Object.entries(pattern))
    if (isEmptied(value, isCondition(key))) delete pattern[key];
  return pattern;
}

class ConditionFailed extends Error {
  readonly isGlobal: boolean;
  constructor(isGlobal: boolean) {
    super();
    this.isGlobal = isGlobal;
  }
}

function isCondition(key: string): boolean {
  const type = parseAnchor(key)?.type;
  return type === 'condition' || type === 'global';
}

function isAnchor(key: string): boolean {
  return isCondition(key) || parseAnchor(key)?.type === 'add';
}

function walk(pattern: JsonValue, object: JsonValue | undefined): void {
  if (isObject(pattern)) walkMap(pattern, object);
  else if (Array.isArray(pattern) && isObject(pattern[0])) walkList(pattern, object);
}

function walkMap(pattern: JsonObject, object: JsonValue | undefined): void {
  addMissing(pattern, object);
  for (const type of ['global', 'condition'])
    for (const [key, value] of Object.entries(pattern)) {
      const anchor = parseAnchor(key);
      if (anchor?.type === type && !holds(anchor.key, value, object))
        throw new ConditionFailed(type === 'global');
    }
  for (const [key, value] of Object.entries(pattern))
    if (!isAnchor(key)) walk(value, isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined);
}

/**
 * What is to be added is plain where the object lacks it, and gone where it has it. Gives how many there
 * were.
 */
function addMissing(pattern: JsonValue, object: JsonValue | undefined): number {
  if (!isObject(pattern)) return 0;
  const added = Object.keys(pattern).filter((key) => parseAnchor(key)?.type === 'add');
  for (const key of added) {
    const name = parseAnchor(key)?.key ?? '';
    const value = pattern[key] ?? null;
    delete pattern[key];
    if (!isObject(object) || !Object.hasOwn(object, name)) pattern[name] = value;
  }
  return added.length;
}

function holds(key: string, pattern: JsonValue, object: JsonValue | undefined): boolean {
  if (!isObject(object) || !Object.hasOwn(object, key)) return false;
  const value = object[key] ?? null;
  if (addMissing(pattern, value) > 0) return true;
  return matchPattern(asScalar(value), asScalar(pattern)).status === 'pass';
}

/** Upstream compares single values as texts. */
function asScalar(value: JsonValue): JsonValue {
  return typeof value === 'object' ? value : asText(value);
}

/**
 * Each item with anchors is held to every item of the object; those that it fits get an item of the patch of
 * their own by their name.
 */
function walkList(pattern: JsonValue[], object: JsonValue | undefined): void {
  const items = Array.isArray(object) ? object : [];
  for (const item of [...pattern]) {
    if (!hasAnchors(item, isAnchor)) continue;
    const hasGlobals = hasAnchors(item, (key) => parseAnchor(key)?.type === 'global');
    const copy = structuredClone(item);
    let passed = false;
    let failed: ConditionFailed | undefined;
    for (const one of object === undefined ? [undefined] : items) {
      try {
        walk(copy, one);
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
        if (error.isGlobal) {
          failed = error;
          if (object === undefined) throw error;
        }
        continue;
      }
      if (hasGlobals) passed = true;
      else if (one !== undefined) addNamed(pattern, copy, one);
    }
    if (!passed && failed) throw failed;
  }
}

function addNamed(pattern: JsonValue[], item: JsonValue, one: JsonValue): void {
  const name = isObject(one) ? one.name : undefined;
  if (name === undefined || name === null || name === '') return;
  const made = structuredClone(item);
  if (!isEmptied(made, true) && isObject(made)) pattern.push({ ...made, name });
}

function hasAnchors(pattern: JsonValue, test: (key: string) => boolean): boolean {
  if (Array.isArray(pattern)) return pattern.some((item) => hasAnchors(item, test));
  if (isObject(pattern))
    return Object.entries(pattern).some(([key, value]) => test(key) || hasAnchors(value, test));
  return typeof pattern === 'string' && isCondition(pattern);
}

/**
 * Takes the conditions out of a part of the patch; true where nothing else was in it, so that the part goes
 * too.
 * @param isGone of a single value.
 */
function isEmptied(value: JsonValue, isGone: boolean): boolean {
  if (isObject(value)) return isMapEmptied(value);
  if (Array.isArray(value)) return isListEmptied(value);
  return isGone;
}

function isMapEmptied(map: JsonObject): boolean {
  const conditions = Object.keys(map).filter(isCondition);
  for (const key of conditions) if (isEmptied(map[key] ?? null, true)) delete map[key];
  for (const key of conditions.filter((one) => Object.hasOwn(map, one))) {
    const value = map[key] ?? null;
    delete map[key];
    map[parseAnchor(key)?.key ?? key] = value;
  }
  let isEmpty = true;
  for (const [key, value] of Object.entries(map)) {
    if (isEmptied(value, false)) delete map[key];
    else isEmpty = false;
  }
  return isEmpty;
}

/** Upstream takes items out by the places that they had before others were taken out. */
function isListEmptied(list: JsonValue[]): boolean {
  const before = [...list];
  for (const [at, item] of before.entries())
    if (hasAnchors(item, isAnchor) || isEmptied(item, false)) list.splice(at, 1);
  return list.length === 0 && before.length > 0;
}
