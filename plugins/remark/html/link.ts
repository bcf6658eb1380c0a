import type { Lead, VerdictOf } from '../../checks/index.ts';
import { setLink } from '../../markdown/index.ts';
import type { PageLinks } from './hast.ts';
import type { StatementWriter } from './statement-writer.ts';

/**
 * A link to a file, which works on any Git host, gets its address on the site: a page of the docs its own,
 * any other file of the repository that of the place where it is read.
 */
export const writeLink: StatementWriter<VerdictOf<'link'>> = (
  { statement, result },
  { node, ancestors },
  { links },
) => {
  const address = result?.lead ? addressOf(result.lead, links) : null;
  const root = ancestors[0]?.type === 'root' ? ancestors[0] : undefined;
  if (address !== null) setLink(node, statement.at, address, root);
};

export function addressOf(lead: Lead, links: PageLinks): string | null {
  if (links.writesLinks === false) return null;
  if (lead.to === 'file') {
    const { file, line } = lead;
    return links.place({ file, line, column: 1, endLine: line, endColumn: 1 });
  }
  const page = links.page(lead.slug);
  return page === null ? null : page + lead.rest;
}
