/** What the parts share that turn an Application's sources into resources. */

import type { JsonObject, JsonPath } from '../../../base/index.ts';
import type { Origin, Rendered, SourceRequest } from '../../../render/index.ts';
import type { Place, Sources, Unverified } from '../../../source/index.ts';
import type { ApplicationSource, SourceType } from '../../types.ts';
import type { ProjectHomes } from './instance-name.ts';
import type { Repository } from './local-repository.ts';

export type Refs = { refs: ReadonlyMap<string, boolean> } | { error: string };
export interface Owner {
  /** The whole Application. */
  application: JsonObject;
  refs: ReadonlyMap<string, boolean>;
  origin: Place;
}
/** What one source gives. */
export interface Single {
  type: SourceType;
  objects: DeployedObject[];
  /** Of kustomizations that are deployed from them. */
  directories: string[];
  /** That are deployed as they are. */
  files: string[];
  /** Folders of kustomizations, and files, that Argo CD reads whatever comes of them. */
  reads: string[];
  unverified: Unverified[];
  /** True where an engine refuses it, which is told at its file. */
  refused: boolean;
  errors: string[];
}

/** What Argo CD certainly refuses about the sources, and where the Application says it. */
interface SourceError {
  error: string;
  path: JsonPath;
}

export interface DeployedObject {
  value: JsonObject;
  origin: Origin;
  /** True where an engine rendered it. */
  kustomized: boolean;
  /** Which one, where it is not kustomize. */
  engine?: 'helm';
}
export interface Deployment extends Omit<Single, 'errors'> {
  sources: ApplicationSource[];
  /**
   * Where there is one, Argo CD makes nothing of any source: there are no objects, and what would be deployed
   * is unknown.
   */
  errors: SourceError[];
}
export interface DeploymentContext {
  sources: Sources;
  rendered: Rendered;
  /** Takes what only an engine can render and has not been rendered yet. */
  requests?: Map<string, SourceRequest>;
  repository: Repository;
  /** Of every file that was read. */
  paths: ReadonlySet<string>;
  /** Types of sources that Argo CD's settings allow; `Directory` stands for its jsonnet. */
  enabled: Partial<Record<SourceType, boolean>>;
  /** Namespaces of the AppProjects. */
  homes: ProjectHomes;
  /** Files under a folder, relative to it. */
  filesIn(folder: string): readonly string[];
}
