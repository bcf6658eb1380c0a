/** Deployers of this repository that cannot be seen in it. */
import { oncePer } from '../base/index.ts';
import { type Platform, type UnreadPart, unreadParts } from '../platform/index.ts';
import type { UnverifiedKind } from '../source/index.ts';

/**
 * True where something that was not read may hold an Application that deploys from this repository: the
 * source of an Application that is not known, a set that was not expanded, a build that failed, a remote base
 * of nobody's, a chart of this repository that nobody renders.
 */
export const hasUnknownDeployers = oncePer((platform: Platform): boolean =>
  unreadParts(platform).some(mayDeploy),
);

/**
 * A chart of a registry, and a remote base in an application that is known, bring no Applications of a
 * platform.
 */
function mayDeploy({ unverified, deployer, set }: UnreadPart): boolean {
  if (set !== null) return true;
  if (unverified.kind === 'base') return deployer === null;
  if (unverified.kind !== 'chart') return deploying.has(unverified.kind);
  const { directory, name } = unverified.chart;
  return directory !== null || name === 'argocd-apps';
}

const deploying: ReadonlySet<UnverifiedKind> = new Set<UnverifiedKind>([
  'repository',
  'revision',
  'path',
  'plugin',
  'source',
  'refused',
  'jsonnet',
  'kustomization',
  'generator',
  'template',
]);
