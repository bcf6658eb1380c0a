import { nearest } from '../../base/index.ts';
import {
  type Budget,
  comprehensions,
  type EngineError,
  type Environment,
  newBudget,
  parseIn,
  type Run,
  syntaxFault,
  type Told,
  typeFault,
} from '../../cel/index.ts';
import { modelLists } from '../model-lists.ts';
import { shownAs, subjectTypes } from '../subjects/index.ts';
import type { QueryError, QueryErrorReason, QueryResult } from '../types.ts';
import type { UnknownName } from './environment.ts';
import { type Equality, equalitiesOf } from './equalities.ts';
import { lookups } from './lookups.ts';
import { absenceHelp, callables, keyHelp, nameHelp, shownHelp } from './name-help.ts';
import { type NameScope, type Names, resolveNames } from './resolve-names.ts';
import { formsOf } from './signatures.ts';
import { synonym } from './synonyms.ts';

/**
 * Parses an expression, resolves its names against the scope, checks its types and puts a limit on its work.
 * The result is called once a row; `variable` gives a top-level name's value.
 */
export function compile(
  expression: string,
  environment: Environment,
  scope: NameScope,
): QueryResult<Compiled> {
  const fail = (reason: QueryErrorReason, message: string, range?: Range, more: More = {}) =>
    ({ ok: false, error: errorAt(expression, reason, message, range, more) }) as const;
  if (expression.trim() === '') return fail('syntax', 'the expression is empty');
  if (expression.length > maximumLength)
    return fail('limit', `the expression is longer than ${maximumLength} characters`);

  const parsed = parseIn(environment, expression);
  if (!parsed.ok) return { ok: false, error: fromEngine(expression, parsed.error) };
  const names = resolveNames(parsed.value.tree, scope);
  const [unknown] = names.unknown;
  if (unknown !== undefined) {
    const shown = scope.row === null ? undefined : shownAs(scope.row, unknown.name);
    if (shown !== undefined)
      return fail('unknown', `nothing is called \`${unknown.name}\` here`, unknown, {
        candidates: [shown],
        help: shownHelp(unknown.name, shown),
      });
    const help = nameHelp(unknown.name, unknown.isOperand, {
      isList: scope.row !== null && modelLists.some(({ name }) => name === unknown.name),
      isField: scope.row === null && subjectTypes.resource.fields.some(({ name }) => name === unknown.name),
    });
    const candidates = help === null ? nearest(unknown.name, scope.names) : [];
    return fail('unknown', `nothing is called \`${unknown.name}\` here`, unknown, { candidates, help });
  }
  const stranger = unknownCall(names, knownCalls(environment));
  if (stranger !== undefined) return fail('unknown', stranger.message, stranger.range, stranger);
  const budget = newBudget();
  const equalities = equalitiesOf(parsed.value.tree);
  const ready = parsed.value.ready(names.nodes, budget);
  if (!ready.ok) return { ok: false, error: fromEngine(expression, ready.error) };
  return { ok: true, value: { expression, names, equalities, budget, run: runner(expression, ready.value) } };
}

/** Evaluates against the names that `variable` gives; never throws. */
function runner(expression: string, run: Run): Compiled['run'] {
  return (variable) => {
    const result = run(variable);
    if (result.ok) return result;
    if (result.error !== null) return { ok: false, error: fromEngine(expression, result.error) };
    const message = 'the expression takes too much work: it goes through too many combinations';
    return { ok: false, error: errorAt(expression, 'limit', message) };
  };
}

export function errorAt(
  expression: string,
  reason: QueryErrorReason,
  message: string,
  range?: Range,
  { candidates = [], help = null }: More = {},
): QueryError {
  const start = Math.min(range?.start ?? 0, expression.length);
  const end = Math.min(range?.end ?? expression.length, expression.length);
  return { message, expression, offset: start, length: Math.max(0, end - start), candidates, help, reason };
}

