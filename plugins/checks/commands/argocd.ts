import { byName } from '../../base/index.ts';
import { hasFlag, partOf, readArguments, valuesOf } from './arguments.ts';
import type { Asked, CommandWord, Question } from './types.ts';

/**
 * `argocd`: the applications, projects and sets that a command speaks of. Clusters and repositories are Argo
 * CD's own to know.
 */
export function argocdQuestions(words: readonly CommandWord[]): Asked {
  const read = readArguments(words, (name) => values.has(name));
  const [noun, verb, ...rest] = read.positionals;
  const kind = noun === undefined ? undefined : kinds[noun.text];
  const elsewhere = hasFlag(read, 'server', 'kube-context', 'argocd-context');
  // `-p` is a parameter to the commands that write an application.
  const projectFlags = verb?.text === 'list' ? ['p', 'project'] : ['project'];
  const projects = valuesOf(read, ...projectFlags).map((word) => named('appproject', word));
  if (kind === undefined || verb === undefined) return { questions: [], elsewhere };
  if (verb.text === 'create') {
    const resources = rest.slice(0, 1).map((word) => ({ kind, word }));
    return { questions: projects, makes: { resources, from: valuesOf(read, 'f', 'file') }, elsewhere };
  }
  // `proj windows list NAME`, `app actions run NAME ACTION`: one verb more.
  const names = nested.has(verb.text) ? rest.slice(1) : rest;
  const taken = many.has(verb.text) ? names : names.slice(0, 1);
  const questions = verb.text === 'list' ? [] : taken.map((word) => named(kind, nameOf(word)));
  return { questions: [...questions, ...projects], elsewhere };
}

/** `NAMESPACE/NAME` where applications live in several namespaces. */
function nameOf(word: CommandWord): CommandWord {
  return partOf(word, word.text.indexOf('/') + 1);
}

function named(kind: string, word: CommandWord): Question {
  return { ask: 'resource', kinds: [`${kind}.argoproj.io`], word, namespace: null };
}

const kinds: Record<string, string> = byName({
  app: 'application',
  proj: 'appproject',
  appset: 'applicationset',
});
const nested = new Set(['actions', 'windows', 'role']);
const many = new Set(['sync', 'wait', 'delete']);

/** Flags that take a value as the next word. Source: the command reference of Argo CD 3. */
const values = new Set(
  `N app-namespace appset-namespace argocd-context auth-token client-crt client-crt-key config core-context dest-name dest-namespace
  dest-server f file grpc-web-root-path group H header http-retry-max id info kind kube-context l label local local-repo-root
  logformat loglevel m message name namespace o output p parameter plugin-env port-forward-namespace prefix-id project prompts-enabled
  propagation-policy redis-compress redis-haproxy-name redis-name repo repo-server-name resource resource-name retry-backoff-duration
  retry-backoff-factor retry-backoff-max-duration retry-limit revision revisions s selector server server-crt server-name
  source-name source-names source-position source-positions c container filter since-seconds tail timeout until-time values values-literal-file path`.split(
    /\s+/,
  ),
);
