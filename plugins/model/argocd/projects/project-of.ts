/** Which AppProject an Application means, in a repository that may hold several Argo CDs. */
import type { BuildContext } from '../../context.ts';
import { sharedFolders } from '../../nearest-file.ts';
import type { Resource } from '../../types.ts';

/**
 * Argo CD looks a project up in its own namespace: the application's, or where the project stands. Of several
 * of one name, each is another Argo CD's: meant is the one that comes with the application, else the nearest.
 */
export function projectNamed(name: string, application: Resource, { lookup }: BuildContext): NamedProject {
  const all = lookup.ofKind('argoproj.io', 'AppProject').filter((project) => project.name === name);
  const own = all.filter(({ namespace }) => namespace === application.namespace);
  const candidates = own.length > 0 ? own : all;
  const [first, ...others] = candidates;
  if (first === undefined || others.length === 0) return { project: first, isCertain: true };
  const ranked = candidates
    .map((project) => ({ project, rank: rankOf(project, application) }))
    .toSorted((a, b) => b.rank - a.rank);
  const near = ranked.filter(({ rank }) => rank === ranked[0]?.rank).map(({ project }) => project);
  return {
    project: near[0],
    isCertain: new Set(near.map(({ rendered }) => JSON.stringify(rendered.spec))).size === 1,
  };
}

function rankOf(project: Resource, { deployer, origin }: Resource): number {
  const nearness = sharedFolders(project.origin.file, origin.file);
  if (deployer === null || project.deployer === null) return nearness;
  return nearness + (project.deployer === deployer ? 2 : 1) * deeperThanAnyFolder;
}

const deeperThanAnyFolder = 10_000;

interface NamedProject {
  /** Undefined where no manifest declares one of the name. */
  project: Resource | undefined;
  /** False where others that say something else could be meant as well. */
  isCertain: boolean;
}
