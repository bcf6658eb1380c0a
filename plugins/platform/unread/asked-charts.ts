/** Charts that are asked for and not read: whose they are, and what they are given. */
import { posix } from 'node:path';
import { listAt, objectAt, textAt } from '../../base/index.ts';
import { type Deployer, deployersOf } from '../../model/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { Platform } from '../types.ts';
import { isPublicChart } from './public-charts.ts';

/** The chart that is not read, and the repository that it comes from; null for anything else. */
export function chartOf(
  unverified: Unverified,
  { sources }: Platform,
  deployer: Deployer | null,
): AskedChart | null {
  if (unverified.kind !== 'chart' || unverified.chart.name === null) return null;
  const { name } = unverified.chart;
  const source = deployer?.sources.find(({ chart }) => chart === name);
  const file = unverified.origin === null ? undefined : sources.files.get(unverified.origin.file);
  const entry = (file?.documents ?? [])
    .flatMap(({ value }) => [...listAt(value, 'helmCharts'), ...listAt(value, 'dependencies'), value])
    .find((one) => textAt(one, 'name') === name);
  const repository = source?.repoURL ?? textAt(entry, 'repo') ?? textAt(entry, 'repository') ?? null;
  const namespace = source ? (deployer?.destination.namespace ?? null) : (textAt(entry, 'namespace') ?? null);
  return { name, namespace, entry, isPublic: isPublicChart(name, repository) };
}

/**
 * Everything that the chart is given: in its kustomization, its Application or HelmRelease, and the files of
 * values beside them.
 */
export function valuesOf(
  { origin }: Unverified,
  { entry }: AskedChart,
  { sources, model, resource }: Platform,
): string {
  const file = origin?.file ?? '';
  const folder = posix.dirname(file);
  const texts = [...sources.files.values()]
    .filter(({ path, role }) => role === 'values' && path.startsWith(`${folder}/`))
    .map(({ text }) => text);
  const given = deployersOf(model)
    .filter((one) => one.origin.file === file)
    .map(({ id }) => {
      const spec = objectAt(resource(id)?.rendered, 'spec');
      return JSON.stringify([
        objectAt(spec, 'source', 'helm'),
        listAt(spec, 'sources'),
        objectAt(spec, 'values'),
      ]);
    });
  return [JSON.stringify(entry ?? null), ...texts, ...given].join('\n');
}

export interface AskedChart {
  name: string;
  /** Of its release. */
  namespace: string | null;
  /** Where it is asked for. */
  entry: unknown;
  isPublic: boolean;
}
