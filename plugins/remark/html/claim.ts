import type { ClaimFound, VerdictOf } from '../../checks/index.ts';
import type { Speech } from '../../words/index.ts';
import { markElement, unreadWords } from './hast.ts';
import { dress } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';

/** `all of 3 resources: wave == 0; where kind == 'Namespace'`. */
function findingWords(found: ClaimFound, { say }: Speech): string {
  if (found.is === 'asked') return found.test;
  const { where } = found;
  if (found.is === 'none known') return say('claim.noneKnown', { where });
  const { quantifier, kind, holds, passed, test } = found;
  const total = { key: `subject.${kind}`, values: { count: found.total } };
  const what =
    test === null
      ? say('claim.count', { total })
      : say(quantifier === 'count' ? 'claim.countOf' : `claim.${quantifier}`, { total, holds, test });
  const said = passed ? what : say('claim.false', { what });
  return where.trim() === 'true' ? said : say('claim.where', { what: said, where });
}

/** `Namespace/a, b, c`: a kind is said once for all that follow it. */
function listed(references: readonly string[]): string {
  const kindOf = (reference: string | undefined) => /^[A-Z]\w*\//.exec(reference ?? '')?.[0] ?? '';
  return references
    .map((one, index) =>
      kindOf(one) === kindOf(references[index - 1]) ? one.slice(kindOf(one).length) : one,
    )
    .join(', ');
}

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
  const { found, looked, total } = result;
  const { speech } = page;
  const more = total - looked.length;
  const shown = listed(looked);
  const names = more > 0 ? speech.say('names.more', { names: shown, count: more }) : shown;
  const told = [
    `${findingWords(found, speech)}${names === '' ? '' : `: ${names}`}`,
    ...unreadWords(unverified, speech),
  ].join('; ');
  const last = markElement(told, outcome === 'true', page);
  dress(node, tag, className, { last });
};
