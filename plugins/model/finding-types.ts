import type { JsonPath, JsonValue } from '../base/index.ts';
import type { DiagnosticSource } from '../source/index.ts';

/** What is wrong about the manifests, as facts and their places. The words are those of the rules. */
export type Finding =
  | ExcludedFinding
  | MetadataFinding
  | NameFinding
  | RepeatedFinding
  | SharedFinding
  | SetFinding
  | ForbiddenFinding
  | ProjectFinding
  | BuildFinding;

/** A line of a manifest; what it is in the story is the rule's to say. */
export type FoundAt = Omit<DiagnosticSource, 'role'>;

export interface ExcludedFinding {
  type: 'excluded';
  resource: FoundResource;
  /** Name of the Application that renders it. */
  application: string;
  place: FoundAt;
}

export interface MetadataFinding {
  type: 'metadata';
  resource: FoundResource;
  field: 'labels' | 'annotations';
  key: string;
  wrong: 'no text' | 'no number' | 'no hook';
  value: JsonValue;
  place: FoundAt;
}

/** A name that the API server refuses. */
export interface NameFinding {
  type: 'name';
  resource: FoundResource;
  field: 'name' | 'namespace';
  value: string;
  place: FoundAt;
}

/** One application gives one resource more than once: Argo CD's RepeatedResourceWarning. */
export interface RepeatedFinding {
  type: 'repeated';
  /** The last, which counts. */
  resource: FoundResource;
  application: FoundResource;
  /** In the sequence in which Argo CD reads them. */
  places: FoundAt[];
}

/**
 * One resource is applied to one cluster by several: Argo CD's SharedResourceWarning where all are
 * applications.
 */
export interface SharedFinding {
  type: 'shared';
  /** At least two, as many as `places`. */
  resources: FoundResource[];
  /** `file#document` of each, sorted. */
  files: string[];
  /** The Applications among those that apply it, by name. */
  applications: { resource: FoundResource; failsOnShared: boolean }[];
  places: FoundAt[];
}

type SetFinding = SetRefused | SetUnverified | SetEmpty;

interface SetFindingBase {
  /** The ApplicationSet. */
  set: FoundResource;
  why: string;
  place: FoundAt;
}
export interface SetRefused extends SetFindingBase {
  type: 'set-refused';
}
export interface SetUnverified extends SetFindingBase {
  type: 'set-unverified';
  help: string | null;
}
export interface SetEmpty extends SetFindingBase {
  type: 'set-empty';
}

/**
 * An Application, or an object of it, that its project does not let be, or that Argo CD calls invalid
 * whatever the project says.
 */
export interface ForbiddenFinding {
  type: 'forbidden' | 'spec-invalid';
  application: FoundResource;
  /** Name of the project. */
  project: string;
  reason: Reason;
}

/** A Kustomization or HelmRelease of Flux that its controller makes nothing of. */
export interface BuildFinding {
  type: 'build-failed';
  deployer: FoundResource;
  error: string;
  /** The path that it names, or what lies there. */
  about: 'path' | 'content';
  place: FoundAt;
}

/** An AppProject that Argo CD's API would refuse, in its words. */
export interface ProjectFinding {
  type: 'project-invalid';
  project: FoundResource;
  /** Below `spec`. */
  path: JsonPath;
  error: string;
  place: FoundAt;
}

/** What a finding tells of a resource. */
interface FoundResource {
  id: string;
  group: string;
  kind: string;
  namespace: string | null;
  name: string;
  /** Name of the Application that deploys it. */
  application: string | null;
  origin: { file: string };
}

/** Why an Application is not permitted, or not valid. */
export interface Reason {
  message: string;
  /** What is refused: part of the fault's identity. */
  about: string;
  expected: string;
  actual: string;
  application: DiagnosticSource;
  /** The side that refuses; null where no manifest does. */
  project: DiagnosticSource | null;
  /** Where it is not the project that refuses, but the spec that nobody could deploy. */
  isSpec?: true;
  help?: string;
}
