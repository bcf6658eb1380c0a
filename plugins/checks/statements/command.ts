import { ignoredByGit, type Unverified } from '../../source/index.ts';
import { answer } from '../commands/answer.ts';
import { lostMove } from '../commands/command-paths.ts';
import { commandsIn, createCommandFinder } from '../commands/find-commands.ts';
import { makesOf } from '../commands/made.ts';
import { questionsOf } from '../commands/questions.ts';
import type { About, Answer, CommandStatement } from '../commands/types.ts';
import { missingFile } from '../rules/pages/command-unknown.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext } from '../types.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';

/** A command of a shell fence whose program is known here. */
export const command = {
  counted: { as: 'commands', one: 'command', many: 'commands', isHeld },
  share: {
    as: 'commands',
    one: 'command',
    isHeld,
    unstated: (node, stated) => Math.max(0, commandsIn(node) - stated),
  },
  inSentences: false,
  find: createCommandFinder,
  judge: judgeCommand,
  nameOf: ({ program, words }) => [program, ...words.map(({ text }) => text)].join(' '),
  mentions: ({ result }, { kind, name }) => result?.looked.includes(`${kind} ${name}`) ?? false,
} as const satisfies StatementKind<CommandVerdict>;

/**
 * Names in a command must be names of the model. The command is never run. What the model cannot know (gaps,
 * Pods, kinds of nobody's, what the page made itself) is not asked; what an unread chart may have brought is
 * `unverified`.
 */
async function judgeCommand(
  statement: CommandStatement,
  { platform }: CheckContext,
): Promise<CommandVerdict> {
  const { questions, elsewhere = false } = questionsOf(statement);
  const makes = makesOf(statement, platform);
  const about: About = { platform, statement, makes };
  const lost = lostMove(statement, platform);
  const all: Answer[] = [
    ...(lost === null ? [] : [{ looked: lost.path, path: lost.path, fault: missingFile(about, lost) }]),
    ...questions.flatMap((question) => answer(question, about) ?? []),
  ];
  const answers = await withoutMade(all, platform.config);
  // Of another cluster than that of the manifests nothing can be called wrong.
  const faults = elsewhere ? [] : answers.flatMap(({ fault }) => fault ?? []);
  const unverified = answers.flatMap((one) => openOf(one, statement, elsewhere));
  return verdictOf(statement, faults.length > 0 ? 'false' : unverified.length > 0 ? 'unverified' : 'true', {
    diagnostics: faults,
    unverified,
    result: { looked: answers.map(({ looked }) => looked) },
  });
}

/** Files that Git is told to ignore are made by a set-up, so they are not asked for. */
async function withoutMade(answers: Answer[], place: Parameters<typeof ignoredByGit>[0]): Promise<Answer[]> {
  const gone = answers.filter(({ fault, path }) => fault !== undefined && path !== undefined);
  const ignored = await ignoredByGit(
    place,
    gone.flatMap(({ path }) => path ?? []),
  );
  return answers.filter(({ fault, path }) => fault === undefined || path === undefined || !ignored.has(path));
}

function openOf(
  { looked, fault, unverified }: Answer,
  { place }: CommandStatement,
  elsewhere: boolean,
): Unverified[] {
  const why = unverified ?? (fault && elsewhere ? 'the command names a cluster of its own' : undefined);
  return why === undefined ? [] : [{ kind: 'command', what: `${looked} in a command`, why, origin: place }];
}

/** A command that names nothing of the platform (`kubectl get nodes`) is held to nothing. */
function isHeld({ result }: CommandVerdict): boolean {
  return result === null || result.looked.length > 0;
}

interface CommandResult {
  /** What was looked up, in words. */
  looked: string[];
}

type CommandVerdict = VerdictBase<CommandStatement, CommandResult>;
