import type { Nodes } from 'mdast';
import { markOf, type VerdictOf } from '../../checks/index.ts';
import { live } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';
import { tableElement } from './table-element.ts';

/** On the site a true snapshot is the live table that it was written from, with its links and its filter. */
export const writeSnapshot: StatementWriter<VerdictOf<'snapshot'>> = (
  { result },
  { node, ancestors },
  page,
) => {
  if (!result) return;
  const siblings: Nodes[] = ancestors.at(-1)?.children ?? [];
  const start = siblings.indexOf(node);
  const length = siblings.slice(start + 1).findIndex((sibling) => markOf(sibling)?.isEnd);
  if (length < 1) return;
  siblings.splice(start + 1, length, live(tableElement(result, page)));
};
