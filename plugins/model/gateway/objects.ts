/** What the semantics of routes read: the objects around them, and what is not known of these. */
import { type JsonObject, listAt, objectAt, textAt, textsAt } from '../../base/index.ts';

export const gatewayGroup = 'gateway.networking.k8s.io';

/** A manifest as it would be deployed; the model's own resources are such. */
export interface NetworkObject {
  id: string;
  group: string;
  kind: string;
  namespace: string | null;
  name: string;
  labels: Record<string, string>;
  rendered: JsonObject;
}

export interface Surroundings<T extends NetworkObject = NetworkObject> {
  ofKind(group: string, kind: string): readonly T[];
  find(group: string, kind: string, namespace: string | null, name: string): T | undefined;
  /**
   * Why there may be an object that `find` does not know (without a name: any of its kind there); null where
   * there surely is none.
   */
  mayBe(group: string, kind: string, namespace: string | null, name?: string): string | null;
  /** Labels of a Namespace, and why there may be more of them; null where these are all. */
  labelsOf(namespace: string): { labels: Record<string, string>; why: string | null };
  /** Why an object that is known may be another one in a cluster; null where it surely is as it stands. */
  mayDiffer(object: NetworkObject): string | null;
  /** RFC 3339; undefined where only a cluster knows it. */
  createdAt(object: NetworkObject): string | undefined;
}

/** True, false, or null for what only a cluster knows. */
export type Known = boolean | null;

/** A condition as a controller would set it. */
export interface Verdict {
  is: Known;
  /** The API's word; null where none is prescribed, or nothing is decided. */
  reason: string | null;
  /** In a sentence: what is wrong, or what is not known; null where neither. */
  why: string | null;
}

export const holds = (reason: string | null = null): Verdict => ({ is: true, reason, why: null });
export const fails = (reason: string | null, why: string): Verdict => ({ is: false, reason, why });
/** `reason`: what it would be where the unknown does not help. */
export const unknown = (why: string, reason: string | null = null): Verdict => ({ is: null, reason, why });

/** A fault is none that is certain where one of the objects that it speaks of may be another. */
export function ifSure(
  verdict: Verdict,
  { mayDiffer }: Surroundings,
  ...objects: readonly (NetworkObject | null | undefined)[]
): Verdict {
  if (verdict.is !== false) return verdict;
  for (const object of objects) {
    const why = object ? mayDiffer(object) : null;
    if (why !== null) return unknown(why, verdict.reason);
  }
  return verdict;
}

/** Of the first that fails, else of the first that is not known. */
export function worst(verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.find(({ is }) => is === false) ?? verdicts.find(({ is }) => is === null);
}

/** `ns/name`, or the name alone. */
export function placeName(namespace: string | null, name: string): string {
  return namespace === null ? name : `${namespace}/${name}`;
}

/**
 * Whether a label selector takes a namespace (apimachinery, labels.Selector): absent it takes nothing, empty
 * everything; `NotIn` and `DoesNotExist` hold on a label that is not there.
 */
export function selectsNamespace(
  selector: JsonObject | undefined,
  namespace: string,
  { labelsOf }: Pick<Surroundings, 'labelsOf'>,
): { is: Known; why: string | null } {
  if (selector === undefined) return { is: false, why: null };
  const known = labelsOf(namespace);
  const labels = { ...known.labels, 'kubernetes.io/metadata.name': namespace };
  let is: Known = true;
  const take = (test: Known): void => {
    if (test === false) is = false;
    else if (test === null && is === true) is = null;
  };
  /** What a test says where the label is not known to be there. */
  const absent = (says: boolean): Known => (known.why === null ? says : null);
  for (const [key, value] of Object.entries(objectAt(selector, 'matchLabels'))) {
    const own = Object.hasOwn(labels, key) ? labels[key as keyof typeof labels] : undefined;
    take(own === undefined ? absent(false) : own === value);
  }
  for (const expression of listAt(selector, 'matchExpressions')) {
    const key = textAt(expression, 'key') ?? '';
    const own = Object.hasOwn(labels, key) ? labels[key as keyof typeof labels] : undefined;
    const values = textsAt(expression, 'values');
    const operator = textAt(expression, 'operator');
    if (operator === 'In') take(own === undefined ? absent(false) : values.includes(own));
    else if (operator === 'NotIn') take(own === undefined ? absentOf(known.why) : !values.includes(own));
    else if (operator === 'Exists') take(own === undefined ? absent(false) : true);
    else if (operator === 'DoesNotExist') take(own === undefined ? absentOf(known.why) : false);
    else take(false);
  }
  return { is, why: is === null ? known.why : null };
}

/** A test that holds on an absent label. */
function absentOf(why: string | null): Known {
  return why === null ? true : null;
}

/** The number at a key; undefined where there is none. */
export function numberAt(value: unknown, key: string): number | undefined {
  const found = typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined;
  return typeof found === 'number' ? found : undefined;
}
