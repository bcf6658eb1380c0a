import { asText, isObject, type JsonValue, nearest } from '../base/index.ts';
import { maximumRowSteps, maximumWeight, newBudget, spend, spendOnce, toJson, weigh } from '../cel/index.ts';
import type { Platform } from '../platform/index.ts';
import { type Compiled, compile, errorAt } from './cel/compile-expression.ts';
import { createEnvironment } from './cel/environment.ts';
import { keyHelp, shownHelp } from './cel/name-help.ts';
import { readExpression } from './cel/read-expression.ts';
import type { NameScope, Path } from './cel/resolve-names.ts';
import { createElements, type Elements } from './elements.ts';
import { otherLists } from './model-lists.ts';
import { createReach, type Evaluator } from './reach/reach.ts';
import { createRowIndex } from './row-index.ts';
import {
  type Subject,
  type SubjectKind,
  shownAs,
  subjectKinds,
  subjectTypes,
  typeOf,
} from './subjects/index.ts';
import type { Query, QueryError, QueryResult } from './types.ts';

/** CEL over one platform. Expressions are parsed once and kept; the platform must not change under it. */
export function createQuery(platform: Platform): Query {
  const elements = createElements(platform);
  let current = newBudget();
  let before = 0;
  const environment = createEnvironment(platform, elements, {
    spend: (steps) => spend(current, steps),
    spendOnce: (what, steps) => spendOnce(current, what, steps),
  });
  const constants = new Set(environment.getDefinitions().variables.map((variable) => variable.name));
  const lists = createLists(platform, elements);
  const compiled = new Map<string, QueryResult<Compiled>>();

  const scopeOf = (row: SubjectKind | null): NameScope => ({
    row,
    names: row === null ? new Set(Object.keys(lists)) : elements.names(row),
    constants,
    lists: row === null ? listKinds : {},
  });
  const scopes = new Map<SubjectKind | null, NameScope>();
  const prepare = (expression: string, row: SubjectKind | null, limit?: number): QueryResult<Compiled> => {
    const key = `${row} ${expression}`;
    let found = compiled.get(key);
    if (found === undefined) {
      let scope = scopes.get(row);
      if (scope === undefined) {
        scope = scopeOf(row);
        scopes.set(row, scope);
      }
      found = compile(expression, environment, scope);
      if (compiled.size >= 2000) {
        for (const known of [compiled, absences, selections, values]) known.clear();
      }
      compiled.set(key, found);
    }
    before += current.spent;
    current = found.ok ? Object.assign(found.value.budget, newBudget(limit)) : newBudget();
    return found;
  };
  const absences = new Map<Compiled, QueryError | undefined>();
  let indexing = 0;
  const absentIn = openAbsentKeys(elements, (steps) => {
    before += steps;
    indexing += steps;
  });
  const absence = (prepared: Compiled): QueryError | undefined => {
    if (!absences.has(prepared)) absences.set(prepared, absentIn(prepared));
    return absences.get(prepared);
  };
  const rowsFor = createRowIndex(elements);
  const selections = new Map<string, Kept<QueryResult<Subject[]>>>();
  const values = new Map<string, Kept<QueryResult<JsonValue>>>();
  const tests = new WeakMap<Compiled, Map<Subject, Kept<QueryResult<boolean>>>>();
  /**
   * What was asked before is answered as it was, and counts as as much work: a page that is written is judged
   * at every keystroke, and most of it says what it said.
   */
  const once = <K, T>(known: Map<K, Kept<T>>, key: K, ask: () => T): T => {
    const found = known.get(key);
    if (found !== undefined) {
      before += found.steps;
      return found.answer;
    }
    const start = before + current.spent - indexing;
    const answer = ask();
    known.set(key, { answer, steps: before + current.spent - indexing - start });
    return answer;
  };
  const testsOf = (prepared: Compiled) => {
    const known = tests.get(prepared) ?? new Map<Subject, Kept<QueryResult<boolean>>>();
    tests.set(prepared, known);
    return known;
  };
  const runOn = (prepared: Compiled, subject: Subject): QueryResult<unknown> => {
    const element = elements.elementOf(subject);
    const result = prepared.run((name) => element[name]);
    return result.ok ? result : { ok: false, error: aboutRow(result.error, subject, element) };
  };

  const evaluator: Evaluator = {
    holds(expression, kind, known) {
      const prepared = prepare(expression, kind, maximumRowSteps);
      const result = prepared.ok ? truth(prepared.value, prepared.value.run(known)) : prepared;
      return result.ok ? result.value : undefined;
    },
    named: (lookup, name) => elements.named(lookup, name),
  };

  const select = (expression: string, kind: SubjectKind): QueryResult<Subject[]> => {
    const prepared = prepare(expression, kind);
    if (!prepared.ok) return prepared;
    const absent = absence(prepared.value);
    if (absent !== undefined) return { ok: false, error: absent };
    const selected: Subject[] = [];
    for (const subject of rowsFor(kind, prepared.value.equalities)) {
      before += 1;
      const result = truth(prepared.value, runOn(prepared.value, subject));
      if (result.ok ? result.value : false) selected.push(subject);
      else if (!result.ok && result.error.reason !== 'missing') return result;
    }
    return { ok: true, value: selected };
  };
  const value = (expression: string): QueryResult<JsonValue> => {
    const prepared = prepare(expression, null);
    if (!prepared.ok) return prepared;
    const absent = absence(prepared.value);
    if (absent !== undefined) return { ok: false, error: absent };
    return json(
      expression,
      prepared.value.run((name) => lists[name]?.()),
    );
  };

  return {
    reach: createReach(platform, elements, evaluator),
    steps: () => before + current.spent,
    subjects: (kind) => [...elements.subjects(kind)],
    select(expression, kind = 'resource') {
      const selected = once(selections, `${kind} ${expression}`, () => select(expression, kind));
      return selected.ok ? { ok: true, value: [...selected.value] } : selected;
    },
    refusal(expression, kind) {
      const prepared = prepare(expression, kind);
      return prepared.ok ? absence(prepared.value) : prepared.error;
    },
    test(expression, subject) {
      const prepared = prepare(expression, subject.kind, maximumRowSteps);
      if (!prepared.ok) return prepared;
      return once(testsOf(prepared.value), subject, () =>
        truth(prepared.value, runOn(prepared.value, subject)),
      );
    },
    evaluate(expression, subject) {
      const prepared = prepare(expression, subject.kind, maximumRowSteps);
      return prepared.ok ? json(expression, runOn(prepared.value, subject)) : prepared;
    },
    value: (expression) => once(values, expression, () => value(expression)),
  };
}

