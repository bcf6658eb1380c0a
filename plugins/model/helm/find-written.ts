/** Where a template writes a path of an object. */
import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { asText, at, type JsonObject, type JsonPath, type JsonValue } from '../../base/index.ts';
import { parseYaml } from '../../source/index.ts';
import type { Skeleton } from './skeleton.ts';
import { isSlot, type Span, slotsIn } from './skeleton-lines.ts';

/** The parts of a template that objects are made of. */
export function partsOf(skeleton: Skeleton): Part[] {
  return parseYaml(skeleton.text).flatMap(({ contents }) => {
    const start = isMap(contents) ? contents.items[0]?.key : undefined;
    const from = (start as Node | undefined)?.range?.[0];
    return isMap(contents) && from !== undefined ? { contents, from } : [];
  });
}

/** True of a part that can give the object: its kind and name are the object's, or what an action makes. */
export function gives(part: Part, object: JsonObject): boolean {
  return [['kind'], ['metadata', 'name']].every((path) => {
    let node: unknown = part.contents;
    for (const step of path) node = isMap(node) ? node.get(step, true) : undefined;
    if (!isScalar(node)) return true;
    const text = String(node.value);
    return slotsIn(text).length > 0 || text === asText(at(object, ...path));
  });
}

/**
 * What may write the path, all branches of the template counted; where nothing does, the key of the nearest
 * mapping or list above it (`above`).
 */
export function findWritten(skeleton: Skeleton, part: Part, object: JsonObject, path: JsonPath): Written[] {
  for (let length = path.length; length > 0; length -= 1) {
    const wanted = path.slice(0, length);
    const found: Written[] = [];
    walk(part.contents, undefined, object, wanted, skeleton, found);
    if (found.length > 0)
      return length === path.length ? found : found.map((one) => ({ ...one, slots: [], above: true }));
  }
  return [];
}

function walk(
  node: unknown,
  key: Node | undefined,
  value: JsonValue | undefined,
  path: JsonPath,
  skeleton: Skeleton,
  found: Written[],
): void {
  const [step, ...rest] = path;
  if (isScalar(node)) {
    const text = String(node.value);
    const slots = slotsIn(text);
    const whole = rangeOf(node);
    if (whole && (step === undefined || (slots.length > 0 && isSlot(text))))
      found.push({ ...whole, slots, rest: path, literal: slots.length === 0 ? text : null, above: false });
    return;
  }
  if (step === undefined) {
    const place = rangeOf(key ?? node);
    if (place) found.push({ ...place, slots: [], rest: [], literal: null, above: false });
    return;
  }
  if (isMap(node)) for (const pair of node.items) walkPair(pair, step, value, path, rest, skeleton, found);
  else if (isSeq(node) && typeof step === 'number') {
    const item = Array.isArray(value) ? value[step] : undefined;
    for (const index of itemsFor(node.items, step, item, skeleton))
      walk(node.items[index], undefined, item, rest, skeleton, found);
  }
}

function walkPair(
  pair: Pair,
  step: string | number,
  value: JsonValue | undefined,
  path: JsonPath,
  rest: JsonPath,
  skeleton: Skeleton,
  found: Written[],
): void {
  const text = isScalar(pair.key) ? String(pair.key.value) : '';
  const slots = slotsIn(text);
  const key = rangeOf(pair.key);
  const isAlone = isSlot(text) && isScalar(pair.value) && pair.value.value === null;
  if (isAlone && key) found.push({ ...key, slots, rest: path, literal: null, above: false });
  else if (text === String(step) || (slots.length > 0 && typeof step === 'string'))
    walk(pair.value ?? pair.key, pair.key as Node, at(value, step), rest, skeleton, found);
}

/** The item of that number where all are always written; else those with the same name, else all. */
function itemsFor(
  items: readonly unknown[],
  step: number,
  value: JsonValue | undefined,
  skeleton: Skeleton,
): number[] {
  const spans = items.map((item) => spanAt(skeleton, rangeOf(item)?.from ?? 0));
  const [first] = spans;
  const isFixed = spans.every((span) => span !== undefined && span.block === first?.block && !span.loop);
  if (isFixed) return step < items.length ? [step] : [];
  const all = [...items.keys()];
  const name = at(value, 'name');
  const named = all.filter((index) => {
    const item = items[index];
    const own = isMap(item) ? item.get('name') : undefined;
    return own !== undefined && String(own) === asText(name);
  });
  return named.length > 0 ? named : all;
}

/** The part of the skeleton that an offset lies in. */
export function spanAt({ spans }: Skeleton, offset: number): Span | undefined {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spans[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return spans[low];
}

function rangeOf(node: unknown): { from: number; to: number } | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range ? { from: range[0], to: range[1] } : undefined;
}

export interface Part {
  contents: unknown;
  /** Where its first key stands in the skeleton. */
  from: number;
}
/** A part of the skeleton, by offsets. */
export interface Written {
  from: number;
  to: number;
  /** Numbers of the actions in it; none where it is written as it is, or is a key. */
  slots: number[];
  /** What is left of the path below what the action makes. */
  rest: JsonPath;
  /** Its text, where no action is in it. */
  literal: string | null;
  /** True where it stands above the path. */
  above: boolean;
}
