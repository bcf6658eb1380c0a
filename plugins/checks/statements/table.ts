import type { Attributes } from '../../markdown/index.ts';
import type { ViewFault } from '../../views/index.ts';
import { type TableOptions, tableOf } from '../../views/index.ts';
import { unknownAttributes } from '../attribute-checks.ts';
import { suggestion } from '../diagnose.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import { queryFault } from '../rules/pages/query-invalid.ts';
import type { CheckContext, Statement, TableStatement } from '../types.ts';
import type { VerdictOf } from '../verdict.ts';

/** `::table{…}` is true when it can be made: its rows come from the model. */
export function judgeTable(statement: TableStatement, { platform, query }: CheckContext): VerdictOf<'table'> {
  const { attributes } = statement;
  const unknown = unknownAttributes(statement, attributeNames, '`::table`');
  const made = tableOf(platform, query, optionsFrom(attributes));
  const faults = made.ok
    ? []
    : made.faults.filter((fault) => !isMisspelt(fault, unknown)).map((fault) => viewFault(statement, fault));
  const diagnostics = [...unknown, ...faults];
  return {
    statement,
    outcome:
      diagnostics.length > 0
        ? 'invalid'
        : made.ok && made.table.unverified.length > 0
          ? 'unverified'
          : 'true',
    diagnostics,
    unverified: made.ok ? made.table.unverified : [],
    result: made.ok ? made.table : null,
  };
}

/** True where the attribute that a view misses is there under a wrong name, which is already told. */
export function isMisspelt(fault: ViewFault, unknown: Diagnostic[]): boolean {
  return unknown.some((diagnostic) => diagnostic.candidates[0] === fault.attribute);
}

/** A view's fault as a diagnostic at the attribute that caused it, or at the statement where the attribute is absent. */
export function viewFault(statement: Statement & { attributes: Attributes }, fault: ViewFault): Diagnostic {
  const attribute = statement.attributes[fault.attribute];
  if (attribute && fault.query) return queryFault(attribute, fault.attribute, fault.query);
  return formFault(statement, fault.message, {
    place: attribute?.place ?? statement.place,
    candidates: fault.candidates,
    help: suggestion(fault.candidates),
  });
}

function optionsFrom(attributes: Attributes): TableOptions {
  const given = attributeNames.flatMap((name) => {
    const attribute = attributes[name];
    return attribute ? [[name, attribute.value]] : [];
  });
  return { view: '', ...Object.fromEntries(given) };
}

const attributeNames = [
  'view',
  'where',
  'columns',
  'sort',
  'group',
  'caption',
  'limit',
] as const satisfies (keyof TableOptions)[];
