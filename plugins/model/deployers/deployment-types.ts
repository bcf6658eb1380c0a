/** What the parts share that turn the sources of what deploys into resources. */

import type { JsonObject, JsonPath } from '../../base/index.ts';
import type { Build, HelmRequest, Origin, Rendered, SourceBuild, SourceRequest } from '../../render/index.ts';
import type { SourceFile, Sources, Unverified } from '../../source/index.ts';
import type { ProjectHomes } from '../argocd/sources/instance-name.ts';
import type { Repository } from '../argocd/sources/local-repository.ts';
import type { ApplicationSource, SourceType } from '../types.ts';
import type { Clusters } from './clusters.ts';
import type { WantedFile, WantedTree } from './fetched-tree.ts';
import type { KnownObjects } from './known-objects.ts';

/** What one source gives. */
export interface Single {
  type: SourceType;
  objects: DeployedObject[];
  /** Of kustomizations that are deployed from them. */
  directories: string[];
  /** That are deployed as they are. */
  files: string[];
  /** Folders of kustomizations, and files, that are read whatever comes of them. */
  reads: string[];
  /** What Helm rendered of it. */
  charts: HelmRequest[];
  unverified: Unverified[];
  /** True where an engine refuses it, which is told at its file. */
  refused: boolean;
  /** True where an engine is still to be asked, so that what it gives may hold more that deploys. */
  pending: boolean;
  errors: SourceError[];
}

/** What is wrong with a source: the path that it names, or what lies there. */
export interface SourceError {
  error: string;
  about: 'path' | 'content';
}

/** What is certainly refused about the sources, and where the deployer says it. */
export interface SettledError extends SourceError {
  path: JsonPath;
}

export interface DeployedObject {
  value: JsonObject;
  origin: Origin;
  /** True where an engine rendered it. */
  kustomized: boolean;
  /** Which one, where it is not kustomize. */
  engine?: 'helm';
  /** What it is made of in the cluster, where it stands in no manifest: a FluxInstance. */
  madeBy?: DeployedObject;
}
export interface Deployment extends Omit<Single, 'errors'> {
  sources: ApplicationSource[];
  /**
   * Where there is one, nothing is made of any source: there are no objects, and what would be deployed is
   * unknown.
   */
  errors: SettledError[];
  /** Variables that what is deployed asks for, and that no manifest gives a value. */
  unknownVariables?: string[];
}
export interface DeploymentContext {
  sources: Sources;
  rendered: Rendered;
  /**
   * What an engine made of a request, by its `requestKey`; undefined where that has not been rendered yet:
   * then it is asked for.
   */
  ask(key: string, request: SourceRequest): SourceBuild | undefined;
  /** Takes folders of kustomizations whose own build is still to be asked for. */
  folders?: Set<string> | undefined;
  repository: Repository;
  clusters: Clusters;
  /** Where what is looked at deploys to. */
  cluster: string;
  /** Of every file that was read. */
  paths: ReadonlySet<string>;
  /** What Flux looks up in the cluster. */
  objects: KnownObjects;
  /** Types of sources that Argo CD's settings allow; `Directory` stands for its jsonnet. */
  enabled: Partial<Record<SourceType, boolean>>;
  /** Namespaces of the AppProjects. */
  homes: ProjectHomes;
  /** Files under a folder, relative to it. */
  filesIn(folder: string): readonly string[];
  /** One file by its path. */
  fileAt(path: string): SourceFile | undefined;
  /** What a folder's own kustomization gives. */
  buildOf(folder: string): Build | undefined;
  /**
   * What the paths of another repository begin with here; empty for those of this one. What is built of it is
   * always asked for.
   */
  mount: string;
  /** Takes what is asked of other repositories. */
  wanted?: WantedTree[] | undefined;
  /** Takes what is asked of addresses of single files. */
  wantedFiles?: WantedFile[] | undefined;
  /** Of addresses that value files may have, where Argo CD's settings say which. */
  valueSchemes?: readonly string[];
}
