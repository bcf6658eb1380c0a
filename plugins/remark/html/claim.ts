import type { VerdictOf } from '../../checks/index.ts';
import { markElement, unreadWords } from './hast.ts';
import { dress } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';

/** The sentence keeps its markup; the mark comes behind it. */
export const writeClaim: StatementWriter<VerdictOf<'claim'>> = (
  { result, outcome, unverified },
  { node },
  page,
) => {
  const [tag, className]: [string, string[]] =
    node.type === 'containerDirective' ? ['div', ['pl-claim', 'pl-claim-block']] : ['span', ['pl-claim']];
  if (!result) {
    dress(node, tag, className);
    return;
  }
  const { summary, looked, total } = result;
  const more = total - looked.length;
  const names = `${looked.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const told = [`${summary}${names === '' ? '' : `: ${names}`}`, ...unreadWords(unverified)].join('; ');
  const last = markElement(told, outcome === 'true', page.commit ?? null);
  dress(node, tag, className, { last });
};
