/**
 * Whether an event passes the filters of a dependency. Source: argo-events
 * pkg/sensors/dependencies/filter.go. `script` is Lua and not run: what it would say is not known.
 */
import {
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  PatternError,
  textAt,
} from '../../../base/index.ts';
import { passesData } from './filter-data.ts';
import { passesTime } from './filter-time.ts';
import { valueAt } from './gjson.ts';
import { ExpressionError, evaluateExpression, UnreadExpression } from './govaluate.ts';
import { all, any, certain, failed, type Outcome, unknownWhere } from './outcome.ts';

/**
 * Between the kinds of filters `operator` (`filtersLogicalOperator`) counts: with `or` those alone take part
 * that are written, and a faulty one is no reason to discard.
 */
export function filterEvent(filters: JsonObject, operator: string, event: FilteredEvent): Outcome {
  const kinds = [
    [filters.exprs !== undefined, () => passesExpressions(filters, event.data)],
    [listAt(filters, 'data').length > 0, () => passesData(filters, event.data)],
    [filters.context !== undefined, () => passesContext(objectAt(filters, 'context'), event.context)],
    [filters.time !== undefined, () => passesTime(objectAt(filters, 'time'), event.time)],
    [(textAt(filters, 'script') ?? '') !== '', () => unknownWhere('a script decides')],
  ] as const;
  const written = kinds.filter(([isWritten]) => isWritten).map(([, run]) => run());
  if (operator === 'or') return isObject(filters) ? any(written, true) : certain(true);
  return all(written);
}

/** Keys that are not set are not compared. */
export function passesContext(wanted: JsonObject, context: JsonObject | null): Outcome {
  const keys = contextKeys.filter((key) => (textAt(wanted, key) ?? '') !== '');
  if (context === null) return certain(false);
  return certain(keys.every((key) => wanted[key] === context[key]));
}

/** Every field must be there; govaluate decides. */
function passesExpressions(filters: JsonObject, data: JsonValue): Outcome {
  const isEither = textAt(filters, 'exprLogicalOperator') === 'or';
  const outcomes = listAt(filters, 'exprs').flatMap((filter): Outcome[] => {
    const parameters = new Map<string, JsonValue>();
    for (const field of listAt(filter, 'fields')) {
      const path = textAt(field, 'path') ?? '';
      let found: JsonValue | undefined;
      try {
        found = valueAt(data, path);
      } catch {
        return [unknownWhere(`the path \`${path}\` is not read`)];
      }
      if (found === undefined) return [failed(`path '${path}' does not exist`)];
      parameters.set(textAt(field, 'name') ?? '', found);
    }
    if (parameters.size === 0) return [];
    try {
      return [certain(evaluateExpression(textAt(filter, 'expr') ?? '', parameters) === true)];
    } catch (error) {
      return [faultOf(error)];
    }
  });
  return isEither ? any(outcomes, false) : all(outcomes);
}

function faultOf(error: unknown): Outcome {
  if (error instanceof ExpressionError) return failed(error.message);
  if (error instanceof PatternError && !error.isUnsupported) return failed(error.message);
  if (error instanceof UnreadExpression || error instanceof PatternError)
    return unknownWhere('the expression is not read');
  throw error;
}

export const contextKeys = ['type', 'subject', 'source', 'datacontenttype'] as const;

export interface FilteredEvent {
  data: JsonValue;
  /** Its CloudEvents attributes. */
  context: JsonObject | null;
  /** When it happened, as RFC 3339 has it; null where that is not known. */
  time: string | null;
}
