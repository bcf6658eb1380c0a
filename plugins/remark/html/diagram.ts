import { h } from 'hastscript';
import type { VerdictOf } from '../../checks/index.ts';
import { become } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';

/** `::diagram` and ` ```d2 ` become a drawing. */
export const writeDiagram: StatementWriter<VerdictOf<'d2' | 'diagram'>> = async (
  { result, unverified, statement, outcome },
  { node },
  page,
) => {
  if (result) become(node, await page.draw(result, unverified));
  else if (outcome === 'true' && statement.type === 'diagram')
    become(node, h('p', { class: 'pl-empty' }, statement.attributes.empty?.value.trim()));
};
