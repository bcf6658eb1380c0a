/** To start kustomize takes as long as a small build: several that are told apart share a start. */
import { foreseeStaged, startTogether } from './attempt.ts';
import { apart, areStrangers, type Member, memberOf } from './batch-member.ts';
import { noAnswers, type RenderPass, type Together } from './render-pass.ts';
import { openStage } from './stage.ts';

/**
 * Folders that wait for an engine are built with the first of them, as many as fit. Which ones those are
 * hangs on what waits; what the engine writes of each does not. Where it refuses them, or does not come to an
 * end, each is built alone.
 */
export function openTogether(pass: RenderPass): Together {
  const waiting = new Map<string, Tell>();
  const members = new Map<string, Promise<Member | null>>();
  const stage = () => {
    pass.stage ??= openStage(pass.repository);
    return pass.stage;
  };
  const memberIn = (directory: string): Promise<Member | null> => {
    // What cannot be copied is told where it is built alone.
    const member =
      members.get(directory) ?? findMember(directory, { stage: stage(), pass }).catch(() => null);
    members.set(directory, member);
    return member;
  };
  /** Nobody else takes it from then on. */
  const take = (directory: string): Tell | undefined => {
    const tell = waiting.get(directory);
    waiting.delete(directory);
    return tell;
  };
  /** One that waits, or else the first that does, with those that can share its build. */
  const groupOf = async (first: string): Promise<Taken[]> => {
    const group: Taken[] = [];
    let objects = 0;
    for (const directory of new Set([first, ...waiting.keys()])) {
      if (group.length === mostFolders) break;
      if (!waiting.has(directory)) continue;
      const member = await memberIn(directory);
      const fits = member !== null && objects * member.objects <= mostComparisons;
      if (member !== null && !(fits && group.every((one) => areStrangers(one.member, member)))) continue;
      const tell = take(directory);
      if (member === null || tell === undefined) tell?.(null);
      else {
        group.push({ member, tell });
        objects += member.objects;
      }
    }
    return group;
  };
  const build = async (first: string): Promise<void> => {
    const group = await groupOf(first);
    let texts: ReadonlyMap<string, string> | null = null;
    try {
      if (group.length > 1) texts = await buildTogether(group, { stage: stage(), pass });
    } finally {
      for (const { member, tell } of group) tell(texts?.get(member.directory) ?? null);
    }
  };
  return {
    textOf: (directory) =>
      new Promise((settle) => {
        waiting.set(directory, settle);
        // Its own turn is the last in which it can be built with others.
        pass.limit(() => build(directory)).catch(() => take(directory)?.(null));
      }),
  };
}

async function findMember(directory: string, { stage, pass }: Shared): Promise<Member | null> {
  const closure = pass.closures.closure(directory);
  const [analysis] = closure.analyses;
  if (analysis === undefined) return null;
  const staged = { directory, closure, removed: new Map(), cluster: noAnswers, stage, pass };
  return memberOf(directory, closure, await foreseeStaged(analysis, staged), pass.repository);
}

async function buildTogether(group: readonly Taken[], shared: Shared): Promise<Map<string, string> | null> {
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
/** Null where it is to be built alone. */
type Tell = (text: string | null) => void;

interface Taken {
  member: Member;
  tell: Tell;
}
