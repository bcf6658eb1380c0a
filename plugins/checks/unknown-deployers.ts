/** Who may deploy things of this repository without anybody here being able to see it. */
import { posix } from 'node:path';
import type { Platform } from '../platform/index.ts';
import type { Unverified, UnverifiedKind } from '../source/index.ts';
import { isPublicChart } from './commands/unseen.ts';

/**
 * True where something that was not read may hold an Application that deploys from this repository: the
 * source of an Application that is not known, a set that was not expanded, a build that failed, a remote base
 * of nobody's, a chart of this repository that nobody renders.
 */
export function hasUnknownDeployers(platform: Platform): boolean {
  const { model, rendered } = platform;
  const { applications, applicationSets } = model;
  const inApplications = new Set(applications.flatMap((one) => one.unverified.map(({ what }) => what)));
  return (
    applicationSets.some(({ unverified }) => unverified !== null) ||
    applications.some(({ unverified }) => unverified.some(mayDeploy)) ||
    model.unverified.some(
      (one) => mayDeploy(one) || (one.kind === 'base' && !inApplications.has(one.what)),
    ) ||
    rendered.diagnostics.some(({ rule }) => rule === 'render-failed') ||
    chartsOfNobody(platform).length > 0
  );
}

/** A public chart, and a remote base in an application that is known, bring no Applications of a platform. */
function mayDeploy(one: Unverified): boolean {
  return one.kind === 'chart' ? !isPublicChart(one) || one.chart.directory !== null : deploying.has(one.kind);
}

/**
 * Folders of charts that no Application and no kustomization renders; charts within charts are their
 * parents'.
 */
function chartsOfNobody({ sources, model, rendered }: Platform): string[] {
  const folders = [...sources.files.keys()]
    .filter((path) => posix.basename(path) === 'Chart.yaml')
    .map((path) => posix.dirname(path));
  const deployed = new Set(
    model.applications.flatMap(({ sources: own }) =>
      own.flatMap(({ local, path }) => (local && path !== null ? [posix.join('.', path, '.')] : [])),
    ),
  );
  const inputs = new Set([...rendered.builds.values()].flatMap((build) => build.inputs));
  return folders.filter(
    (folder) =>
      !deployed.has(folder.replace(/\/$/, '')) &&
      !inputs.has(posix.join(folder, 'Chart.yaml')) &&
      !folders.some((other) => folder.startsWith(`${other}/charts/`)),
  );
}

const deploying: ReadonlySet<UnverifiedKind> = new Set<UnverifiedKind>([
  'repository',
  'revision',
  'path',
  'plugin',
  'source',
  'jsonnet',
  'kustomization',
  'generator',
  'template',
]);