/** The engine's error in our words: names as written, and what kind of fault it is. */
function fromEngine(expression: string, error: EngineError): QueryError {
  const { kind, code, range } = error;
  if (kind === 'nested')
    return errorAt(expression, 'limit', 'the expression is nested too deeply or makes too large a value');
  if (kind === 'mixture')
    return errorAt(expression, 'type', 'the types in the expression do not go together');
  const summary = tidy(error.summary);
  if (kind === 'size')
    return errorAt(expression, 'limit', 'the expression is too large or nested too deeply');
  if (kind === 'syntax') {
    const told = syntaxFault(expression, range?.start ?? 0, code, summary);
    return errorAt(expression, 'syntax', told.message, range, told);
  }
  if (code === 'unknown_name') {
    const { candidates = [], help = null } = error.cause as Partial<UnknownName>;
    return errorAt(expression, 'unknown', summary, range, { candidates, help });
  }
  const text = expression.slice(range?.start ?? 0, range?.end ?? expression.length);
  if (kind === 'missing' || (summary.startsWith('List index must') && callables.has(text))) {
    // The whole chain, `spec.template.x`, not the last key alone.
    const chain = expression.slice(error.nodeStart ?? range?.start ?? 0, range?.end ?? expression.length);
    const help = keyHelp(chain, text) ?? absenceHelp(chain);
    return errorAt(expression, 'missing', `\`${chain}\` is not set`, range, { help });
  }
  const told = typeFault(summary, formsOf);
  return errorAt(expression, 'type', told.message, range, told);
}

/** Names of the row without what `resolveNames` writes before them. */
function tidy(summary: string): string {
  return summary.replaceAll(/([\s'])[$?](?=[A-Za-z_])/g, '$1');
}

function unknownCall(
  names: Names,
  known: KnownCalls,
): (Told & { range: Range; candidates: string[] }) | undefined {
  for (const { name, method, node } of names.calls) {
    if (method ? known.methods.has(name) : known.functions.has(name)) continue;
    if (!method && lookups[name] !== undefined) continue;
    const start = method ? node.start + node.input.slice(node.start, node.end).lastIndexOf(name) : node.start;
    const range = { start, end: start + name.length };
    const same = synonym(name);
    const candidates = same === undefined ? nearest(name, method ? known.methods : known.functions) : [same];
    const turned = method ? known.functions.has(name) : known.methods.has(name);
    const hint = turned ? `: it is written ${method ? `\`${name}(…)\`` : `\`….${name}(…)\``}` : '';
    const help = same === undefined ? null : `it is written \`${formsOf(same).join('` or `')}\``;
    return {
      message: `there is no ${method ? 'method' : 'function'} \`${name}\`${hint}`,
      range,
      candidates,
      help,
    };
  }
  return undefined;
}

function knownCalls(environment: Environment): KnownCalls {
  let known = callsOf.get(environment);
  if (known === undefined) {
    const { functions } = environment.getDefinitions();
    const visible = functions.filter((one) => !one.name.startsWith('_'));
    known = {
      functions: new Set(visible.filter((one) => one.receiverType === null).map((one) => one.name)),
      methods: new Set([
        ...visible.filter((one) => one.receiverType !== null).map((one) => one.name),
        ...comprehensions,
      ]),
    };
    callsOf.set(environment, known);
  }
  return known;
}

const callsOf = new WeakMap<Environment, KnownCalls>();
const maximumLength = 4000;

export interface Compiled {
  expression: string;
  names: Names;
  /** What must be so of a row that it holds of. */
  equalities: readonly Equality[];
  /** Shared by all runs; set back by the caller between queries. */
  budget: Budget;
  run(variable: (name: string) => unknown): QueryResult<unknown>;
}

type Range = { start: number; end: number };
type More = Partial<Pick<QueryError, 'candidates' | 'help'>>;
interface KnownCalls {
  functions: Set<string>;
  methods: Set<string>;
}
