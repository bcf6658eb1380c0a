import type { VerdictOf } from '../../checks/index.ts';
import { markElement } from './hast.ts';
import { dress } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';

/** The sentence keeps its markup; the mark comes behind it. */
export const writeClaim: StatementWriter<VerdictOf<'claim'>> = ({ result, outcome }, { node }, page) => {
  const [tag, className]: [string, string[]] =
    node.type === 'containerDirective' ? ['div', ['pl-claim', 'pl-claim-block']] : ['span', ['pl-claim']];
  if (!result) {
    dress(node, tag, className);
    return;
  }
  const { summary, looked, total } = result;
  const more = total - looked.length;
  const names = `${looked.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const last = markElement(`${summary}: ${names}`, outcome === 'true', page.commit ?? null);
  dress(node, tag, className, { last });
};
