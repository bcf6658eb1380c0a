import type { Nodes } from 'mdast';
import type { Located } from '../../checks/index.ts';
import { markOf } from '../../checks/index.ts';
import type { Table } from '../../views/index.ts';
import type { ElementContext } from './hast.ts';
import { live } from './live.ts';
import { tableElement } from './table-element.ts';

/** On the site a true snapshot is the live table that it was written from, with its links and its filter. */
export function placeSnapshot({ node, ancestors }: Located, table: Table, page: ElementContext): void {
  const siblings: Nodes[] = ancestors.at(-1)?.children ?? [];
  const start = siblings.indexOf(node);
  const length = siblings.slice(start + 1).findIndex((sibling) => markOf(sibling)?.isEnd);
  if (length < 1) return;
  siblings.splice(start + 1, length, live(tableElement(table, page)));
}
