import { h } from 'hastscript';
import type { VerdictOf } from '../../checks/index.ts';
import { resourceLink } from './hast.ts';
import { become } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';

/** The name of a resource leads to its page. */
export const writeReference: StatementWriter<VerdictOf<'reference'>> = ({ result }, { node }, page) => {
  if (!result || node.type !== 'inlineCode') return;
  become(node, resourceLink(result.resource, page, [h('code', node.value)]));
};
