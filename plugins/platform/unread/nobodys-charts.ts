import { posix } from 'node:path';
import { textAt } from '../../base/index.ts';
import { createUndeployed, deployersOf } from '../../model/index.ts';
import type { Platform } from '../types.ts';

/**
 * Folders of charts that no application, HelmRelease, kustomization or configuration renders; charts within
 * charts are their parents', and a library renders nothing.
 */
export function chartsOfNobody({ config, sources, model, rendered }: Platform): string[] {
  const charts = [...sources.files.values()].filter(
    ({ path, documents }) =>
      posix.basename(path) === 'Chart.yaml' && textAt(documents[0]?.value, 'type') !== 'library',
  );
  const folders = charts.map(({ path }) => posix.dirname(path));
  const deployed = new Set(
    deployersOf(model).flatMap(({ sources: own }) =>
      own.flatMap(({ local, path }) => (local && path !== null ? [posix.join('.', path, '.')] : [])),
    ),
  );
  for (const { path } of config.deploy ?? []) deployed.add(path);
  const inputs = new Set([...rendered.builds.values()].flatMap((build) => build.inputs));
  const isUndeployed = createUndeployed(sources);
  return folders.filter(
    (folder) =>
      !deployed.has(folder.replace(/\/$/, '')) &&
      !inputs.has(posix.join(folder, 'Chart.yaml')) &&
      !isUndeployed(folder) &&
      !folders.some((other) => folder.startsWith(`${other}/charts/`)),
  );
}
