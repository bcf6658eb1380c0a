/** What the rooms' parts share while a model is built. */

import type { JsonPath } from '../base/index.ts';
import type { Origin } from '../render/index.ts';
import type { Place, Sources, Unverified } from '../source/index.ts';
import type { Cluster } from './argocd/projects/destinations.ts';
import type { ProjectRules } from './argocd/projects/project-rules.ts';
import type { Finding } from './finding-types.ts';
import type { ResourceIndex } from './resource-index.ts';
import type { Scopes } from './scope.ts';
import type { Resource } from './types.ts';

export interface BuildContext {
  sources: Sources;
  lookup: ResourceIndex;
  isNamespaced: Scopes;
  /** What Argo CD judges a project by: its own rules and those that global projects lend it. */
  rulesOf(project: Resource): ProjectRules;
  /** Those that `plumbline.yaml` names (`generators.clusters`); Argo CD's own is known anyway. */
  clusters: readonly Cluster[];
  /** The line that a person edits to change a path of a resource. */
  locate(resource: Resource, path: JsonPath): Place;
}

/** For what also notes what is wrong, and what is not known, while it makes its records. */
export interface NotingContext extends BuildContext {
  findings: Finding[];
  unverified: Unverified[];
}

/** The place of an origin, without the way it took. */
export function placeOfOrigin({ file, line, column, endLine, endColumn }: Origin): Place {
  return { file, line, column, endLine, endColumn };
}
