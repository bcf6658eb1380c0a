/**
 * `match` and `exclude` of a Kyverno rule, for an object as it is created. Source: kyverno `pkg/utils/match`.
 */
import {
  asText,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
  textsAt,
} from '../../base/index.ts';
import { parseKind, selectsKind } from './kind-patterns.ts';
import { wildcard } from './wildcard.ts';

/** True where the rule looks at the object, as far as is known: what is not known narrows nothing. */
export function isMatched(rule: JsonObject, object: Matched, labelsOfNamespace: NamespaceLabels): boolean {
  const labelsOf = (namespace: string) =>
    labelsOfNamespace(namespace) ?? labelsOfNamespace.given?.(namespace) ?? {};
  return matchOf(rule, object, labelsOf, true) === true;
}

/**
 * True where the rule looks at the object; null where that hangs on what is not known. An exclusion is asked
 * only where the match holds.
 */
export function matchOf(
  rule: JsonObject,
  object: Matched,
  labelsOf: NamespaceLabels,
  isBackground = object.isBackground === true,
): Known {
  const match = objectAt(rule, 'match');
  const selected = blockHolds(match, (filter) =>
    filterHolds(filter, object, labelsOf, { side: 'match', isBackground }),
  );
  if (selected === false) return false;
  const exclude = objectAt(rule, 'exclude');
  if (Object.keys(exclude).length === 0) return selected;
  const excluded = blockHolds(exclude, (filter) =>
    filterHolds(filter, object, labelsOf, { side: 'exclude', isBackground }),
  );
  if (excluded === true) return false;
  return excluded === null ? null : selected;
}

/**
 * False for a namespace of which the rule selects nothing, whatever it is: most rules of a platform of many
 * teams are told by it. Of a Namespace itself it is its own name.
 */
export function selectsIn(
  rule: JsonObject,
): (object: Pick<Matched, 'group' | 'kind' | 'namespace' | 'name'>) => boolean {
  const match = objectAt(rule, 'match');
  const isNarrowed = filtersOf(match).some((filter) => listAt(filter, 'resources', 'namespaces').length > 0);
  if (!isNarrowed) return () => true;
  const known = new Map<string, boolean>();
  return (object) => {
    const namespace = namespaceAsked(object);
    const found =
      known.get(namespace) ?? blockHolds(match, (filter) => narrowsTo(filter, namespace)) === true;
    known.set(namespace, found);
    return found;
  };
}

function narrowsTo(filter: JsonObject, namespace: string): boolean {
  const wanted = objectAt(filter, 'resources');
  const isAsked = wanted.namespaces !== undefined && wanted.namespaces !== null;
  return !isAsked || textsAt(wanted, 'namespaces').some((text) => wildcard(text, namespace));
}

/** Filters of a block, however it is written: `any`, `all`, or flat. */
export function filtersOf(block: JsonObject): JsonObject[] {
  if (Array.isArray(block.any)) return block.any.filter(isObject);
  if (Array.isArray(block.all)) return block.all.filter(isObject);
  return Object.keys(block).length > 0 ? [block] : [];
}

/** True where `match` (of a rule or an exception) selects the object; nothing is excluded. */
function blockHolds(block: JsonObject, test: (filter: JsonObject) => Known): Known {
  const answers = filtersOf(block).map(test);
  return Array.isArray(block.all) ? answers.length > 0 && every(answers) : some(answers);
}

/** One that decides is enough. */
function some(answers: readonly Known[]): Known {
  return answers.includes(true) || (answers.includes(null) ? null : false);
}

