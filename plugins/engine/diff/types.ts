import type { JsonValue } from '../../base/index.ts';
import type { Diagnostic, StatementType } from '../../checks/index.ts';
import type { Place, Unverified, Via } from '../../source/index.ts';
import type { Case } from '../report-types.ts';

/** What a change does; `plumbline diff --format json` is this, as it is. */
export interface PlatformDiff {
  version: 1;
  base: Revision;
  head: Revision;
  /** Files of manifests that differ, and pages. */
  files: ChangedFile[];
  faults: {
    /** What is wrong in the head and was not in the base. */
    new: Diagnostic[];
    mended: Diagnostic[];
  };
  /** Every resource that differs once, what matters most first. */
  changes: Change[];
  /** Pages that differ, whose statements fare otherwise, or that speak of what differs. */
  pages: PageChange[];
  /** What is not known on one side, or is given something else: what it deploys may differ. */
  unverified: UnreadChange[];
}

interface Revision {
  /** As it was asked for; null for the files as they lie there. */
  name: string | null;
  /** In full; null where nothing is committed. */
  commit: string | null;
}

export interface ChangedFile {
  file: string;
  action: 'added' | 'gone' | 'changed';
}

/**
 * `moved`: the same, from another file. `unknown`: on one side it cannot be known whether it is there, or
 * what it is.
 */
export type Action = 'added' | 'gone' | 'changed' | 'renamed' | 'moved' | 'unknown';

/** What it means to who reads a pull request, what matters most first. */
export const sections = [
  'removed',
  'exposed',
  'security',
  'order',
  'changed',
  'added',
  'moved',
  'unknown',
] as const;
export type Section = (typeof sections)[number];

export interface Change {
  action: Action;
  section: Section;
  kind: string;
  /** Shortest name that is certain, on the head's side where it is there. */
  reference: string;
  base: ChangeSide | null;
  head: ChangeSide | null;
  /**
   * The folders in which the same becomes of it, at most a hundred, where several builds make it that nothing
   * is known to deploy; empty for what is there once. Beside a side that something deploys: further ones.
   */
  folders: string[];
  /** How many more folders there are. */
  moreFolders: number;
  /** The fields that differ, at most a hundred. */
  fields: FieldChange[];
  /** How many more fields differ. */
  more: number;
  /** What else is otherwise about it, though it may not say so itself. */
  effects: Effect[];
  /** What becomes of it in the cluster, where it is gone or has another name; else null. */
  fate: Fate | null;
  /** What it is about, in a few words; null where its kind says enough. */
  about: string | null;
  /** Why it cannot be known, one a part that was not read; empty where it can. */
  unknown: string[];
  /** The files that differ and went into it. */
  files: string[];
}

export interface ChangeSide {
  id: string;
  reference: string;
  namespace: string | null;
  name: string;
  /** Name of the application that deploys it; null where none does, */
  application: string | null;
  /** of the Kustomization of Flux, */
  kustomization: string | null;
  /** or of the HelmRelease. */
  helmRelease: string | null;
  /** Of several whose builds make it, and that nothing is known to deploy, the one that is shown. */
  folder: string | null;
  origin: Place;
  via: Via[];
}

/** One field that differs; a side without it is null. */
export interface FieldChange {
  before: FieldSide | null;
  after: FieldSide | null;
}

export interface FieldSide {
  path: string;
  /** Of a long text the beginning. */
  value: JsonValue;
  /** The line that a person edits. */
  place: Place;
}

/** A fact about a resource, or about what is made of it. */
export interface Effect {
  what:
    | 'application'
    | 'kustomization'
    | 'helmRelease'
    | 'folder'
    | 'wave'
    | 'order'
    | 'permitted'
    | 'matches'
    | 'live'
    | 'store'
    | 'parents'
    | 'backends';
  before: string | null;
  after: string | null;
}

export interface Fate {
  /**
   * `pruned`: a sync removes it; `deleted`: it goes with what owns it; `stays`; `waits`: until somebody
   * confirms it, syncs by hand or resumes what deploys it; `unknown`: what deploys it is not known.
   */
  outcome: 'pruned' | 'deleted' | 'stays' | 'waits' | 'unknown';
  because: string;
}

export interface PageChange {
  file: string;
  /** Of its text; null where that is the same. */
  action: 'added' | 'gone' | 'changed' | null;
  /** Statements that fare otherwise. */
  verdicts: VerdictChange[];
  /** Tables, diagrams and facts that show something else. */
  shown: ShownChange[];
  /** References of resources that differ and that the page speaks of. */
  mentions: string[];
}

interface VerdictChange {
  type: StatementType;
  name: string;
  before: VerdictSide;
  after: VerdictSide;
}

export interface VerdictSide extends Pick<Case, 'outcome' | 'place'> {
  /** Why it could not be verified; null where there is nothing to say. */
  why: string | null;
}

export interface ShownChange {
  type: StatementType;
  name: string;
  place: Place;
  /** Rows, shapes and edges, or words, that are new, gone, or otherwise. */
  added: string[];
  gone: string[];
  changed: string[];
  /** How many more there are of each. */
  more: number;
}

/** Where both sides are the same, what is given to it is not. */
export interface UnreadChange {
  before: Unverified | null;
  after: Unverified | null;
  application: string | null;
  kustomization: string | null;
  helmRelease: string | null;
  /** Files of its values, and of what it is made of, that differ. */
  files: string[];
}
