import { isObject, type JsonPath, type JsonValue } from '../base/index.ts';
import type { FoundAt, Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import { type Query, readExpression, type Subject, typeOf, yamlPath } from '../query/index.ts';
import type { DiagnosticSource, Place } from '../source/index.ts';

/** How many sources a diagnostic lists before it says "and N more". */
export const shownSources = 8;

/** A subject in a reader's words: `Namespace/observability`, `application obs-loki`. */
export function nameOf(platform: Platform, subject: Subject): string {
  const reference = subject.resource ? platform.referenceOf(subject.resource) : null;
  return typeOf(subject).nameOf(subject.record, reference);
}

/** A resource's line as one side of a diagnostic, the resource by its shortest name. */
export function sourceOf(
  platform: Platform,
  resource: Resource,
  role: string,
  path?: JsonPath,
): DiagnosticSource {
  return { ...platform.sourceOf(resource, role, path), resource: platform.referenceOf(resource) };
}

/** The line of a subject that an expression speaks of, as one side of a diagnostic. */
export function subjectSource(
  platform: Platform,
  subject: Subject,
  role: string,
  expression?: string,
): DiagnosticSource {
  const place = recordPlace(subject, expression);
  if (subject.resource && !place) {
    const path = expression === undefined ? ['metadata', 'name'] : firstPath(subject, expression);
    return sourceOf(platform, subject.resource, role, path);
  }
  const reference = subject.resource ? platform.referenceOf(subject.resource) : null;
  return { ...(place ?? nowhere), resource: reference, path: null, role, via: [] };
}

/** `wave is 0`, for the first field of the expression that has a value; null where there is none to tell. */
export function actualOf(query: Query, subject: Subject, expression: string): string | null {
  const told = readExpression(expression)
    .fields.slice(0, 3)
    .map(({ text }) => ({ text, value: query.evaluate(text, subject) }))
    .map(({ text, value }) => {
      if (!value.ok) return `${text} is not set`;
      // A whole mapping would be too long for the sentence.
      return isObject(value.value)
        ? `${text} has ${Object.keys(value.value).length} keys`
        : `${text} is ${show(value.value)}`;
    });
  const distinct = [...new Set(told)];
  return distinct.length > 0 ? distinct.join(', ') : null;
}

/** A JSON value in a sentence. */
function show(value: JsonValue): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

function firstPath(subject: Subject, expression: string) {
  for (const { path } of readExpression(expression).fields) {
    const found = yamlPath(subject.kind, path);
    if (found) return found;
  }
  return undefined;
}

/** A line of its own, finer than its resource's; the record's where there is no resource. */
function recordPlace(subject: Subject, expression: string | undefined): Place | null {
  const type = typeOf(subject);
  const fields = expression === undefined ? [] : readExpression(expression).fields.map(({ path }) => path);
  return type.placeOf?.(subject.record, fields) ?? (subject.resource ? null : type.originOf(subject.record));
}

const nowhere: Place = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Where a resource says its wave. */
export const wavePath: JsonPath = ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'];

/** A line that the model found, as one side of a diagnostic. */
export function inRole({ via, ...at }: FoundAt, role: string): DiagnosticSource {
  return { ...at, role, via };
}
