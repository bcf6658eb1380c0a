import { byName } from '../../base/index.ts';
import { type Arguments, hasFlag, partOf, partsOf, readArguments, valuesOf } from './arguments.ts';
import type { Asked, CommandWord, Made, Question } from './types.ts';

/** `kubectl`: the kinds, names, namespaces and files that a command speaks of. */
export function kubectlQuestions(words: readonly CommandWord[]): Asked {
  const verb = readArguments(words, (name) => values.has(name)).positionals[0]?.text ?? '';
  const read = readArguments(words, (name) => kubectlTakesValue(verb, name));
  const [, ...rest] = read.positionals;
  const namespace = hasFlag(read, 'A', 'all-namespaces')
    ? null
    : (valuesOf(read, 'n', 'namespace').at(-1) ?? null);
  const questions: Question[] = [
    ...(namespace && verb !== 'config' ? [{ ask: 'namespace' as const, word: namespace }] : []),
    ...kindsNamed(verb, rest).map((word) => ({ ask: 'kind' as const, word })),
    ...resourcesOf(verb, rest, read).map((one) => ({ ask: 'resource' as const, ...one, namespace })),
    ...pathsOf(verb, rest, read),
  ];
  return {
    questions,
    makes: { ...madeBy(verb, rest, read), namespace },
    elsewhere: hasFlag(read, 'context', 'kubeconfig', 'cluster', 'server', 's'),
  };
}

/** Whether a flag of a command, without its dashes, takes the next word as its value. */
export function kubectlTakesValue(verb: string, flag: string): boolean {
  // Of `logs` the prefix is on or off; of `set env` it is a text.
  return (values.has(flag) && !notValues[verb]?.includes(flag)) || (verb === 'set' && flag === 'prefix');
}

function resourcesOf(verb: string, rest: CommandWord[], read: Arguments): Named[] {
  if (typed.has(verb)) return namesIn(rest);
  if (nested.has(verb)) return namesIn(rest.slice(1));
  // These take a Pod; only `TYPE/NAME` may say something else.
  if (podLike.has(verb)) return namesIn(rest.slice(0, 1).filter(({ text }) => text.includes('/')));
  if (verb === 'create') return valuesOf(read, 'from').flatMap((word) => namesIn([word]));
  return [];
}

/** The words that stand in the place of a kind: of a list each, of `TYPE/NAME…` what is before the slash. */
function kindsNamed(verb: string, rest: CommandWord[]): CommandWord[] {
  const isPod = podLike.has(verb);
  if (!isPod && !typed.has(verb) && !nested.has(verb)) return [];
  const words = beforeValues(isPod ? rest.slice(0, 1) : nested.has(verb) ? rest.slice(1) : rest);
  const [first] = words;
  if (!first) return [];
  if (!first.text.includes('/')) return isPod ? [] : partsOf(first, ',');
  return words.flatMap((word) => {
    const slash = word.text.indexOf('/');
    return slash < 0 ? [] : [partOf(word, 0, slash)];
  });
}

/**
 * `TYPE NAME…`, `TYPE1,TYPE2 NAME…` or `TYPE/NAME…`; assignments such as `key=value` and `key-` end the
 * names.
 */
function namesIn(words: CommandWord[]): Named[] {
  const [first, ...names] = beforeValues(words);
  if (!first) return [];
  if (first.text.includes('/')) return [first, ...names].flatMap((word) => slashed(word));
  if (first.open) return [];
  const kinds = first.text.split(',');
  return names.map((word) => ({ kinds, word }));
}

function beforeValues(words: CommandWord[]): CommandWord[] {
  const end = words.findIndex(({ text }) => text.includes('=') || text.endsWith('-'));
  return end < 0 ? words : words.slice(0, end);
}

function slashed(word: CommandWord): Named[] {
  const slash = word.text.indexOf('/');
  return slash < 0 ? [] : [{ kinds: [word.text.slice(0, slash)], word: partOf(word, slash + 1) }];
}

function pathsOf(verb: string, rest: CommandWord[], read: Arguments): Question[] {
  const folders = [...valuesOf(read, 'k', 'kustomize'), ...(verb === 'kustomize' ? rest.slice(0, 1) : [])];
  return [
    ...folders.map((word) => ({ ask: 'path' as const, word, kustomization: true })),
    ...filesOf(read).map((word) => ({ ask: 'path' as const, word, kustomization: false })),
  ];
}

function filesOf(read: Arguments): CommandWord[] {
  return valuesOf(read, 'f', 'filename').flatMap((word) => partsOf(word, ','));
}

function madeBy(verb: string, rest: CommandWord[], read: Arguments): Made {
  if (!makers.has(verb) || hasFlag(read, 'dry-run')) return {};
  const from = [...filesOf(read), ...valuesOf(read, 'k', 'kustomize')];
  if (from.length > 0) return { from };
  if (verb === 'run') return { resources: rest.slice(0, 1).map((word) => ({ kind: 'pod', word })) };
  if (verb === 'expose')
    return { resources: [...namesIn(rest).map(({ word }) => word), ...valuesOf(read, 'name')].map(service) };
  if (verb !== 'create') return {};
  const [kind, ...names] = rest;
  // `create secret generic NAME`, `create service clusterip NAME`: one word more.
  const [name] = kind && /^(?:secret|service|svc)$/.test(kind.text) ? names.slice(1) : names;
  if (!kind || !name) return {};
  const isNamespace = /^(?:namespaces?|ns)$/.test(kind.text);
  return isNamespace ? { namespaces: [name] } : { resources: [{ kind: kind.text, word: name }] };
}

function service(word: CommandWord): { kind: string; word: CommandWord } {
  return { kind: 'service', word };
}

interface Named {
  kinds: string[];
  word: CommandWord;
}

const typed = new Set('get describe delete edit label annotate patch wait scale autoscale expose'.split(' '));
const nested = new Set(['rollout', 'set']);
const podLike = new Set(['logs', 'exec', 'attach', 'port-forward', 'debug', 'events']);
const makers = new Set(['create', 'apply', 'replace', 'run', 'expose']);

/**
 * Flags that take a value as the next word, of every command that is looked into. Source:
 * `kubectl COMMAND --help`, 1.35.
 */
const values = new Set(
  `n namespace o output l selector f filename k kustomize c container containers L label-columns p patch e env v s r
  address annotations api-version as as-group as-uid as-user-extra cache-dir certificate-authority chunk-size client-certificate
  client-key cluster cluster-ip concurrency context copy-to cpu current-replicas custom external-ip field-manager field-selector
  for from from-env-file from-file from-literal grace-period helm-api-versions helm-command helm-kube-version image image-pull-policy
  keys kubeconfig kuberc labels limit-bytes load-balancer-ip load-restrictor log-flush-frequency max max-log-requests memory min mount
  name network-name override-type overrides password patch-file pod-running-timeout pod-selector port profile profile-output protocol
  prune-allowlist raw replicas request-timeout resource-version restart retries revision selector server set-image
  since since-time skip-wait-for-delete-timeout sort-by subresource tail target target-port template timeout tls-server-name
  to-revision token type types user username vmodule`.split(/\s+/),
);

/**
 * Letters that mean something else, without a value, in these commands: `logs -f` follows, it names no file.
 */
const notValues: Record<string, string[]> = byName({
  logs: ['f', 'p'],
  get: ['p', 'e'],
  exec: ['p', 'e'],
  delete: ['p'],
  apply: ['p'],
  describe: ['p'],
  top: ['containers'],
});
