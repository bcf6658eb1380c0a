/** Filters that the Sensor's controller refuses. Source: argo-events pkg/reconciler/sensor/validate.go. */
import { isObject, type JsonPath, type JsonValue, listAt, textAt } from '../../../base/index.ts';
import { isTimeZone } from '../../argocd/sync/cron.ts';
import { contextKeys } from '../filters/filter-event.ts';
import { clockOf } from '../filters/filter-time.ts';
import { isMissing, type Refusal } from './refusal.ts';

export function refusedFilters(filters: JsonValue | undefined, path: JsonPath): Refusal | null {
  if (!isObject(filters)) return null;
  return (
    refusedOperator(filters, 'exprLogicalOperator', path) ??
    refusedOperator(filters, 'dataLogicalOperator', path) ??
    first(listAt(filters, 'exprs'), [...path, 'exprs'], refusedExpression) ??
    first(listAt(filters, 'data'), [...path, 'data'], refusedData) ??
    refusedContext(filters.context, [...path, 'context']) ??
    refusedTime(filters.time, [...path, 'time'])
  );
}

export function refusedOperator(value: JsonValue, key: string, path: JsonPath): Refusal | null {
  const operator = textAt(value, key) ?? '';
  return ['', 'and', 'or'].includes(operator)
    ? null
    : {
        rule: 'logical-operator',
        path: [...path, key],
        message: `logical operator ${operator} not supported`,
      };
}

function refusedExpression(filter: JsonValue, path: JsonPath): Refusal | null {
  const fields = listAt(filter, 'fields');
  if (isMissing(filter, 'expr') || fields.length === 0)
    return {
      rule: 'expr-filter',
      path,
      message: 'one of expr filters is not valid (expr and fields must be not empty)',
    };
  return fields.some((field) => isMissing(field, 'path') || isMissing(field, 'name'))
    ? {
        rule: 'expr-filter',
        path,
        message: 'one of expr filters is not valid (path and name in a field must be not empty)',
      }
    : null;
}

function refusedData(filter: JsonValue, path: JsonPath): Refusal | null {
  const comparator = textAt(filter, 'comparator') ?? '';
  if (!['', '>=', '>', '=', '!=', '<', '<='].includes(comparator))
    return {
      rule: 'comparator',
      path: [...path, 'comparator'],
      message: `comparator ${comparator} not supported`,
    };
  const values = listAt(filter, 'value');
  return isMissing(filter, 'path') || isMissing(filter, 'type') || values.length === 0 || values.includes('')
    ? {
        rule: 'data-filter',
        path,
        message: 'one of data filters is not valid (type, path and value must be not empty)',
      }
    : null;
}

function refusedContext(filter: JsonValue | undefined, path: JsonPath): Refusal | null {
  return isObject(filter) && contextKeys.every((key) => isMissing(filter, key))
    ? {
        rule: 'context-filter-empty',
        path,
        message: 'no fields specified in ctx filter (aka all events will be discarded)',
      }
    : null;
}

function refusedTime(filter: JsonValue | undefined, path: JsonPath): Refusal | null {
  if (!isObject(filter)) return null;
  const zone = textAt(filter, 'timezone') ?? '';
  if (!isTimeZone(zone)) return { rule: 'time-filter', path, message: `invalid timezone '${zone}'` };
  const [start, stop] = [textAt(filter, 'start') ?? '', textAt(filter, 'stop') ?? ''];
  for (const time of [start, stop])
    if (clockOf(time) === null)
      return { rule: 'time-filter', path, message: `cannot parse \`${time}\` as hh:mm:ss` };
  return clockOf(start) === clockOf(stop)
    ? {
        rule: 'time-filter',
        path,
        message: `invalid event time filter: stop '${stop}' is equal to start '${start}`,
      }
    : null;
}

/** The first of a list that is refused. */
export function first(
  values: readonly JsonValue[],
  path: JsonPath,
  refusedOf: (value: JsonValue, path: JsonPath) => Refusal | null,
): Refusal | null {
  for (const [index, value] of values.entries()) {
    const refused = refusedOf(value, [...path, index]);
    if (refused !== null) return refused;
  }
  return null;
}
