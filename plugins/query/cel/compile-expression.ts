import {
  TypeError as CelTypeError,
  type Environment,
  EvaluationError,
  ParseError,
} from '@marcbachmann/cel-js';
import { nearest } from '../../base/index.ts';
import { modelLists } from '../model-lists.ts';
import { shownAs, subjectTypes } from '../subjects/index.ts';
import type { QueryError, QueryErrorReason, QueryResult } from '../types.ts';
import {
  absenceHelp,
  callables,
  keyHelp,
  nameHelp,
  shownHelp,
  syntaxFault,
  type Told,
  typeFault,
} from './engine-messages.ts';
import { safeMatches, type UnknownName } from './environment.ts';
import { lookups } from './lookups.ts';
import { synonym } from './other-spellings.ts';
import { replaceReserved, restoreReserved } from './reserved-words.ts';
import { comprehensions, type NameScope, type Names, resolveNames } from './resolve-names.ts';
import { formsOf } from './signatures.ts';
import { type Budget, meterNode, newBudget } from './work-budget.ts';

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

  let parsed: ReturnType<Environment['parse']>;
  try {
    parsed = environment.parse(replaceReserved(expression));
  } catch (error) {
    return { ok: false, error: fromEngine(expression, error) };
  }
  const names = resolveNames(parsed.ast, scope);
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
  const checked = parsed.check();
  if (!checked.valid) return { ok: false, error: fromEngine(expression, checked.error) };

  const budget = newBudget();
  for (const node of names.nodes) meterNode(node, budget, names.nodes.length);
  return { ok: true, value: { expression, names, budget, run: runner(expression, parsed, budget) } };
}

/** Evaluates against the names that `variable` gives; never throws. */
function runner(expression: string, parsed: ReturnType<Environment['parse']>, budget: Budget) {
  let variable: (name: string) => unknown = () => undefined;
  const context = new Map<string, unknown>();
  context.get = (name) => {
    const value = variable(name.slice(1));
    return value === undefined && name.startsWith('?') ? nothing : value;
  };
  return (lookUp: (name: string) => unknown): QueryResult<unknown> => {
    variable = lookUp;
    // A missing key is an error to the engine, and of many resources most lack it: nobody reads where in the
    // engine it arose.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      const value: unknown = parsed(context);
      if (!budget.exhausted) return { ok: true, value };
    } catch (error) {
      if (!budget.exhausted) return { ok: false, error: fromEngine(expression, error) };
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
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
function fromEngine(expression: string, error: unknown): QueryError {
  if (error instanceof RangeError)
    return errorAt(expression, 'limit', 'the expression is nested too deeply or makes too large a value');
  const known =
    error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError;
  // The engine stumbles over a few senseless mixtures of types with words about itself.
  if (!known) return errorAt(expression, 'type', 'the types in the expression do not go together');
  const range = error.range;
  const summary = tidy(error.summary);
  if (error.code === 'limit_exceeded')
    return errorAt(expression, 'limit', 'the expression is too large or nested too deeply');
  if (error instanceof ParseError) {
    const told = syntaxFault(expression, range?.start ?? 0, error.code, summary);
    return errorAt(expression, 'syntax', told.message, range, told);
  }
  if (error.code === 'unknown_name') {
    const { candidates = [], help = null } = error.cause as Partial<UnknownName>;
    return errorAt(expression, 'unknown', summary, range, { candidates, help });
  }
  const text = expression.slice(range?.start ?? 0, range?.end ?? expression.length);
  if (missingCodes.has(error.code) || (summary.startsWith('List index must') && callables.has(text))) {
    // The whole chain, `spec.template.x`, not the last key alone.
    const chain = expression.slice(error.node?.start ?? range?.start ?? 0, range?.end ?? expression.length);
    const help = keyHelp(chain, text) ?? absenceHelp(chain);
    return errorAt(expression, 'missing', `\`${chain}\` is not set`, range, { help });
  }
  const told = typeFault(summary);
  return errorAt(expression, 'type', told.message, range, told);
}

/** The engine's words with the names as the author wrote them. */
function tidy(summary: string): string {
  return restoreReserved(summary)
    .replaceAll(safeMatches, 'matches')
    .replaceAll(/([\s'])[$?](?=[A-Za-z_])/g, '$1');
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
const missingCodes = new Set([
  'no_such_key',
  'index_out_of_bounds',
  'unknown_variable',
  'optional_value_missing',
]);
const nothing = Object.freeze(Object.create(null) as object);
const maximumLength = 4000;

export interface Compiled {
  expression: string;
  names: Names;
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
