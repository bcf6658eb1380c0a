import type { JsonObject, JsonPath } from '../base/index.ts';
import type { Place } from './diagnostic.ts';
import type { ReferenceUse } from './kustomization-references.ts';
import type { OpenStore } from './lock/store.ts';
import type { Places } from './remembered-places.ts';
import type { SourceFault } from './source-fault.ts';
import type { ParsedFile } from './yaml/parse-documents.ts';

/**
 * What a file is to the model. Every file under the roots has one role, so that none is skipped silently:
 * `manifest` (has at least one document with apiVersion and kind), `kustomization`, `chart` (Chart.yaml and
 * what lies in a chart's folder), `values` (YAML without kind), `broken` (said in a diagnostic), `other` (not
 * YAML or JSON).
 */
export type FileRole = 'manifest' | 'kustomization' | 'chart' | 'values' | 'broken' | 'other';

export interface SourceFile {
  /** Path relative to the root, with `/`. */
  path: string;
  role: FileRole;
  /** SHA-256 of the bytes on disk, hex. */
  hash: string;
  /** The text, with the values of every `Secret` blanked; same lines and columns as the file. */
  text: string;
  documents: SourceDocument[];
}

/** One YAML document (or JSON value) of a file; lists of kind `List` are already taken apart. */
export interface SourceDocument {
  file: string;
  /** Position among the file's documents, from 0. */
  index: number;
  /**
   * The parsed value; of a `Secret` only the keys of data and stringData are kept, each with the value `''`.
   */
  value: JsonObject;
  /** The whole document. */
  place: Place;
  /**
   * The place of the value at a path, or of its key with `{key: true}`. Where the path ends early, undefined.
   */
  locate(path: JsonPath, options?: { key?: boolean }): Place | undefined;
}

/** Files that no document calls a Secret, and of which a kustomization makes or patches one. */
export interface SecretFiles {
  /** From the root, beyond the manifest roots too. */
  paths: Set<string>;
  /** Of their bytes, wherever else those lie. */
  hashes: Set<string>;
}

export interface Sources {
  /** Absolute path of the repository's root. */
  root: string;
  /** Where the repository itself lies, where `root` is a copy of one of its commits; else the same. */
  home: string;
  /** Every file under the manifest roots, by path, in bytewise order. */
  files: Map<string, SourceFile>;
  faults: SourceFault[];
  /** Folders under the manifest roots that were left out: the pages. */
  unread: string[];
  /** True of a path that is among the files, or nowhere. */
  isCovered(path: string): boolean;
  secrets: SecretFiles;
  /** What was fetched of what lies across a network. */
  store: OpenStore;
  /** Keeps where things were found in the files, for the next run. */
  remember(): Promise<void>;
  /** Where in them things were found, for whoever reads the same again. */
  places?: Places;
  /** What they were read from, likewise, */
  gathered?: Gathered;
  /** what each was parsed to, */
  parsed?: ReadonlyMap<string, Parsed>;
  /** and how the kustomizations use each. */
  uses?: Uses;
}

/** What there is to be read. */
export interface Gathered {
  /** In bytewise order of their paths. */
  raw: RawFile[];
  /** Those; the very same list as before where none has come or gone. */
  paths: readonly string[];
  /** Folders with a `Chart.yaml`. */
  charts: ReadonlySet<string>;
  /** Folders under the manifest roots that were left out. */
  unread: string[];
  /** Of links that are not followed and files that cannot be read. */
  faults: SourceFault[];
  /** True of a path whose files are all among those that were read. */
  isCovered(path: string): boolean;
  /** Whether links were met on the way. */
  isLinked: boolean;
  /** What says where is looked. */
  from: string;
}

/** By paths. */
export type Uses = ReadonlyMap<string, ReadonlySet<ReferenceUse>>;

export interface RawFile {
  /** Relative to the root, with `/`. */
  path: string;
  /** YAML or JSON by its name. */
  structured: boolean;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  /** Null where there are too many. */
  bytes: Buffer | null;
  /** What its entry said before it was read; none where that need not change with the bytes. */
  stamp?: string | undefined;
}

/** What a file's bytes say, and of a structured one what was found in them. */
export interface Read {
  file: SourceFile;
  content?: ParsedFile;
}

/** What a file was parsed to, and what that hangs on. */
export interface Parsed {
  raw: RawFile;
  /** The folder of the chart that it lies in. */
  chart: string | undefined;
  read: Read;
}
