import type { JsonPath } from '../base/index.ts';
import {
  createLocator,
  createReferences,
  findCharts,
  type ListedCharts,
  pathText,
  placesById,
  type Resource,
} from '../model/index.ts';
import type { KnownOutputs } from '../render/index.ts';
import type { Cache, Config, DiagnosticSource, Place, Sources, Unverified } from '../source/index.ts';
import type { Platform } from './types.ts';

/** Adds to what was made of a repository the ways back to its files. */
export function assemble({ charts, ...made }: Parts & Surroundings): Platform {
  const { model, sources } = made;
  const resource = (id: string) => model.resources[placesById(model.resources).get(id) ?? -1];
  const locator = createLocator(sources, resource, findCharts(charts));
  const locate = (resource: Resource, path: JsonPath = []): Place => locator.locate(resource, path);
  return {
    ...made,
    ...createReferences(model.resources),
    resource,
    locate,
    sourceOf: (resource: Resource, role: string, path: JsonPath = []): DiagnosticSource => {
      const { across, ...place } = locator.located(resource, path);
      const { via } = resource.origin;
      return {
        ...place,
        resource: resource.id,
        path: path.length === 0 ? null : pathText(path),
        role,
        via: across === undefined ? via : [{ file: place.file, line: place.line, what: across }, ...via],
      };
    },
  };
}

interface Surroundings {
  config: Config;
  sources: Sources;
  outputs?: KnownOutputs;
  cache: Cache;
}

/** What is made of a repository: data alone. */
export interface Made
  extends Pick<
    Platform,
    'model' | 'rendered' | 'undeployed' | 'engines' | 'wanted' | 'wantedFiles' | 'diagnostics'
  > {
  /** What deployers ask of Helm. */
  charts: ListedCharts;
  /** As the platform has it. */
  unread: readonly Unverified[];
}

type Parts = Omit<Made, 'unread'> & Pick<Platform, 'unread'>;
