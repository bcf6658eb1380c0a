/** What makes an object the object it is: group, kind, namespace, name. */
import { isObject, type JsonObject, type JsonValue } from '../base/index.ts';

export function identityOf(value: JsonObject): Identity {
  const apiVersion = textOf(value.apiVersion);
  const slash = apiVersion.indexOf('/');
  const { namespace, name, generateName } = isObject(value.metadata) ? value.metadata : nothing;
  return {
    apiVersion,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textOf(value.kind),
    namespace: textOf(namespace) || null,
    name: textOf(name) || textOf(generateName),
  };
}

/** Asked of each object many times: without the detour of a path. */
function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

const nothing: JsonObject = {};

/** `Kind.group/namespace/name`; parts that are empty are left out. */
export function idOf(group: string, kind: string, namespace: string | null, name: string): string {
  const beside =
    namespace === null || namespace === '' ? kindOf(group, kind) : `${kindOf(group, kind)}/${namespace}`;
  if (beside === '') return name;
  return name === '' ? beside : `${beside}/${name}`;
}

/** `Kind.group`, or `Kind` in the core group. */
export function kindOf(group: string, kind: string): string {
  return group === '' ? kind : `${kind}.${group}`;
}

/** Labels or annotations as texts; entries of other types are left out (Kubernetes refuses them). */
export function textsOf(value: unknown): Record<string, string> {
  const result: Record<string, string> = {};
  if (isObject(value))
    for (const [key, text] of Object.entries(value)) if (typeof text === 'string') result[key] = text;
  return result;
}

export interface Identity {
  apiVersion: string;
  group: string;
  version: string;
  kind: string;
  namespace: string | null;
  name: string;
}
