import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { DiagnosticOf } from '../../source/index.ts';
import type { CommandStatement, CommandWord } from '../types.ts';

/** What a command takes for granted and what it makes, before anything is looked up. */
export interface Asked {
  questions: Question[];
  /** What the command makes itself. */
  makes?: Made;
  /** It speaks to a cluster that it names, which may be another one than that of the manifests. */
  elsewhere?: boolean;
}

export type Question =
  | { ask: 'namespace'; word: CommandWord }
  /** A resource of any of the kinds, by their names on the command line; the namespace where one is given. */
  | { ask: 'resource'; kinds: string[]; word: CommandWord; namespace: CommandWord | null }
  /** A file or folder; `kustomization`: a folder that must hold one. */
  | { ask: 'path'; word: CommandWord; kustomization: boolean }
  | { ask: 'release'; word: CommandWord; namespace: CommandWord | null };

/** Things that a page makes by hand, so that its other commands may name them. */
export interface Made {
  namespaces?: CommandWord[];
  /** By kind, as on the command line, and name. */
  resources?: { kind: string; word: CommandWord }[];
  /** What is made stands in a file, on standard input or in a chart: anything may come of it. */
  from?: CommandWord[];
  /** Where that goes, if it is said. */
  namespace?: CommandWord | null;
}

export interface PageMakes {
  namespaces: Set<string>;
  resources: Set<string>;
  /** What is no file of the repository, in the namespace that it goes into, null for any: everything may have come of it. */
  installs: { what: string; namespace: string | null }[];
}

/** What an answer is looked up with. */
export interface About {
  platform: Platform;
  statement: CommandStatement;
  makes: PageMakes;
}

export interface Answer {
  /** What was looked up, in words. */
  looked: string;
  fault?: DiagnosticOf<'command-unknown'>;
  /** Why it could not be known. */
  unverified?: string;
}

/** What a name was looked for among. */
export interface Search {
  namespace: string | null;
  found: boolean;
  /** Of the kinds, in the namespace that was asked for. */
  inside: Resource[];
  /** Of the kinds and the name, wherever. */
  elsewhere: Resource[];
  ofKind: Resource[];
}
