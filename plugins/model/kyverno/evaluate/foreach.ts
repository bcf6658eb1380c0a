/**
 * `foreach` of a rule: each element by itself, the first that fails fails the rule. Source: kyverno
 * `validate_resource.go`.
 */
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../../base/index.ts';
import { conditionsHold } from './conditions.ts';
import { withContext } from './context.ts';
import { denial, verdictOfAny, verdictOfPattern } from './rule-verdicts.ts';
import { spend } from './spend.ts';
import { EvaluationError, NotKnown, type RuleScope, type Variables, type Verdict } from './types.ts';

/** Null where no element is held to anything. */
export function forEach(scope: RuleScope): Verdict | null {
  return entries(listAt(scope.rule, 'validate', 'foreach'), scope, scope.variables, scope.subject.object, 0);
}

function entries(
  foreach: readonly JsonValue[],
  scope: RuleScope,
  variables: Variables,
  object: JsonValue,
  nesting: number,
): Verdict | null {
  let applied = 0;
  for (const entry of foreach.filter(isObject)) {
    const elements = elementsOf(textAt(entry, 'list') ?? '', variables);
    if (elements === null) continue;
    const outcome = each(entry, elements, scope, variables, object, nesting);
    if (typeof outcome !== 'number') return outcome;
    applied += outcome;
  }
  return applied === 0 ? null : { status: 'pass', message: '' };
}

/** Null where the list cannot be evaluated: the entry is passed over. */
function elementsOf(list: string, variables: Variables): readonly JsonValue[] | null {
  try {
    const value = variables.query(list);
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}

/** How many elements pass, or what the rule says instead. What is not known counts where nothing fails. */
function each(
  entry: JsonObject,
  elements: readonly JsonValue[],
  scope: RuleScope,
  around: Variables,
  object: JsonValue,
  nesting: number,
): number | Verdict {
  let applied = 0;
  let unknown: NotKnown | undefined;
  for (const [index, element] of elements.entries()) {
    if (element === null) continue;
    spend(1);
    const variables = withElement(around, element, index, nesting);
    const outcome = held(() => ofElement(entry, element, scope, variables, object, nesting));
    if (outcome instanceof NotKnown) unknown ??= outcome;
    else if (outcome instanceof EvaluationError) {
      // Upstream goes on after an error, and says so only of the last element.
      if (index === elements.length - 1) throw unknown ?? outcome;
    } else if (outcome?.status === 'pass') applied += 1;
    else if (outcome && outcome.status !== 'skip')
      return { ...outcome, message: `validation failure: ${outcome.message}` };
  }
  if (unknown) throw unknown;
  return applied;
}

function held(run: () => Verdict | null): Verdict | null | NotKnown | EvaluationError {
  try {
    const verdict = run();
    return verdict?.status === 'error' ? new EvaluationError(verdict.message) : verdict;
  } catch (error) {
    if (error instanceof NotKnown || error instanceof EvaluationError) return error;
    throw error;
  }
}

function withElement(around: Variables, element: JsonValue, index: number, nesting: number): Variables {
  return around
    .with('element', () => element)
    .with('elementIndex', () => index)
    .with(`element${nesting}`, () => element)
    .with(`elementIndex${nesting}`, () => index);
}

function ofElement(
  entry: JsonObject,
  element: JsonValue,
  scope: RuleScope,
  around: Variables,
  object: JsonValue,
  nesting: number,
): Verdict | null {
  if (entry.elementScope === true && !isObject(element))
    throw new EvaluationError('elementScope is true of an element that is no mapping');
  const isScoped = typeof entry.elementScope === 'boolean' ? entry.elementScope : isObject(element);
  const looked = isScoped ? element : object;
  const stated = scope.environment.stated?.(textAt(scope.rule, 'name') ?? '', scope.subject) ?? {};
  const variables = withContext(around, listAt(entry, 'context'), scope.environment, stated);
  if (!conditionsHold(entry.preconditions, variables).holds)
    return { status: 'skip', message: 'preconditions not met' };
  if (entry.deny !== undefined) return denial(scope.rule, objectAt(entry, 'deny'), variables);
  if (entry.pattern !== undefined) return verdictOfPattern(scope, entry.pattern, looked, variables, isScoped);
  if (Array.isArray(entry.anyPattern))
    return verdictOfAny(scope, entry.anyPattern, looked, variables, isScoped);
  const inner = listAt(entry, 'foreach');
  return inner.length > 0 ? entries(inner, scope, variables, looked, nesting + 1) : null;
}
