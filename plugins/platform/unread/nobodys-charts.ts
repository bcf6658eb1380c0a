import { posix } from 'node:path';
import { once, textAt } from '../../base/index.ts';
import { createUndeployed, deployersOf } from '../../model/index.ts';
import type { Platform } from '../types.ts';

/**
 * Folders of charts that no application, HelmRelease, kustomization or configuration renders; charts within
 * charts are their parents', and a library renders nothing.
 */
export function chartsOfNobody({ config, sources, model, rendered }: Platform): string[] {
  // A file may have to be parsed for its documents: of no other they are asked.
  const charts = [...sources.files.values()].filter(
    (file) =>
      file.path.endsWith('Chart.yaml') &&
      posix.basename(file.path) === 'Chart.yaml' &&
      textAt(file.documents[0]?.value, 'type') !== 'library',
  );
  const folders = charts.map(({ path }) => posix.dirname(path));
  const all = new Set(folders);
  const deployed = new Set(
    deployersOf(model).flatMap(({ sources: own }) =>
      own.flatMap(({ local, path }) => (local && path !== null ? [posix.join('.', path, '.')] : [])),
    ),
  );
  for (const { path } of config.deploy ?? []) deployed.add(path);
  const inputs = once(() => new Set([...rendered.builds.values()].flatMap((build) => build.inputs)));
  const nobodys = folders.filter(
    (folder) =>
      !deployed.has(folder.replace(/\/$/, '')) &&
      !inputs().has(posix.join(folder, 'Chart.yaml')) &&
      !isWithinChart(folder, all),
  );
  if (nobodys.length === 0) return [];
  const isUndeployed = createUndeployed(sources);
  return nobodys.filter((folder) => !isUndeployed(folder));
}

function isWithinChart(folder: string, charts: ReadonlySet<string>): boolean {
  for (let end = folder.indexOf('/charts/'); end >= 0; end = folder.indexOf('/charts/', end + 1))
    if (charts.has(folder.slice(0, end))) return true;
  return false;
}
