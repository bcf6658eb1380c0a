import { h } from 'hastscript';
import type { VerdictOf } from '../../checks/index.ts';
import { unreadWords } from './hast.ts';
import { become, dress } from './live.ts';
import type { StatementWriter } from './statement-writer.ts';

/** `:fact` becomes its literal, which tells on hover what was counted. */
export const writeFact: StatementWriter<VerdictOf<'fact'>> = (verdict, { node }, { speech }) => {
  const { result, outcome, statement, unverified } = verdict;
  // A stale fact whose fault is suppressed or off stands as its author wrote it.
  if (!result || outcome === 'false') {
    dress(node, 'span', ['pl-fact']);
    return;
  }
  const { count, value, empty } = statement.attributes;
  const asked = count ? speech.say('fact.counted', { test: count.value }) : `${value?.value ?? ''}`;
  const title = [asked, ...(empty ? [empty.value.trim()] : []), ...unreadWords(unverified, speech)].join(
    '; ',
  );
  become(node, h('span', { class: 'pl-fact', title }, result.text));
};
