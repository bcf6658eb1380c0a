import type { CommandStatement, CommandWord } from '../types.ts';
import { argocdQuestions } from './argocd.ts';
import { helmQuestions } from './helm.ts';
import { kubectlQuestions } from './kubectl.ts';
import { kustomizeQuestions, kyvernoQuestions } from './kustomize.ts';

/** What a command takes for granted, one question a name in it. A command that is not known asks nothing. */
export function questionsOf(statement: CommandStatement): Asked {
  return programs[statement.program]?.(statement.words) ?? { questions: [] };
}

const programs: Record<string, (words: readonly CommandWord[]) => Asked> = {
  kubectl: kubectlQuestions,
  oc: kubectlQuestions,
  argocd: argocdQuestions,
  helm: helmQuestions,
  kustomize: kustomizeQuestions,
  kyverno: kyvernoQuestions,
};

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
