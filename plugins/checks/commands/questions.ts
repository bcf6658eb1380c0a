import { byName } from '../../base/index.ts';
import { argocdQuestions } from './argocd.ts';
import { helmQuestions } from './helm.ts';
import { kubectlQuestions } from './kubectl.ts';
import { kustomizeQuestions, kyvernoQuestions } from './kustomize.ts';
import type { Asked, CommandStatement, CommandWord } from './types.ts';

/** What a command takes for granted, one question a name in it. A command that is not known asks nothing. */
export function questionsOf(statement: CommandStatement): Asked {
  return programs[statement.program]?.(statement.words) ?? { questions: [] };
}

const programs: Record<string, (words: readonly CommandWord[]) => Asked> = byName({
  kubectl: kubectlQuestions,
  oc: kubectlQuestions,
  argocd: argocdQuestions,
  helm: helmQuestions,
  kustomize: kustomizeQuestions,
  kyverno: kyvernoQuestions,
});
