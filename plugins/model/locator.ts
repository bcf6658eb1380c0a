/** `locate` for resources: through kustomize, and for generated ones into what generates them. */
import { at, type JsonPath, whileSame } from '../base/index.ts';
import type { HelmRequest } from '../render/index.ts';
import type { Place, Sources } from '../source/index.ts';
import { chartsAskedBy } from './helm/chart-values.ts';
import { type Located, openFetched } from './helm/locate-across.ts';
import { openCharts } from './helm/locate-in-chart.ts';
import { locateOrigin, placeOf } from './locate-path.ts';
import { isMadeSecret } from './secrets/made-secret.ts';
import type { Resource } from './types.ts';

/** @param requests what a deployer asks of Helm. */
export function createLocator(
  sources: Sources,
  byId: (id: string) => Resource | undefined,
  requests: (deployer: Resource) => readonly HelmRequest[],
): Locator {
  const inChart = openCharts(sources);
  const across = openFetched(sources, inChart);
  const locate: Locate = (resource, path) => placeOf(located(resource, path));
  const located: Locator['located'] = (resource, path) => {
    const generator = resource.generatedBy === null ? undefined : byId(resource.generatedBy);
    if (resource.source === 'applicationset' && generator)
      return path.length === 0 ? placeOf(resource.origin) : inTemplate(generator, path);
    if (isMadeSecret(resource) && generator) return placeOf(resource.origin);
    const deployer = resource.deployer === null ? undefined : byId(resource.deployer);
    if (resource.source === 'helm' && resource.origin.fetched !== undefined && deployer && path.length > 0)
      return across.ofDeployer(resource, path, deployer, requests(deployer), locate);
    if (resource.source === 'helm' && deployer && path.length > 0) {
      const charts = chartsAskedBy(deployer, requests(deployer), resource, locate, sources);
      const place = inChart(resource, path, charts);
      if (place) return place;
    }
    if (resource.source === 'kustomize' && resource.origin.document < 0 && path.length > 0) {
      const place = across.ofEntries(resource, path);
      if (place) return place;
    }
    return resource.source === 'helm' ? inFiles(resource, path) : keptInFiles(resource, path);
  };
  return { locate, located };

  function inFiles({ origin, rendered }: Resource, path: JsonPath): Place {
    return locateOrigin(sources, origin, rendered, path);
  }

  /** What kustomize was given besides is the very same where what it wrote is. */
  function keptInFiles(resource: Resource, path: JsonPath): Place {
    const { file, via } = resource.origin;
    const files = [file, ...via.map((step) => step.file)].map((one) => sources.files.get(one));
    const known = places(resource, files, () => new Map<string, Place>());
    const key = JSON.stringify(path);
    const place = known.get(key) ?? inFiles(resource, path);
    known.set(key, place);
    return place;
  }

  /**
   * A generated Application is its set's template: what stands there at the same path, or at the nearest
   * above it.
   */
  function inTemplate(set: Resource, path: JsonPath): Place {
    for (let length = path.length; length > 0; length -= 1) {
      const inside = ['spec', 'template', ...path.slice(0, length)];
      if (at(set.rendered, ...inside) !== undefined) return locate(set, inside);
    }
    return locate(set, ['spec', 'template']);
  }
}

const places = whileSame<Resource, Map<string, Place>>();

export interface Locator {
  locate: Locate;
  /** The same; with where it is written in a chart that lies across a network, where that sets it. */
  located(resource: Resource, path: JsonPath): Located;
}

type Locate = (resource: Resource, path: JsonPath) => Place;
