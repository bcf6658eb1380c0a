import { readArguments, valuesOf } from './arguments.ts';
import type { Asked, CommandWord, Question } from './types.ts';

/** `kustomize build PATH`: a folder that holds a kustomization. */
export function kustomizeQuestions(words: readonly CommandWord[]): Asked {
  const { positionals } = readArguments(words, (name) => values.has(name));
  const [verb, path] = positionals;
  if (verb?.text !== 'build' || !path) return { questions: [] };
  return { questions: [{ ask: 'path', word: path, kustomization: true }] };
}

/** `kyverno apply POLICY… --resource FILE` and `kyverno test FOLDER…`. */
export function kyvernoQuestions(words: readonly CommandWord[]): Asked {
  const read = readArguments(words, (name) => kyvernoValues.has(name));
  const [verb, ...paths] = read.positionals;
  if (verb?.text !== 'apply' && verb?.text !== 'test') return { questions: [] };
  const all = [
    ...paths,
    ...valuesOf(read, 'r', 'resource', 'resources', 'f', 'values-file', 'e', 'exceptions'),
  ];
  return { questions: all.map((word): Question => ({ ask: 'path', word, kustomization: false })) };
}

/** Source: `kustomize build --help`, 5.7. */
const values = new Set(
  `as-current-user e env helm-api-versions helm-command helm-kube-version load-restrictor mount network-name o output`.split(
    ' ',
  ),
);
/** Source: the command reference of the Kyverno CLI 1.15. */
const kyvernoValues = new Set(
  `b git-branch context e exceptions f values-file file-name kubeconfig n namespace o output output-format r resource resources
  s set t test-case-selector userinfo u v warn-exit-code`.split(/\s+/),
);
