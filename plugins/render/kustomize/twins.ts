/** Kustomizations that are the same but for where they lie, as the clusters of one platform often have. */
import { posix } from 'node:path';
import { digestOf, whileSame } from '../../base/index.ts';
import type { Closure, Closures } from '../analysis/closure.ts';
import type { Repository } from '../repository-files.ts';
import type { Traced } from './engine-annotations.ts';

/**
 * What kustomize writes of a folder tells nothing of where it lies: paths in it are relative to the folder.
 * So of several that hold the same, at the same paths from each, one run answers for all. A refusal names
 * places and is asked for by each, and so is what starts Helm.
 * @param folders those that are to be built.
 */
export function openTwins(
  folders: readonly string[],
  closures: Closures,
  { isTolerant, repository }: TwinContext,
): Twins {
  const keys = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const folder of folders) {
    const closure = closures.closure(folder);
    if (closure.analyses.some((one) => one.charts)) continue;
    const key = relativeKey(folder, closure, isTolerant, repository);
    keys.set(folder, key);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const running = new Map<string, Promise<Told | null>>();
  return {
    async textOf(folder, run) {
      const key = keys.get(folder);
      if (key === undefined || (counts.get(key) ?? 0) < 2) return run(null);
      const earlier = running.get(key);
      const told = earlier === undefined ? null : await earlier;
      if (told !== null) return run({ told });
      let tell: (told: Told | null) => void = () => undefined;
      if (earlier === undefined) running.set(key, new Promise((settle) => (tell = settle)));
      try {
        return await run({ tell });
      } finally {
        // Where nothing was told there is nothing to take over.
        tell(null);
      }
    },
  };
}

/** All that goes into a build, by paths from its folder. */
function relativeKey(
  folder: string,
  closure: Closure,
  isTolerant: TwinContext['isTolerant'],
  { unrestricted }: Repository,
): string {
  const tolerant = closure.analyses.map(isTolerant);
  return sameKey(closure, [unrestricted, ...tolerant], () =>
    digestRelative(folder, closure, tolerant, unrestricted),
  );
}

const sameKey = whileSame<Closure, string>();

function digestRelative(
  folder: string,
  { analyses, files }: Closure,
  tolerant: readonly boolean[],
  unrestricted: boolean,
): string {
  const from = (path: string): string => posix.relative(folder, path);
  return digestOf(
    JSON.stringify([
      unrestricted,
      files.map(({ path, hash }) => [from(path), hash]),
      analyses.map((one, index) => [
        from(one.directory),
        one.removals,
        one.rewrites,
        one.options,
        one.generated,
        tolerant[index],
      ]),
    ]),
  );
}

interface TwinContext {
  isTolerant(analysis: Closure['analyses'][number]): boolean;
  repository: Repository;
}

/** The output of another one that is the same, or what takes it for others; null where there are none. */
export type Twin = { told: Told } | { tell(told: Told): void } | null;

/** An output, and where its objects come from, unless that stands in it. */
interface Told {
  text: string;
  traced: readonly Traced[] | null;
}

export interface Twins {
  /** Runs it once nobody else does who could answer for it. */
  textOf<Result>(folder: string, run: (twin: Twin) => Promise<Result>): Promise<Result>;
}
