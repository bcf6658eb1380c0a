import { kindOf } from '../../checks/index.ts';
import type { Engine, PageReport } from '../../engine/index.ts';
import type { Place } from '../../source/index.ts';
import type { StatementState } from '../client/toolbar-app.ts';

/** Everything that a page states, with how it fares, for the panel of whoever writes it. */
export function statementStates(
  report: PageReport | undefined,
  editAt: (place: Place) => string | null,
): StatementState[] {
  return (report?.verdicts ?? []).map((verdict) => {
    const { statement, outcome, diagnostics, unverified } = verdict;
    return {
      type: statement.type,
      name: kindOf(statement).nameOf(statement),
      line: statement.place.line,
      outcome,
      why: [
        ...diagnostics.map(({ message }) => message.replaceAll('`', '')),
        ...unverified.map(({ what, why }) => `${what}: ${why}`),
      ],
      edit: editAt(statement.place) ?? '',
    };
  });
}

/** The file of the page at an address below the base; undefined where it is made at build, or none. */
export async function pageFileAt(
  address: string,
  base: string,
  { pages }: Engine,
  whole: readonly { file: string; slug: string }[] | null,
): Promise<string | undefined> {
  const start = base.replace(/\/$/, '');
  const slug = decodeURI(address.startsWith(start) ? address.slice(start.length) : address).replace(
    /^\/+|\/+$/g,
    '',
  );
  if (whole !== null) return whole.find((page) => page.slug === slug)?.file;
  return (await pages.address(slug === '' ? 'index' : slug))?.file ?? undefined;
}
