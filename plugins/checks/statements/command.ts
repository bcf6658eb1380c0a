import type { Unverified } from '../../source/index.ts';
import { answer } from '../commands/answer.ts';
import { makesOf } from '../commands/made.ts';
import { questionsOf } from '../commands/questions.ts';
import type { About, Answer } from '../commands/types.ts';
import type { CheckContext, CommandStatement } from '../types.ts';
import type { VerdictOf } from '../verdict.ts';

/**
 * Names in a command must be names of the model. The command is never run. What the model cannot know (gaps, Pods, kinds of
 * nobody's, what the page made itself) is not asked; what an unread chart may have brought is `unverified`.
 */
export async function judgeCommand(
  statement: CommandStatement,
  { platform }: CheckContext,
): Promise<VerdictOf<'command'>> {
  const { questions, elsewhere = false } = questionsOf(statement);
  const makes = makesOf(statement, platform);
  const about: About = { platform, statement, makes };
  const answers = questions.flatMap((question) => answer(question, about) ?? []);
  // Of another cluster than that of the manifests nothing can be called wrong.
  const faults = elsewhere ? [] : answers.flatMap(({ fault }) => fault ?? []);
  const unverified = answers.flatMap((one) => openOf(one, statement, elsewhere));
  return {
    statement,
    outcome: faults.length > 0 ? 'false' : unverified.length > 0 ? 'unverified' : 'true',
    diagnostics: faults,
    unverified,
    result: { looked: answers.map(({ looked }) => looked) },
  };
}

function openOf(
  { looked, fault, unverified }: Answer,
  { place }: CommandStatement,
  elsewhere: boolean,
): Unverified[] {
  const why = unverified ?? (fault && elsewhere ? 'the command names a cluster of its own' : undefined);
  return why === undefined ? [] : [{ what: `${looked} in a command`, why, origin: place }];
}