/** An answer, and the steps that it took. */
interface Kept<T> {
  answer: T;
  steps: number;
}

/** What `value()` may start from; each list is made when it is first asked for. */
function createLists({ model }: Platform, elements: Elements): Record<string, (() => unknown) | undefined> {
  const lists: Record<string, () => unknown> = {};
  for (const { name, elementsOf } of otherLists) lists[name] = () => elementsOf(model);
  for (const [name, kind] of Object.entries(listKinds)) {
    let made: unknown;
    lists[name] = () => {
      made ??= elements.all(kind);
      return made;
    };
  }
  return lists;
}

/** Of policies the list has one element a rule, as the table has rows. */
const listKinds = Object.fromEntries(subjectKinds.map((kind) => [subjectTypes[kind].list.name, kind]));

/**
 * Finds a key that no row of its kind has, and whose absence an expression does not allow for: most likely a
 * slip of the pen. Each chain of keys is looked for in all rows once, whatever expressions have it.
 */
function openAbsentKeys(
  elements: Elements,
  spend: (steps: number) => void,
): (compiled: Compiled) => QueryError | undefined {
  const known = new Map<string, Absence | null>();
  const absenceOf = ({ kind, segments }: Path): Absence | null => {
    const key = JSON.stringify([kind, ...segments.map((segment) => segment.key)]);
    let found = known.get(key);
    if (found === undefined) {
      const rows = elements.all(kind);
      spend(rows.length / 8);
      found = absenceIn(rows, segments);
      if (known.size >= 2000) known.clear();
      known.set(key, found);
    }
    return found;
  };
  return ({ expression, names }) => {
    for (const path of names.paths) {
      if (names.guards.some((guard) => covers(guard, path))) continue;
      const absence = absenceOf(path);
      if (absence !== null) return absenceError(expression, path, absence);
    }
    return undefined;
  };
}

