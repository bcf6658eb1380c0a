import { type JsonPath, listAt } from '../../base/index.ts';
import { deployersOf, type Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import {
  type AskedChart,
  holdsPlaceholder,
  keyOfChart,
  type Place,
  repositoryAddress,
} from '../../source/index.ts';

/**
 * Every chart that lies across a network and that an Application or a HelmRelease deploys, each once, with
 * the places that ask for it; in the order of the model. What a set-up fills in is nobody's address yet.
 */
export function askedCharts({ model, resource, locate }: Platform): Asked[] {
  const asked = new Map<string, Asked>();
  for (const { id, sources, origin } of deployersOf(model))
    for (const [index, { chart, repoURL, targetRevision, local }] of sources.entries()) {
      if (chart === null || local || !isAddress(repoURL)) continue;
      const one = { repository: repositoryAddress(repoURL), chart, asked: targetRevision };
      if (holdsPlaceholder(JSON.stringify(one))) continue;
      const known = asked.get(keyOfChart(one)) ?? { ...one, places: [] };
      const deployer = resource(id);
      known.places.push(deployer ? locate(deployer, pathOf(deployer, index)) : placeOf(origin));
      asked.set(keyOfChart(one), known);
    }
  return [...asked.values()];
}

/** Of a source of a deployer. */
function pathOf({ kind, rendered }: Resource, index: number): JsonPath {
  if (kind === 'HelmRelease') return ['spec', 'chart', 'spec'];
  return listAt(rendered, 'spec', 'sources').length > 0 ? ['spec', 'sources', index] : ['spec', 'source'];
}

function placeOf({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

/** No name of a source that no manifest declares (`HelmRepository/shop`), nor of a bucket. */
function isAddress(url: string): boolean {
  return (
    /^(https?|oci):\/\/[^/]+/i.test(url) ||
    /^[^/\s]+\.[^/\s]+(\/|$)/.test(url) ||
    /^[^/\s]+:\d+(\/|$)/.test(url)
  );
}

export interface Asked extends AskedChart {
  /** Where it is asked for. */
  places: Place[];
}
