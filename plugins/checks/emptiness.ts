import { counted as countedWords } from '../base/index.ts';
import type { Attributes } from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Query, SubjectKind } from '../query/index.ts';
import type { DiagnosticOf } from '../source/index.ts';
import { emptyFault, rowlessFault } from './rules/pages/claim-empty.ts';
import { formFault } from './rules/pages/directive-invalid.ts';
import type { StatementBase } from './types.ts';

/** The attribute by which a statement gives the reason why it may select nothing. */
export const emptyAttribute = 'empty';

/** The author's reason why a statement may select nothing; null where it may not. */
export function emptyReason({ empty }: Attributes): string | null {
  return empty?.value.trim() || null;
}

/** What is wrong with `empty` itself: it gives no reason, or what is selected is something after all. */
export function emptyAttributeFaults(
  statement: StatementBase & { attributes: Attributes },
  found: number,
  [one, many]: readonly [one: string, many: string],
): DiagnosticOf<'directive-invalid'>[] {
  const { empty } = statement.attributes;
  if (!empty) return [];
  const place = empty.namePlace;
  if (emptyReason(statement.attributes) === null)
    return [formFault(statement, '`empty` gives no reason', { place, help: 'write `empty="why"`' })];
  if (found === 0) return [];
  const message = `\`empty\` is not so: there ${found === 1 ? 'is' : 'are'} ${countedWords(found, one, many)}`;
  return [formFault(statement, message, { place, help: 'leave `empty` out' })];
}

/** The fault of a view that shows nothing: the part of `where` that is to blame, else the view. */
export function emptyViewFault(
  statement: StatementBase & { attributes: Attributes },
  { platform, query }: { platform: Platform; query: Query },
  subject: SubjectKind | null,
  what: string,
): DiagnosticOf<'claim-empty'> {
  const { where, view } = statement.attributes;
  const selected = where && subject !== null ? query.select(where.value, subject) : undefined;
  if (where && subject !== null && selected?.ok === true && selected.value.length === 0)
    return emptyFault(platform, query, where, subject, {
      about: `${statement.type}|${view?.value}`,
      what: `the ${what} shows nothing: \`where\``,
      mayBeEmpty: true,
    });
  const about = `${statement.type}|${view?.value}|${where?.value ?? ''}`;
  const none = view
    ? `the view \`${view.value}\` has none of that here`
    : `there is no ${subject ?? 'row'} here`;
  return rowlessFault({
    about,
    page: (where ?? view)?.place ?? statement.place,
    message: `the ${what} shows nothing: ${none}`,
  });
}
