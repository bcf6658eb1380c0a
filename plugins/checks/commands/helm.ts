import { byName } from '../../base/index.ts';
import { type Arguments, hasFlag, readArguments, valuesOf } from './arguments.ts';
import type { Asked, CommandWord, Question } from './types.ts';

/** `helm`: releases, their namespaces, and charts and values that are files. */
export function helmQuestions(words: readonly CommandWord[]): Asked {
  const verb = readArguments(words, (name) => values.has(name)).positionals[0]?.text ?? '';
  const read = readArguments(words, (name) => helmTakesValue(verb, name));
  const [, ...rest] = read.positionals;
  const namespace = valuesOf(read, 'n', 'namespace').at(-1) ?? null;
  const elsewhere = hasFlag(read, 'kube-context', 'kubeconfig', 'kube-apiserver');
  const files = valuesOf(read, 'f', 'values');
  const path = { ask: 'path' as const, kustomization: false };
  const paths: Question[] = [
    ...chartsIn(verb, rest).map((word) => ({ ...path, word, chart: true })),
    ...files.map((word) => ({ ...path, word })),
  ];
  if (offline.has(verb)) return { questions: paths, elsewhere };
  const makesRelease = verb === 'install' || (verb === 'upgrade' && hasFlag(read, 'i', 'install'));
  const makesNamespace = hasFlag(read, 'create-namespace') && namespace !== null;
  const questions: Question[] = [...paths];
  if (namespace && !makesNamespace) questions.push({ ask: 'namespace', word: namespace });
  if (!makesRelease)
    questions.push(...releasesIn(verb, rest).map((word) => ({ ask: 'release' as const, word, namespace })));
  return { questions, makes: makesRelease ? madeBy(rest, namespace, read) : {}, elsewhere };
}

/** Whether a flag of a command that is looked into, without its dashes, takes the next word as its value. */
export function helmTakesValue(verb: string, flag: string): boolean {
  return values.has(flag) && !notValues[verb]?.includes(flag);
}

/**
 * What a chart brings is known to whoever renders it: an installation by hand may make anything, in its
 * namespace first.
 */
function madeBy(rest: CommandWord[], namespace: CommandWord | null, read: Arguments) {
  // With `--generate-name` the chart stands alone.
  const isNamed = !hasFlag(read, 'g', 'generate-name', 'name-template');
  return {
    namespaces: namespace && hasFlag(read, 'create-namespace') ? [namespace] : [],
    resources: rest.slice(0, isNamed ? 1 : 0).map((word) => ({ kind: 'release', word })),
    from: isNamed ? rest.slice(1, 2) : rest.slice(0, 1),
    namespace,
  };
}

function releasesIn(verb: string, rest: CommandWord[]): CommandWord[] {
  if (verb === 'get') return rest.slice(1, 2);
  if (verb === 'uninstall' || verb === 'delete') return rest;
  return ofRelease.has(verb) ? rest.slice(0, 1) : [];
}

function chartsIn(verb: string, rest: CommandWord[]): CommandWord[] {
  if (verb === 'template' || verb === 'install' || verb === 'upgrade') return rest.slice(-1);
  if (verb === 'lint') return rest;
  return verb === 'dependency' || verb === 'dep' ? rest.slice(1, 2) : [];
}

const offline = new Set([
  'template',
  'lint',
  'dependency',
  'dep',
  'repo',
  'search',
  'show',
  'pull',
  'package',
]);
const ofRelease = new Set(['status', 'history', 'upgrade', 'rollback', 'test']);

/** Flags that take a value as the next word. Source: `helm COMMAND --help`, 4.1. */
const values = new Set(
  `a api-versions burst-limit ca-file cascade cert-file color colour content-cache d description destination f filter history-max key-file
  keyring kube-apiserver kube-as-group kube-as-user kube-ca-file kube-context kube-tls-server-name kube-token kube-version kubeconfig
  l labels max n name-template namespace o offset output output-dir password post-renderer post-renderer-args qps registry-config repo
  repository-cache repository-config revision s selector server-side set set-file set-json set-literal set-string show-only time-format
  timeout username values version`.split(/\s+/),
);

const notValues: Record<string, string[]> = byName({
  get: ['a'],
  list: ['a'],
  install: ['server-side'],
  template: ['server-side'],
});
