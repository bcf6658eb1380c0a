import type { Attribute } from '../../../markdown/index.ts';
import type { QueryError } from '../../../query/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import type { PageRule } from '../rule.ts';

export const queryInvalid = {
  name: 'query-invalid',
  about: 'page',
  severity: 'error',
  title: 'an expression does not make sense',
  explain: `Selections and tests are CEL. An expression that does not parse, names an unknown field or is not of the right type is pointed at where it goes wrong.`,
  silent: `Where an expression asks for a resource or key that something unread may bring: the statement is *not verified*. An expression that does not parse, or names no known field, is always told.`,
  failing: `::table{view="resources" where="kind = 'Namespace'"}
`,
  mended: `::table{view="resources" where="kind == 'Namespace'"}
`,
} as const satisfies PageRule;

/** A CEL fault, with the caret inside the attribute's value. */
export function queryFault(
  attribute: Attribute,
  name: string,
  error: QueryError,
): DiagnosticOf<'query-invalid'> {
  return diagnose(queryInvalid, {
    about: `${name}=${error.expression}|${error.message}`,
    page: attribute.at(error.offset, error.length),
    message: `\`${name}\`: ${error.message}`,
    candidates: error.candidates,
    help:
      error.help ??
      suggestion(error.candidates) ??
      'expressions are CEL: `plumbline explain expressions` lists what they may name',
  });
}
