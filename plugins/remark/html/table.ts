import type { VerdictOf } from '../../checks/index.ts';
import { become } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';
import { tableElement } from './table-element.ts';

/** `::table` becomes a live table. */
export const writeTable: StatementWriter<VerdictOf<'table'>> = ({ result }, { node }, page) => {
  if (result) become(node, tableElement(result, page));
};
