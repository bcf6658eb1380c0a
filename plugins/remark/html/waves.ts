import { h } from 'hastscript';
import type { VerdictOf } from '../../checks/index.ts';
import { become } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';
import { wavesElement } from './waves-element.ts';

/** `::waves` becomes the lanes of an application, or the map of all. */
export const writeWaves: StatementWriter<VerdictOf<'waves'>> = (
  { result, outcome, statement },
  { node },
  page,
) => {
  if (result) become(node, wavesElement(result, page, result.title));
  else if (outcome === 'true')
    become(node, h('p', { class: 'pl-empty' }, statement.attributes.empty?.value.trim()));
};
