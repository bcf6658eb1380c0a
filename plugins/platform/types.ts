import type { JsonPath } from '../base/index.ts';
import type { Model, References, Resource, WantedFile, WantedTree } from '../model/index.ts';
import type { Build, EngineUse, KnownOutputs, Rendered } from '../render/index.ts';
import type {
  Cache,
  Config,
  DiagnosticSource,
  EarlyDiagnostic,
  Place,
  Sources,
  Unverified,
} from '../source/index.ts';

/** The model and the ways back to the files that it was read from. */
export interface Platform extends References {
  config: Config;
  sources: Sources;
  rendered: Rendered;
  /** The outermost builds that nothing is known to deploy. */
  undeployed: readonly Build[];
  /** The engines that rendered it. */
  engines: readonly EngineUse[];
  /**
   * Their answers, to be reused when the repository is read again; none where the model came from the cache.
   */
  outputs?: KnownOutputs;
  /** What it asks of other repositories, whether or not it was fetched. */
  wanted: readonly WantedTree[];
  /** And of addresses of value files. */
  wantedFiles: readonly WantedFile[];
  /** What was wrong while it was read and rendered; what the model finds wrong is in `model.findings`. */
  diagnostics: EarlyDiagnostic[];
  model: Model;
  /** All of `model.unverified` but what the model leaves out of relations and of what policies say. */
  unread(): readonly Unverified[];
  cache: Cache;
  /** A resource by its id. */
  resource(id: string): Resource | undefined;
  /**
   * The line that a person edits to change `path` of a resource: the nearest existing ancestor of the path in
   * its source document, through kustomize where a patch or transformer wrote the value.
   */
  locate(resource: Resource, path?: JsonPath): Place;
  /** `locate`, as a diagnostic's source. */
  sourceOf(resource: Resource, role: string, path?: JsonPath): DiagnosticSource;
}
