/**
 * The clusters generator over the clusters of the configuration. Source:
 * `applicationset/generators/cluster.go`.
 */

import { isObject, type JsonObject, objectAt } from '../../../../base/index.ts';
import type { ClusterFixture } from '../../../../source/index.ts';
import { normalizeName } from '../../../../template/index.ts';
import { invalidSelector, isSelected } from '../selector.ts';
import { textMap } from './combine.ts';
import { eachWithValues } from './generator-values.ts';
import { type Generated, type GeneratorScope, refused, unknown } from './types.ts';

export const needsClusters = 'a `clusters` generator needs the clusters that Argo CD knows';

const inCluster = { name: 'in-cluster', server: 'https://kubernetes.default.svc' };

/**
 * Clusters that the generator's label selector takes. Argo CD's own cluster has no labels: it is added where
 * the selector is empty and none of the others has its address. `flatList` gives one set with all of them.
 */
export function fromClusters(generator: JsonObject, scope: GeneratorScope): Generated {
  const known = scope.context.fixtures.clusters;
  if (known === null)
    return {
      ...unknown(needsClusters),
      remedy: 'generators',
      help: 'Name them in `plumbline.yaml` under `generators.clusters`.',
    };
  const selector = objectAt(generator, 'selector');
  const invalid = invalidSelector(selector);
  if (invalid !== null) return refused(`error parsing label selector: ${invalid}`, ['selector']);
  const labelled = [...new Map(known.map((cluster) => [cluster.name, withType(cluster)])).values()];
  const chosen = labelled.filter(({ labels }) => isSelected(selector, labels));
  const open = !['matchLabels', 'matchExpressions'].some((key) => {
    const value = selector[key];
    return Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
  });
  const sets = chosen.map((cluster) => parametersOf(cluster, scope.options.goTemplate));
  if (open && !chosen.some(({ server }) => server === inCluster.server))
    sets.push({ ...inCluster, nameNormalized: inCluster.name, project: '' });
  const result = eachWithValues(generator, sets, scope);
  if (!result.ok || generator.flatList !== true) return result;
  return { ok: true, value: [{ clusters: result.value }] };
}

/** Argo CD finds clusters by this label, so each of them has it. */
function withType(cluster: ClusterFixture): Required<ClusterFixture> {
  const labels = { ...cluster.labels, 'argocd.argoproj.io/secret-type': 'cluster' };
  return { project: '', annotations: {}, ...cluster, labels };
}

function parametersOf(cluster: Required<ClusterFixture>, goTemplate: boolean): JsonObject {
  const { name, server, project } = cluster;
  const own: JsonObject = { name, nameNormalized: normalizeName(name), server, project };
  const maps = { annotations: cluster.annotations, labels: cluster.labels };
  const metadata: JsonObject = {};
  for (const [kind, texts] of Object.entries(maps)) {
    if (Object.keys(texts).length === 0) continue;
    if (goTemplate) metadata[kind] = textMap({ ...texts });
    else for (const [key, value] of Object.entries(texts)) own[`metadata.${kind}.${key}`] = value;
  }
  return goTemplate ? { ...own, metadata } : own;
}
