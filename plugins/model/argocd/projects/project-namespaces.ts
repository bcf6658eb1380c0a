/**
 * Namespaces that Applications may live in. Source: `util/glob` MatchStringInList,
 * `AppProject.IsAppNamespacePermitted`, `util/security`.
 */
import { gobwas } from './gobwas-glob.ts';
import { regexpFinds } from './regexp.ts';

/**
 * Whether an entry of the list fits. In mode `regexp` an entry `/…/` is an unanchored regular expression and,
 * failing that, a glob like the others. Null where only an expression that is not decided here could fit.
 */
export function matchesList(list: readonly string[], item: string, mode: ListMode): boolean | null {
  let undecided = false;
  for (const entry of list) {
    if (mode === 'exact') {
      if (entry === item) return true;
      continue;
    }
    if (mode === 'regexp' && entry.length > 1 && entry.startsWith('/') && entry.endsWith('/')) {
      const found = regexpFinds(entry.slice(1, -1), item);
      if (found === true) return true;
      undecided ||= found === null;
    }
    if (gobwas(entry)(item)) return true;
  }
  return undecided ? null : false;
}

/** Whether a project takes Applications of a namespace: always those of the controller's own. */
export function isAppNamespacePermitted(
  sourceNamespaces: readonly string[],
  namespace: string,
  controllerNamespace: string,
): boolean | null {
  if (namespace === '' || namespace === controllerNamespace) return true;
  return matchesList(sourceNamespaces, namespace, 'regexp');
}

/** Whether Argo CD looks at Applications of a namespace at all (`application.namespaces`). */
export function isNamespaceEnabled(
  namespace: string,
  serverNamespace: string,
  enabled: readonly string[],
): boolean | null {
  return namespace === serverNamespace || matchesList(enabled, namespace, 'regexp');
}

/**
 * The name by which RBAC policies know an Application: with its namespace where that is not the controller's.
 */
export function rbacName(
  name: string,
  namespace: string,
  project: string,
  controllerNamespace: string,
): string {
  const owner = project || 'default';
  return namespace === '' || namespace === controllerNamespace
    ? `${owner}/${name}`
    : `${owner}/${namespace}/${name}`;
}

export type ListMode = 'exact' | 'glob' | 'regexp';
