import type { JsonPath } from '../base/index.ts';
import type { Subject } from '../query/index.ts';

/**
 * The YAML path behind a subject's field, where a person would edit it. Null where the field has no line of its own
 * (`file`, `layer`, `stack`, …).
 */
export function yamlPath(subject: Subject, field: JsonPath): JsonPath | null {
  const [head, ...rest] = field;
  const record = recordPaths[subject.kind]?.[field.filter((key) => typeof key === 'string').join('.')];
  if (record) return record;
  const own = recordPaths[subject.kind]?.[String(head)];
  if (own) return [...own, ...rest];
  if (head === 'spec' || head === 'metadata' || head === 'data') return field;
  return typeof head === 'string' ? (resourcePaths[head]?.(rest) ?? null) : null;
}

/** A whole number from digits or an English word up to twelve; undefined for anything else. */
export function countIn(text: string): number | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replaceAll(/[,_\s]/g, '');
  if (/^\d{1,9}$/.test(plain)) return Number(plain);
  const word = numberWords.indexOf(plain as (typeof numberWords)[number]);
  if (word >= 0) return word;
  return plain === 'no' || plain === 'none' ? 0 : undefined;
}

/** `count` written in the manner of `like`: a word for a word, a capital for a capital, digits for all else. */
export function countLike(count: number, like: string): string {
  const word = numberWords[count];
  if (word === undefined || like.trim() === '' || /^\d/.test(like.trim())) return String(count);
  return /^[A-Z]/.test(like.trim()) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

const numberWords = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const;

const resourcePaths: Record<string, (rest: JsonPath) => JsonPath> = {
  wave: () => ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'],
  waveSet: () => ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'],
  phase: () => ['metadata', 'annotations', 'argocd.argoproj.io/hook'],
  name: () => ['metadata', 'name'],
  namespace: () => ['metadata', 'namespace'],
  labels: (rest) => ['metadata', 'labels', ...rest],
  annotations: (rest) => ['metadata', 'annotations', ...rest],
  kind: () => ['kind'],
  apiVersion: () => ['apiVersion'],
};

/** Where the fields of the model's records are written in their manifests. */
const recordPaths: Partial<Record<Subject['kind'], Record<string, JsonPath>>> = {
  application: {
    project: ['spec', 'project'],
    permitted: ['spec', 'project'],
    'permitted.ok': ['spec', 'project'],
    'permitted.reasons': ['spec', 'project'],
    sources: ['spec', 'source'],
    destination: ['spec', 'destination'],
    syncPolicy: ['spec', 'syncPolicy'],
    'syncPolicy.prune': ['spec', 'syncPolicy', 'automated', 'prune'],
    'syncPolicy.selfHeal': ['spec', 'syncPolicy', 'automated', 'selfHeal'],
    'syncPolicy.allowEmpty': ['spec', 'syncPolicy', 'automated', 'allowEmpty'],
    'syncPolicy.options': ['spec', 'syncPolicy', 'syncOptions'],
    'syncPolicy.serverSideApply': ['spec', 'syncPolicy', 'syncOptions'],
    'syncPolicy.applyOutOfSyncOnly': ['spec', 'syncPolicy', 'syncOptions'],
    'syncPolicy.createNamespace': ['spec', 'syncPolicy', 'syncOptions'],
    'syncPolicy.retryLimit': ['spec', 'syncPolicy', 'retry', 'limit'],
  },
  applicationset: { project: ['spec', 'template', 'spec', 'project'], generators: ['spec', 'generators'] },
  project: {
    description: ['spec', 'description'],
    sourceRepos: ['spec', 'sourceRepos'],
    destinations: ['spec', 'destinations'],
    clusterResourceWhitelist: ['spec', 'clusterResourceWhitelist'],
    clusterResourceBlacklist: ['spec', 'clusterResourceBlacklist'],
    namespaceResourceWhitelist: ['spec', 'namespaceResourceWhitelist'],
    namespaceResourceBlacklist: ['spec', 'namespaceResourceBlacklist'],
    sourceNamespaces: ['spec', 'sourceNamespaces'],
    roles: ['spec', 'roles'],
    syncWindows: ['spec', 'syncWindows'],
  },
  secret: {
    store: ['spec', 'secretStoreRef'],
    target: ['spec', 'target'],
    creationPolicy: ['spec', 'target', 'creationPolicy'],
    deletionPolicy: ['spec', 'target', 'deletionPolicy'],
    refreshInterval: ['spec', 'refreshInterval'],
    keys: ['spec', 'data'],
  },
  route: { hostnames: ['spec', 'hostnames'], parents: ['spec', 'parentRefs'], backends: ['spec', 'rules'] },
};
