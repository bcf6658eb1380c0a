import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { DiagnosticOf, Place } from '../../source/index.ts';
import type { StatementBase } from '../types.ts';

/**
 * One command of a shell fence whose program is known here (`kubectl`, `argocd`, `helm`, `kustomize`). Looked
 * up, never run.
 */
export interface CommandStatement extends StatementBase {
  type: 'command';
  program: string;
  /** What follows the program, expansions and substitutions marked. */
  words: CommandWord[];
  /** Where the fence has gone to before it (`cd K8s/shop`), in that order. */
  moves: CommandWord[];
  page: ShellPage;
}

/** The commands of one page, which make things that its other commands speak of. */
export interface ShellPage {
  /** Absolute path of the page; null where it has no file. */
  path: string | null;
  commands: CommandStatement[];
  /** True where one of its fences changes the folder that relative paths begin in. */
  moves: boolean;
  /** True where one of its fences may make folders. */
  writes: boolean;
  /** Folders that one of its fences makes, and files that its sentences tell the reader to make. */
  made: string[];
  /** Names in the manifests that it shows, for its reader to apply. */
  shown: { namespaces: Set<string>; resources: Set<string> };
}

export interface CommandWord {
  /** Without its quotes and escapes. */
  text: string;
  place: Place;
  /** Holds an expansion, a substitution or a placeholder such as `<name>`: what it says is not known. */
  open: boolean;
}

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
  /** A kind, by its name on the command line. */
  | { ask: 'kind'; word: CommandWord }
  /** A resource of any of the kinds, by their names on the command line; the namespace where one is given. */
  | { ask: 'resource'; kinds: string[]; word: CommandWord; namespace: CommandWord | null }
  /** A file or folder; `kustomization`: a folder that must hold one; `chart`: a chart, of a registry too. */
  | { ask: 'path'; word: CommandWord; kustomization: boolean; chart?: boolean }
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
  /**
   * What is no file of the repository, in the namespace that it goes into, null for any: everything may have
   * come of it.
   */
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
  /** Of a file or folder that is not there, from the root. */
  path?: string;
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
