import { isObject, type JsonObject, type JsonValue, textAt } from '../../base/index.ts';
import { type Variant, withStandIns } from './functions.ts';

/**
 * Renders what answers otherwise each time twice more, with two stand-ins for each such call, and keeps what
 * both have in common: so one render of the clock or of chance is as good as any other. Where what is made of
 * the stand-ins is refused, the same is rendered twice as it is.
 * @param original a render of what is written.
 * @param render null where the engine refuses it.
 */
export async function settleRenders<T extends Rendered>(
  original: readonly T[],
  render: (variant: Variant | null) => Promise<readonly T[] | null>,
): Promise<Settled<T>> {
  const first = await render(0);
  const second = first && (await render(1));
  return second === null || first === null
    ? settleObjects([original, (await render(null)) ?? []], null)
    : settleObjects([first, second], original);
}

/**
 * What two renders of the same have in common: each value that differs is a marker in its place, and said.
 * @param original of what is written; for the text of templates that is only handed on.
 */
function settleObjects<T extends Rendered>(
  [first, second]: readonly [readonly T[], readonly T[]],
  original: readonly T[] | null,
): Settled<T> {
  const pairs = pair(first, second);
  const names = maskedNames(pairs);
  const paired = new Set(pairs.flat());
  const others = [...first, ...second].filter((one) => !paired.has(one));
  const settled: Settled<T> = { objects: [], changes: [], others: [] };
  for (const [one, other] of pairs) {
    const index = first.indexOf(one);
    const state: State = { names, values: [], shapes: [] };
    const value = settle(one.value, other.value, original?.[index]?.value, [], state);
    const object = { ...one, value: isObject(value) ? value : one.value };
    if (nameOf(one) !== nameOf(other)) others.push(one);
    const at = settled.objects.push(object) - 1;
    if (state.values.length + state.shapes.length > 0)
      settled.changes.push({ at, values: state.values, shapes: state.shapes });
  }
  settled.others = [...new Set(others.map(({ value }) => textAt(value, 'kind') ?? ''))].sort();
  return settled;
}

/** By what names them; where that differs, those of a template in their order, if they are as many. */
function pair<T extends Rendered>(first: readonly T[], second: readonly T[]): [T, T][] {
  const left = queues(second, (one) => JSON.stringify([placeOf(one), nameOf(one)]));
  const found = new Map(
    first.map((one) => [one, left.get(JSON.stringify([placeOf(one), nameOf(one)]))?.shift()]),
  );
  const rest = queues([...left.values()].flat(), placeOf);
  const open = queues(
    first.filter((one) => found.get(one) === undefined),
    placeOf,
  );
  return first.flatMap((one): [T, T][] => {
    const place = placeOf(one);
    const same = found.get(one);
    if (same !== undefined) return [[one, same]];
    const others = rest.get(place) ?? [];
    const own = open.get(place) ?? [];
    const other = others.length === own.length ? others[own.indexOf(one)] : undefined;
    return other === undefined ? [] : [[one, other]];
  });
}

function queues<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const list = found.get(keyOf(item));
    if (list) list.push(item);
    else found.set(keyOf(item), [item]);
  }
  return found;
}

function placeOf({ value, from }: Rendered): string {
  return JSON.stringify([from, value.apiVersion ?? '', value.kind ?? '']);
}

function nameOf({ value }: Rendered): string {
  return JSON.stringify([
    textAt(value, 'metadata', 'namespace') ?? '',
    textAt(value, 'metadata', 'name') ?? '',
  ]);
}

/** One for each name that differs, so that what refers to it still does. */
function maskedNames(pairs: readonly [Rendered, Rendered][]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const [{ value: one }, { value: other }] of pairs)
    for (const field of ['name', 'namespace']) {
      const a = textAt(one, 'metadata', field);
      const b = textAt(other, 'metadata', field);
      if (a === undefined || b === undefined || a === b || names.has(`${a}\0${b}`)) continue;
      const masked = maskedName(a, b);
      const count = (taken.get(masked) ?? 0) + 1;
      taken.set(masked, count);
      names.set(`${a}\0${b}`, count === 1 ? masked : `${masked}-${count}`);
    }
  return names;
}

/** Whole words at the ends that are the same stay: `migrate-…`. */
function maskedName(a: string, b: string): string {
  const words = (text: string) => text.split(/(?<=[-.])|(?=[-.])/);
  const [one, other] = [words(a), words(b)];
  let start = 0;
  while (start < Math.min(one.length, other.length) - 1 && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start - 1 && one.at(-1 - end) === other.at(-1 - end))
    end += 1;
  return [...one.slice(0, start), changingName, ...one.slice(one.length - end)].join('');
}

function settle(
  a: JsonValue,
  b: JsonValue,
  original: JsonValue | undefined,
  path: readonly string[],
  state: State,
): JsonValue {
  if (Array.isArray(a) && Array.isArray(b)) {
    const third = Array.isArray(original) ? original : [];
    if (a.length === b.length)
      return a.map((item, index) => settle(item, b[index] ?? null, third[index], path, state));
    state.shapes.push([...path]);
    return [changingValue];
  }
  if (isObject(a) && isObject(b)) {
    const common = Object.keys(a).filter((key) => Object.hasOwn(b, key));
    const isSame = common.length === Object.keys(a).length && common.length === Object.keys(b).length;
    if (!isSame) state.shapes.push([...path]);
    const third = isObject(original) ? original : {};
    const entries = common.map((key): [string, JsonValue] => [
      key,
      settle(a[key] ?? null, b[key] ?? null, third[key], [...path, key], state),
    ]);
    return Object.fromEntries(isSame ? entries : [...entries, [changingValue, changingValue]]);
  }
  if (a === b) return a;
  const handedOn = handedOnText(a, b, original);
  if (handedOn !== undefined) return handedOn;
  state.values.push([...path]);
  return state.names.get(`${String(a)}\0${String(b)}`) ?? changingValue;
}

/** The text of a template that is only handed on to others: nothing but our stand-ins in it differ. */
function handedOnText(a: JsonValue, b: JsonValue, original: JsonValue | undefined): string | undefined {
  if (typeof original !== 'string' || !original.includes('{{')) return undefined;
  return withStandIns(original, 0) === a && withStandIns(original, 1) === b ? original : undefined;
}

/** In the place of a value that differs from one render to the next, */
const changingValue = '(differs each time)';
/** and of such a part of a name, which Kubernetes would take. */
const changingName = 'differs-each-time';

export interface Rendered {
  value: JsonObject;
  /** What made it: a template, a generator. */
  from: string;
}

export interface Settled<T> {
  objects: T[];
  changes: Change[];
  /** Kinds of objects of which the name differs, or that are not there each time. */
  others: string[];
}

export interface Change {
  /** Which of the objects. */
  at: number;
  /** The keys that lead to each value that differs, positions in lists left out, */
  values: string[][];
  /** and to each list or mapping of which the length or the keys do. */
  shapes: string[][];
}

interface State {
  names: ReadonlyMap<string, string>;
  values: string[][];
  shapes: string[][];
}
