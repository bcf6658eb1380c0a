/** Preconditions and the conditions of `deny`. Source: kyverno `pkg/engine/variables/evaluate.go`. */
import { isObject, type JsonObject, type JsonValue, textAt } from '../../../base/index.ts';
import { compareBy } from './operators.ts';
import { EvaluationError, NotKnown, type Variables } from './types.ts';
import { substitute } from './variables.ts';

/**
 * `any` (where it is written, one of them) and every one of `all`; a plain list is `all`. What is not known
 * counts only where no other condition decides.
 * @throws EvaluationError, NotKnown
 */
export function conditionsHold(conditions: JsonValue | undefined, variables: Variables): Held {
  if (conditions === undefined || conditions === null) return { holds: true, messages: [] };
  if (Array.isArray(conditions)) return everyOne(conditions, variables);
  if (!isObject(conditions)) throw new EvaluationError('conditions are a list, or a mapping of any and all');
  const any = Array.isArray(conditions.any) ? conditions.any : undefined;
  const all = Array.isArray(conditions.all) ? conditions.all : [];
  let unknown: NotKnown | undefined;
  const held: Held[] = [];
  for (const part of [
    () => (any ? anyOne(any, variables) : { holds: true, messages: [] }),
    () => everyOne(all, variables),
  ]) {
    const outcome = known(part, unknown);
    if (outcome instanceof NotKnown) unknown ??= outcome;
    else if (!outcome.holds) return outcome;
    else held.push(outcome);
  }
  if (unknown) throw unknown;
  return { holds: true, messages: held.flatMap(({ messages }) => messages) };
}

function anyOne(conditions: readonly JsonValue[], variables: Variables): Held {
  let unknown: NotKnown | undefined;
  const messages: string[] = [];
  for (const condition of conditions) {
    const outcome = known(() => conditionHolds(condition, variables), unknown);
    if (outcome instanceof NotKnown) unknown ??= outcome;
    else if (outcome.holds) return outcome;
    else messages.push(...outcome.messages);
  }
  if (unknown) throw unknown;
  return { holds: false, messages };
}

function everyOne(conditions: readonly JsonValue[], variables: Variables): Held {
  let unknown: NotKnown | undefined;
  const messages: string[] = [];
  for (const condition of conditions) {
    const outcome = known(() => conditionHolds(condition, variables), unknown);
    if (outcome instanceof NotKnown) unknown ??= outcome;
    else if (!outcome.holds) return outcome;
    else messages.push(...outcome.messages);
  }
  if (unknown) throw unknown;
  return { holds: true, messages };
}

/** What came before and is not known could have kept Kyverno from the error. */
function known<T>(run: () => T, before: NotKnown | undefined): T | NotKnown {
  try {
    return run();
  } catch (error) {
    if (error instanceof NotKnown) return error;
    if (before && error instanceof EvaluationError) throw before;
    throw error;
  }
}

function conditionHolds(condition: JsonValue, variables: Variables): Held {
  if (!isObject(condition)) throw new EvaluationError('a condition is no mapping');
  const operator = textAt(condition, 'operator') ?? '';
  const holds = compareBy(
    operator,
    substitute(condition.key ?? null, variables),
    substitute(condition.value ?? null, variables),
  );
  if (holds === null) throw new EvaluationError(`unknown operator ${operator}`);
  return { holds, messages: messagesOf(condition) };
}

function messagesOf(condition: JsonObject): string[] {
  const message = textAt(condition, 'message');
  return message === undefined || message === '' ? [] : [message];
}

interface Held {
  holds: boolean;
  /** What the conditions that decided say, as written. */
  messages: string[];
}
