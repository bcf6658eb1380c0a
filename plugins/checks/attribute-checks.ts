import { counted as countedWords, nearest } from '../base/index.ts';
import type { Attributes } from '../markdown/index.ts';
import { kindOfList, overName, type SubjectKind, subjectKinds, subjectTypes } from '../query/index.ts';
import type { DiagnosticOf } from '../source/index.ts';
import { suggestion } from './diagnose.ts';
import { formFault } from './rules/pages/directive-invalid.ts';
import type { StatementBase } from './types.ts';

/** A fault for each attribute that the statement does not know, at its name. */
export function unknownAttributes(
  statement: StatementBase & { attributes: Attributes },
  known: readonly string[],
  what: string,
  noun: 'attribute' | 'option' = 'attribute',
): DiagnosticOf<'directive-invalid'>[] {
  return Object.entries(statement.attributes)
    .filter(([name]) => !known.includes(name))
    .map(([name, attribute]) => {
      const candidates = nearest(name, known);
      return formFault(statement, `${what} has no ${noun} \`${name}\``, {
        place: attribute.namePlace,
        candidates,
        help: suggestion(candidates, known),
      });
    });
}

/** The kind of subject that `over="…"` names; `resource` where it is not given. */
export function subjectKind(
  statement: StatementBase & { attributes: Attributes },
): { ok: true; kind: SubjectKind } | { ok: false; fault: DiagnosticOf<'directive-invalid'> } {
  const over = statement.attributes.over;
  if (over === undefined) return { ok: true, kind: 'resource' };
  const kind = kindOfList(over.value);
  if (kind !== undefined) return { ok: true, kind };
  const names = subjectKinds.map(overName);
  const candidates = nearest(over.value, names);
  const fault = formFault(statement, `\`over\` knows no \`${over.value}\``, {
    place: over.place,
    candidates,
    help: suggestion(candidates, names),
  });
  return { ok: false, fault };
}

/** `1 resource`, `2 policies`: policies are counted by their rules, as the query sees them. */
export function counted(count: number, kind: SubjectKind): string {
  const { one, many } = subjectTypes[kind];
  return countedWords(count, one, many);
}
