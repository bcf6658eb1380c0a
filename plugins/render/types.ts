import type { Diagnostic, JsonObject, Place, Unverified, Via } from '../source/index.ts';

/** Where a rendered object comes from: the document a person edits, and the way it took from there. */
export interface Origin extends Place {
  /** Index of the document in its file; -1 where the object was made by a generator (then the place is the generator's). */
  document: number;
  /** From the outside in: the kustomization that was built, those it includes, patches and transformers that touched it. */
  via: Via[];
}

export interface RenderedObject {
  /** As the engine gave it, without the engine's own annotations; `Secret` values dropped. */
  value: JsonObject;
  origin: Origin;
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
  /** True where the engine refused what was left; `objects` is then what could be read of the plain files listed. */
  failed: boolean;
}

export interface Rendered {
  /** By folder, bytewise order. Every kustomization (not Component) under the roots is built. */
  builds: Map<string, Build>;
  diagnostics: Diagnostic[];
  /** Name and version of the engine, such as `kustomize v5.7.1`; null where none was needed. */
  engine: string | null;
}
