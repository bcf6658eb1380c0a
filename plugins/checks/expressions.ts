import type { JsonPath } from '../base/index.ts';
import type { Subject } from '../query/index.ts';

/** The parts of a CEL expression between its outermost `&&`s, with their offsets; one part where there is none. */
export function conjuncts(expression: string): { text: string; offset: number }[] {
  const parts: { text: string; offset: number }[] = [];
  let start = 0;
  for (const { character, index, depth } of outside(expression)) {
    if (depth > 0) continue;
    if (character === '|' || character === '?') return [trimmed(expression, 0, expression.length)];
    if (character === '&' && expression[index + 1] === '&') {
      parts.push(trimmed(expression, start, index));
      start = index + 2;
    }
  }
  parts.push(trimmed(expression, start, expression.length));
  return parts.filter((part) => part.text !== '');
}

/** `path == 'literal'` (or turned round), the one shape of a conjunct whose nearest values can be named. */
export function equality(conjunct: string): { path: string; literal: string } | null {
  const field = String.raw`[A-Za-z_][\w.?]*`;
  const literal = `'([^']*)'|"([^"]*)"`;
  const left = new RegExp(`^(${field})\\s*==\\s*(?:${literal})$`).exec(conjunct);
  if (left) return { path: left[1] ?? '', literal: left[2] ?? left[3] ?? '' };
  const right = new RegExp(`^(?:${literal})\\s*==\\s*(${field})$`).exec(conjunct);
  return right ? { path: right[3] ?? '', literal: right[1] ?? right[2] ?? '' } : null;
}

/** The fields of the subject that an expression speaks of, in order: `wave`, `spec.x.y`, `labels['a/b']`. */
export function fieldsOf(expression: string): { path: JsonPath; text: string }[] {
  const found: { path: JsonPath; text: string }[] = [];
  const bound = new Set([...expression.matchAll(macro)].map((match) => match[1]));
  const token =
    /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\b[A-Za-z_]\w*(?:\.\??[A-Za-z_]\w*|\[\??(?:'[^']*'|"[^"]*"|\d+)\])*\s*\(?/g;
  for (const match of expression.matchAll(token)) {
    let text = match[0].trimEnd();
    if (/^['"]/.test(text)) continue;
    if (text.endsWith('(')) {
      // A call: what it is called on is a field, a bare function is none; `has(x.y)` goes on to its argument.
      const receiver = text
        .slice(0, -1)
        .trimEnd()
        .replace(/\.?\??[A-Za-z_]\w*$/, '');
      if (receiver === '') continue;
      text = receiver;
    }
    const path = [...text.matchAll(/[A-Za-z_]\w*|\['([^']*)'\]|\["([^"]*)"\]|\[\??(\d+)\]/g)].map((part) =>
      part[3] === undefined ? (part[1] ?? part[2] ?? part[0]) : Number(part[3]),
    );
    if (typeof path[0] === 'string' && (reserved.has(path[0]) || bound.has(path[0]))) continue;
    found.push({ path, text });
  }
  return found;
}

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

/** Characters outside strings, with their depth of brackets. */
function* outside(expression: string): Generator<{ character: string; index: number; depth: number }> {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < expression.length; index += 1) {
    const character = expression[index] ?? '';
    if (quote !== '') {
      if (character === '\\') index += 1;
      else if (character === quote) quote = '';
      continue;
    }
    if (character === "'" || character === '"') quote = character;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else yield { character, index, depth };
  }
}

function trimmed(text: string, start: number, end: number): { text: string; offset: number } {
  const part = text.slice(start, end);
  return { text: part.trim(), offset: start + (part.length - part.trimStart().length) };
}

/** CEL's macros, with the name that each gives to an element: no field of the subject. */
const macro = /\.(?:all|exists|exists_one|filter|map)\s*\(\s*([A-Za-z_]\w*)\s*,/g;

const reserved = new Set([
  'true',
  'false',
  'null',
  'in',
  'has',
  'size',
  'resources',
  'applications',
  'projects',
  'policies',
  'events',
  'secrets',
  'routes',
  'stacks',
]);

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
