import type { VerdictOf } from '../../checks/index.ts';
import { become } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';

/** `::diagram` and ` ```d2 ` become a drawing. */
export const writeDiagram: StatementWriter<VerdictOf<'d2' | 'diagram'>> = async (
  { result, unverified },
  { node },
  page,
) => {
  if (result) become(node, await page.draw(result, unverified));
};