function hasChain(row: JsonValue, segments: Path['segments']): boolean {
  let holder: JsonValue | undefined = row;
  for (const { key } of segments) {
    [holder] = step(holder, key);
    if (holder === undefined) return false;
  }
  return true;
}

/** The first key of a chain that no row has; null where one has all of them, or there is no row. */
function absenceIn(rows: readonly JsonValue[], segments: Path['segments']): Absence | null {
  // Mostly one of the first has all of it.
  if (rows.length === 0 || rows.some((row) => hasChain(row, segments))) return null;
  let holders = rows;
  for (const [index, { key }] of segments.entries()) {
    const next = holders.flatMap((holder) => step(holder, key));
    if (next.length === 0) {
      if (typeof key === 'number' || holders.every((holder) => holder === null)) return null;
      const known = holders.filter(isObject).flatMap((holder) => Object.keys(holder));
      return { index, known: [...new Set(known)] };
    }
    holders = next;
  }
  return null;
}

function absenceError(
  expression: string,
  { kind, segments }: Path,
  { index, known }: Absence,
): QueryError | undefined {
  const segment = segments[index];
  if (segment === undefined || typeof segment.key === 'number') return undefined;
  const chain = segments.slice(0, index + 1);
  const text = chain.map(({ key }) => key).join('.');
  const shown = index === 0 ? shownAs(kind, segment.key) : undefined;
  const candidates = shown === undefined ? nearest(segment.key, known) : [shown];
  const help =
    shown === undefined
      ? keyHelp(text, segment.key, candidates, new Set(known))
      : shownHelp(segment.key, shown);
  const message = `no ${subjectTypes[kind].one} has \`${text}\``;
  return errorAt(expression, 'absent', message, segment, { candidates, help });
}

/** A key that none has, by its place in the chain, and those that there are instead. */
interface Absence {
  index: number;
  known: string[];
}

function step(holder: JsonValue, key: string | number): JsonValue[] {
  if (Array.isArray(holder))
    return typeof key === 'number' && key in holder ? [holder[key] as JsonValue] : [];
  return isObject(holder) && typeof key === 'string' && Object.hasOwn(holder, key)
    ? [holder[key] as JsonValue]
    : [];
}

function covers(guard: Path, path: Path): boolean {
  return (
    guard.kind === path.kind &&
    guard.segments.every((segment, index) => path.segments[index]?.key === segment.key)
  );
}

function aboutRow(error: QueryError, subject: Subject, element: Record<string, JsonValue>): QueryError {
  const name =
    subject.resource?.id ?? `${typeOf(subject).one} ${asText(element.name ?? element.event ?? '')}`.trim();
  if (error.reason !== 'missing') return { ...error, message: `on \`${name}\`: ${error.message}` };
  return { ...error, message: `${error.message} on \`${name}\`` };
}

function truth({ expression }: Compiled, result: QueryResult<unknown>): QueryResult<boolean> {
  if (!result.ok) return result;
  if (typeof result.value === 'boolean') return { ok: true, value: result.value };
  const value = json(expression, result);
  if (!value.ok) return value;
  const shown = JSON.stringify(value.value);
  const message = `the expression must be true or false, but gives ${shown.length > 60 ? `${shown.slice(0, 57)}…` : shown}`;
  const field = readExpression(expression).fields.find(({ text }) => text === expression.trim());
  const help = field === undefined ? null : `compare it: \`${field.text} == …\``;
  return { ok: false, error: errorAt(expression, 'type', message, undefined, { help }) };
}

function json(expression: string, result: QueryResult<unknown>): QueryResult<JsonValue> {
  if (!result.ok) return result;
  if (weigh(result.value) > maximumWeight)
    return { ok: false, error: errorAt(expression, 'limit', 'the value is too large') };
  return { ok: true, value: toJson(result.value) };
}
