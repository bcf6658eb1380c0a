/** To start kustomize takes as long as a small build: several that are told apart share a start. */
import { compareText } from '../../base/index.ts';
import { noAnswers, type RenderPass, restrictionsOf, type Together } from '../render-pass.ts';
import { foreseeStaged, startTogether } from './attempt.ts';
import { apart, areStrangers, type Member, memberOf } from './batch-member.ts';
import { openStage } from './stage.ts';

/**
 * Folders that can share a start wait until it is known of all that were asked for whether they can; those
 * that cannot are built meanwhile. What the engine writes of each does not hang on the others. Where it
 * refuses a group, or does not come to an end, each is built alone.
 */
export function openTogether(pass: RenderPass): Together {
  let waiting: Waiting[] = [];
  let unknown = 0;
  const shared = (): Shared => {
    if (pass.stage === undefined) {
      const waiting = pass.engine && pass.standby?.take(pass.engine, restrictionsOf(pass));
      if (waiting) pass.waiting = waiting;
      pass.stage = openStage(pass.repository, null, waiting ?? undefined);
    }
    return { stage: pass.stage, pass };
  };
  // What cannot be copied is told where it is built alone; the others must not wait for it.
  const memberIn = async (directory: string): Promise<Member | null> => {
    try {
      return await findMember(directory, shared());
    } catch {
      return null;
    }
  };
  const build = async (group: readonly Waiting[]): Promise<void> => {
    const isShared = group.length > 1 || pass.waiting !== undefined;
    const texts = isShared ? await buildTogether(group, shared()).catch(() => null) : null;
    for (const { member, tell } of group) tell(texts?.get(member.directory) ?? null);
  };
  return {
    async textOf(directory) {
      unknown += 1;
      const member = await memberIn(directory);
      unknown -= 1;
      const { promise: text, resolve: tell } = Promise.withResolvers<string | null>();
      if (member === null) tell(null);
      else waiting.push({ member, tell });
      if (unknown === 0) {
        for (const group of groupsOf(waiting)) build(group);
        waiting = [];
      }
      return text;
    },
  };
}

/** Each in the first group that it fits into; the largest first, so that small ones fill what they leave. */
function groupsOf(waiting: readonly Waiting[]): Waiting[][] {
  const groups: Waiting[][] = [];
  const sorted = waiting.toSorted(
    ({ member: a }, { member: b }) => b.objects - a.objects || compareText(a.directory, b.directory),
  );
  for (const one of sorted) {
    const group = groups.find((others) => fits(one, others));
    if (group === undefined) groups.push([one]);
    else group.push(one);
  }
  return groups;
}

function fits({ member }: Waiting, group: readonly Waiting[]): boolean {
  const objects = group.reduce((sum, other) => sum + other.member.objects, 0);
  return (
    group.length < mostFolders &&
    objects * member.objects <= mostComparisons &&
    group.every((other) => areStrangers(other.member, member))
  );
}

async function findMember(directory: string, { stage, pass }: Shared): Promise<Member | null> {
  const closure = pass.closures.closure(directory);
  const [analysis] = closure.analyses;
  if (analysis === undefined) return null;
  const staged = { directory, closure, removed: new Map(), cluster: noAnswers, stage, pass };
  return memberOf(directory, closure, await foreseeStaged(analysis, staged), pass.repository);
}

async function buildTogether(group: readonly Waiting[], shared: Shared): Promise<Map<string, string> | null> {
  const members = group.map(({ member }) => member);
  const output = await startTogether(
    members.map(({ directory }) => directory),
    shared,
  );
  return output.ok ? apart(output.text, members) : null;
}

const mostFolders = 40;
/** kustomize compares each object with every other: those of a folder with the rest in less than a start. */
const mostComparisons = 2000;

type Shared = { stage: NonNullable<RenderPass['stage']>; pass: RenderPass };

interface Waiting {
  member: Member;
  /** Null where it is to be built alone. */
  tell(text: string | null): void;
}
