import { asText, type JsonValue, once } from '../base/index.ts';
import { maximumRowSteps, maximumWeight, spend, spendOnce, toJson, weigh } from '../cel/index.ts';
import type { Platform } from '../platform/index.ts';
import { openAbsentKeys } from './absent-keys.ts';
import { type Compiled, compile, errorAt } from './cel/compile-expression.ts';
import { createEnvironment } from './cel/environment.ts';
import { readExpression } from './cel/read-expression.ts';
import type { NameScope } from './cel/resolve-names.ts';
import { createElements, type Elements } from './elements.ts';
import { otherLists } from './model-lists.ts';
import { createReach, type Evaluator } from './reach/reach.ts';
import { createRowIndex } from './row-index.ts';
import { createStepCounter, type Kept } from './step-counter.ts';
import { type Subject, type SubjectKind, subjectKinds, subjectTypes, typeOf } from './subjects/index.ts';
import type { Query, QueryError, QueryResult } from './types.ts';

/**
 * CEL over one platform, which must not change under it. An expression is compiled once, and an answer that
 * was given is kept.
 */
export function createQuery(platform: Platform): Query {
  const elements = createElements(platform);
  const counter = createStepCounter();
  const environment = createEnvironment(platform, elements, {
    spend: (steps) => spend(counter.current(), steps),
    spendOnce: (what, steps) => spendOnce(counter.current(), what, steps),
  });
  const constants = new Set(environment.getDefinitions().variables.map((variable) => variable.name));
  const lists = createLists(platform, elements);
  const rowsFor = createRowIndex(elements);
  const absentIn = openAbsentKeys(elements, counter.addShared);

  const scopes = new Map<SubjectKind | null, NameScope>();
  const compiled = new Map<string, QueryResult<Compiled>>();
  const absences = new Map<Compiled, QueryError | undefined>();
  const selections = new Map<string, Kept<QueryResult<Subject[]>>>();
  const values = new Map<string, Kept<QueryResult<JsonValue>>>();
  const tests = new WeakMap<Compiled, Map<Subject, Kept<QueryResult<boolean>>>>();

  const evaluator: Evaluator = {
    holds(expression, kind, known) {
      const prepared = prepare(expression, kind, maximumRowSteps);
      const result = prepared.ok ? truth(prepared.value, prepared.value.run(known)) : prepared;
      return result.ok ? result.value : undefined;
    },
    named: (lookup, name) => elements.named(lookup, name),
  };

  return {
    reach: createReach(platform, elements, evaluator),
    steps: counter.total,
    subjects: (kind) => [...elements.subjects(kind)],
    select(expression, kind = 'resource') {
      const selected = counter.once(selections, `${kind} ${expression}`, () => select(expression, kind));
      return selected.ok ? { ok: true, value: [...selected.value] } : selected;
    },
    refusal(expression, kind) {
      const prepared = prepare(expression, kind);
      return prepared.ok ? absence(prepared.value) : prepared.error;
    },
    test(expression, subject) {
      const prepared = prepare(expression, subject.kind, maximumRowSteps);
      if (!prepared.ok) return prepared;
      return counter.once(testsOf(prepared.value), subject, () =>
        truth(prepared.value, runOn(prepared.value, subject)),
      );
    },
    evaluate(expression, subject) {
      const prepared = prepare(expression, subject.kind, maximumRowSteps);
      return prepared.ok ? json(expression, runOn(prepared.value, subject)) : prepared;
    },
    value: (expression) => counter.once(values, expression, () => value(expression)),
  };

  /**
   * An expression ready to run over rows of a kind, or over the lists of the model (null); its run begins.
   * @param limit steps that one run may take.
   */
  function prepare(expression: string, row: SubjectKind | null, limit?: number): QueryResult<Compiled> {
    const key = `${row} ${expression}`;
    const found = compiled.get(key) ?? compile(expression, environment, scopeOf(row));
    if (!compiled.has(key) && compiled.size >= mostKept)
      for (const known of [compiled, absences, selections, values]) known.clear();
    compiled.set(key, found);
    counter.begin(found.ok ? found.value : null, limit);
    return found;
  }

  /** The names that an expression may begin with. */
  function scopeOf(row: SubjectKind | null): NameScope {
    const known = scopes.get(row);
    if (known !== undefined) return known;
    const scope: NameScope =
      row === null
        ? { row, names: new Set(Object.keys(lists)), constants, lists: listKinds }
        : { row, names: elements.names(row), constants, lists: {} };
    scopes.set(row, scope);
    return scope;
  }

  function select(expression: string, kind: SubjectKind): QueryResult<Subject[]> {
    const prepared = prepare(expression, kind);
    if (!prepared.ok) return prepared;
    const absent = absence(prepared.value);
    if (absent !== undefined) return { ok: false, error: absent };
    const selected: Subject[] = [];
    for (const subject of rowsFor(kind, prepared.value.equalities)) {
      counter.add(1);
      const result = truth(prepared.value, runOn(prepared.value, subject));
      if (result.ok ? result.value : false) selected.push(subject);
      else if (!result.ok && result.error.reason !== 'missing') return result;
    }
    return { ok: true, value: selected };
  }

  function value(expression: string): QueryResult<JsonValue> {
    const prepared = prepare(expression, null);
    if (!prepared.ok) return prepared;
    const absent = absence(prepared.value);
    if (absent !== undefined) return { ok: false, error: absent };
    return json(
      expression,
      prepared.value.run((name) => lists[name]?.()),
    );
  }

  function absence(prepared: Compiled): QueryError | undefined {
    if (!absences.has(prepared)) absences.set(prepared, absentIn(prepared));
    return absences.get(prepared);
  }

  function testsOf(prepared: Compiled): Map<Subject, Kept<QueryResult<boolean>>> {
    const known = tests.get(prepared) ?? new Map<Subject, Kept<QueryResult<boolean>>>();
    tests.set(prepared, known);
    return known;
  }

  function runOn(prepared: Compiled, subject: Subject): QueryResult<unknown> {
    const element = elements.elementOf(subject);
    const result = prepared.run((name) => element[name]);
    return result.ok ? result : { ok: false, error: aboutRow(result.error, subject, element) };
  }
}

/** What `value()` may start from; each list is made when it is first asked for. */
function createLists({ model }: Platform, elements: Elements): Record<string, (() => unknown) | undefined> {
  const lists: Record<string, () => unknown> = {};
  for (const { name, elementsOf } of otherLists) lists[name] = once(() => elementsOf(model));
  for (const [name, kind] of Object.entries(listKinds)) lists[name] = once(() => elements.all(kind));
  return lists;
}

/** The list of each kind of row; that of policies has an element for each rule, as the table has rows. */
const listKinds = Object.fromEntries(subjectKinds.map((kind) => [subjectTypes[kind].list.name, kind]));

/** The same error with the row that it happened on. */
function aboutRow(error: QueryError, subject: Subject, element: Record<string, JsonValue>): QueryError {
  const name =
    subject.resource?.id ?? `${typeOf(subject).one} ${asText(element.name ?? element.event ?? '')}`.trim();
  if (error.reason !== 'missing') return { ...error, message: `on \`${name}\`: ${error.message}` };
  return { ...error, message: `${error.message} on \`${name}\`` };
}

/** The answer as a condition; any other value than a boolean is an error that says what it is. */
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

/** Compiled expressions and their answers; all go where one more would be kept. */
const mostKept = 2000;
