import { fields, type QueryError, type SubjectKind, shownAs } from '../query/index.ts';
import type { TableView, ViewColumn } from './types.ts';

/**
 * What a column is in an expression about a row of its view (`prune` is `syncPolicy.prune`); null where the
 * view works it out itself.
 */
export function columnInCel(subject: SubjectKind, { name, cel }: ViewColumn): string | null {
  if (cel !== undefined) return cel;
  const isField = [...fields[subject], ...fields.resource].some((field) => field.name === name);
  return isField ? name : (shownAs(subject, name) ?? null);
}

/** What a column holds, as a phrase of Markdown. */
export function columnSays(subject: SubjectKind, column: ViewColumn): string {
  if (column.says !== undefined) return column.says;
  const name = columnInCel(subject, column)?.split('.')[0];
  // The last of a name is the record's own.
  return [...fields.resource, ...fields[subject]].findLast((field) => field.name === name)?.says ?? '';
}

/** The error of an expression, with what to write where it takes a column of the view for a name. */
export function aboutColumns(error: QueryError, { subject, columns }: TableView): QueryError {
  const name = error.expression.slice(error.offset, error.offset + error.length);
  const column = columns.find((one) => one.name === name);
  // A column may be called as a reserved word of CEL is.
  if (column === undefined || !['unknown', 'syntax'].includes(error.reason)) return error;
  const cel = columnInCel(subject, column);
  return {
    ...error,
    candidates: cel === null ? [] : [cel],
    help:
      cel === null
        ? `\`${name}\` is worked out by the table: \`columns\`, \`sort\` and \`group\` know it, expressions do not`
        : `what this table shows as \`${name}\` is \`${cel}\` in expressions`,
  };
}