function every(answers: readonly Known[]): Known {
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

function filterHolds(
  filter: JsonObject,
  object: Matched,
  labelsOf: NamespaceLabels,
  { side, isBackground }: Asked,
): Known {
  const wanted = objectAt(filter, 'resources');
  const keys = Object.keys(wanted).filter((key) => wanted[key] !== undefined && wanted[key] !== null);
  const answers = keys.map((key) => conditionHolds(key, wanted, object, labelsOf));
  const asked = ['roles', 'clusterRoles', 'subjects'].filter((key) => listAt(filter, key).length > 0);
  if (asked.length > 0 && object.user) {
    const { user } = object;
    answers.push(...asked.map((key) => userHolds(key, listAt(filter, key), user)));
  } else if (asked.length > 0 && !isBackground) answers.push(null);
  // Without a request, what a match says of users is dropped; an exclusion that asks for one excludes none.
  else if (asked.length > 0 && side === 'exclude') answers.push(false);
  return answers.length > 0 && every(answers);
}

function userHolds(key: string, wanted: readonly JsonValue[], user: JsonObject): boolean {
  if (key !== 'subjects')
    return textsAt(user, key).some((own) => wanted.some((one) => wildcard(asText(one), own)));
  const name = textAt(user, 'username') ?? '';
  return wanted.some((one) => {
    const subject = textAt(one, 'name') ?? '';
    if (textAt(one, 'kind') === 'Group')
      return textsAt(user, 'groups').some((group) => wildcard(subject, group));
    if (textAt(one, 'kind') !== 'ServiceAccount') return wildcard(subject, name);
    return wildcard(`system:serviceaccount:${textAt(one, 'namespace') ?? ''}:${subject}`, name);
  });
}

function conditionHolds(key: string, wanted: JsonObject, object: Matched, labelsOf: NamespaceLabels): Known {
  const texts = textsAt(wanted, key);
  if (key === 'kinds')
    return texts.some((text) =>
      selectsKind(parseKind(text), object.group, object.version, object.kind, object.subresource),
    );
  if (key === 'name') return typeof wanted.name === 'string' && wildcard(wanted.name, object.name);
  if (key === 'names') return texts.some((text) => wildcard(text, object.name));
  if (key === 'namespaces') {
    const namespace = namespaceAsked(object);
    return texts.some((text) => wildcard(text, namespace));
  }
  if (key === 'annotations') return annotationsHold(objectAt(wanted, key), object.annotations);
  if (key === 'selector') return selectorHolds(objectAt(wanted, key), object.labels);
  if (key === 'namespaceSelector') {
    if (isNamespace(object) || object.namespace === null) return false;
    return namespaceSelectorHolds(objectAt(wanted, key), object.namespace, labelsOf);
  }
  if (key === 'operations') return texts.length === 0 || texts.includes(object.operation ?? 'CREATE');
  return true;
}

/** Each of the wanted must match one of the object's, wildcards in both parts. */
export function annotationsHold(wanted: JsonObject, own: Record<string, string>): boolean {
  return Object.entries(wanted).every(([name, value]) =>
    Object.entries(own).some(
      ([ownName, ownValue]) => wildcard(name, ownName) && wildcard(asText(value), ownValue),
    ),
  );
}

/**
 * Null where the labels of the namespace are not known; the one that Kubernetes gives every namespace always
 * is.
 */
export function namespaceSelectorHolds(
  selector: JsonObject,
  namespace: string,
  labelsOf: NamespaceLabels,
): Known {
  const given = { ...labelsOf.given?.(namespace), 'kubernetes.io/metadata.name': namespace };
  const labels = labelsOf(namespace);
  if (labels) return selectorHolds(selector, { ...given, ...labels });
  const parts = [
    ...Object.entries(objectAt(selector, 'matchLabels')).map(([key, value]) => ({
      key,
      part: { matchLabels: { [key]: value } },
    })),
    ...listAt(selector, 'matchExpressions').map((one) => ({
      key: textAt(one, 'key') ?? '',
      part: { matchExpressions: [one] },
    })),
  ];
  const known = parts.filter(({ key }) => Object.hasOwn(given, key));
  if (!known.every(({ part }) => selectorHolds(part, given))) return false;
  return known.length === parts.length ? true : null;
}

/** A label selector, with Kyverno's wildcards in `matchLabels`. */
export function selectorHolds(selector: JsonObject, labels: Record<string, string>): boolean {
  for (const [key, value] of Object.entries(objectAt(selector, 'matchLabels'))) {
    const fits = Object.entries(labels).some(
      ([name, own]) => wildcard(key, name) && wildcard(asText(value), own),
    );
    if (!fits) return false;
  }
  for (const expression of listAt(selector, 'matchExpressions')) {
    const own = labels[textAt(expression, 'key') ?? ''];
    const values = listAt(expression, 'values');
    const operator = textAt(expression, 'operator');
    if (operator === 'In' && (own === undefined || !values.includes(own))) return false;
    if (operator === 'NotIn' && own !== undefined && values.includes(own)) return false;
    if (operator === 'Exists' && own === undefined) return false;
    if (operator === 'DoesNotExist' && own !== undefined) return false;
  }
  return true;
}

function namespaceAsked(object: Pick<Matched, 'group' | 'kind' | 'namespace' | 'name'>): string {
  return isNamespace(object) ? object.name : (object.namespace ?? '');
}

function isNamespace({ kind, group }: Pick<Matched, 'group' | 'kind'>): boolean {
  return kind === 'Namespace' && group === '';
}

/** Which block is asked, and whether with no request. */
interface Asked {
  side: 'match' | 'exclude';
  isBackground: boolean;
}

/** Null where it hangs on what is not known. */
export type Known = boolean | null;
/** Labels of a Namespace by its name; undefined where no manifest declares it. */
export interface NamespaceLabels {
  (namespace: string): Record<string, string> | undefined;
  /** Those that it surely has, whether or not a manifest declares it. */
  given?(namespace: string): Readonly<Record<string, string>>;
}
/** What a filter looks at; a resource of the model is one. */
export interface Matched {
  group: string;
  version: string;
  kind: string;
  namespace: string | null;
  name: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  subresource?: string;
  operation?: string;
  isBackground?: boolean;
  /** Who asks, where that is known: `username`, `groups`, `roles`, `clusterRoles`. */
  user?: JsonObject;
}
