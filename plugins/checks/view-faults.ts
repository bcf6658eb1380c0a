import type { Attributes } from '../markdown/index.ts';
import type { ViewFault } from '../views/index.ts';
import { suggestion } from './diagnose.ts';
import type { Diagnostic } from './diagnostic.ts';
import { formFault } from './rules/pages/directive-invalid.ts';
import { queryFault } from './rules/pages/query-invalid.ts';
import type { StatementBase } from './types.ts';

/** True where the attribute that a view misses is there under a wrong name, which is already told. */
export function isMisspelt(fault: ViewFault, unknown: Diagnostic[]): boolean {
  return unknown.some((diagnostic) => diagnostic.candidates[0] === fault.attribute);
}

/**
 * A view's fault as a diagnostic at the attribute that caused it, or at the statement where the attribute is
 * absent.
 */
export function viewFault(
  statement: StatementBase & { attributes: Attributes },
  fault: ViewFault,
): Diagnostic {
  const attribute = statement.attributes[fault.attribute];
  if (attribute && fault.query) return queryFault(attribute, fault.attribute, fault.query);
  return formFault(statement, fault.message, {
    place: attribute?.place ?? statement.place,
    candidates: fault.candidates,
    help: suggestion(fault.candidates),
  });
}
