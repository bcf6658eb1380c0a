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
  const slug = slugAt(address, base);
  if (whole !== null) return whole.find((page) => page.slug === slug)?.file;
  return (await pages.address(slug))?.file ?? undefined;
}

/** The slug of the page at an address below the base; that of the first is `index`. */
export function slugAt(address: string, base: string): string {
  const start = base.replace(/\/$/, '');
  const path = address.replace(/[?#].*$/, '');
  const slug = path.startsWith(start) ? path.slice(start.length) : path;
  return decoded(slug).replace(/^\/+|\/+$/g, '') || 'index';
}

/** As it is where it is no address. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
