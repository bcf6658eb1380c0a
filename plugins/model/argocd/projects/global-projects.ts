/**
 * Projects that lend their rules to others. Source: `util/argo` GetGlobalProjects, `globalProjects` of
 * argocd-cm.
 */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../../base/index.ts';
import { readYaml } from '../../../base/yaml-value.ts';

const united = [
  'clusterResourceWhitelist',
  'clusterResourceBlacklist',
  'namespaceResourceWhitelist',
  'namespaceResourceBlacklist',
  'syncWindows',
  'sourceRepos',
  'destinations',
  'destinationServiceAccounts',
];

/** The `globalProjects` text of argocd-cm; empty where it cannot be read. */
export function globalProjectsOf(text: string | undefined): GlobalProject[] {
  const parsed = readYaml(text ?? '');
  const list = Array.isArray(parsed) ? parsed : [];
  return list.filter(isObject).map((entry) => ({
    projectName: textAt(entry, 'projectName') ?? '',
    labelSelector: objectAt(entry, 'labelSelector'),
  }));
}

/**
 * Names of the global projects that hold for a project. None is one for itself; one that does not exist is
 * passed over.
 */
export function globalProjectsFor(
  project: { name: string; labels: Record<string, string> },
  globals: readonly GlobalProject[],
  exists: (name: string) => boolean,
): string[] {
  return globals
    .filter(({ projectName }) => projectName !== project.name && exists(projectName))
    .filter(({ labelSelector }) => selects(labelSelector, project.labels))
    .map(({ projectName }) => projectName);
}

/**
 * The project's own lists, and behind them those of the global one. Namespaces of applications and roles are
 * not lent.
 */
export function mergeVirtualProject(project: JsonObject, lent: JsonObject): JsonObject {
  const merged: JsonObject = { ...project };
  for (const key of united)
    if (Array.isArray(lent[key])) merged[key] = [...listAt(project, key), ...listAt(lent, key)];
  return merged;
}

/**
 * A label selector of Kubernetes; an empty one selects everything. An operator that is not known selects
 * nothing.
 */
function selects(selector: JsonObject, labels: Record<string, string>): boolean {
  for (const [key, value] of Object.entries(objectAt(selector, 'matchLabels')))
    if (labels[key] !== value) return false;
  return listAt(selector, 'matchExpressions').every((expression) => {
    const value = labels[textAt(expression, 'key') ?? ''];
    const values = listAt(expression, 'values');
    const operator = textAt(expression, 'operator');
    if (operator === 'In') return value !== undefined && values.includes(value);
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    if (operator === 'Exists') return value !== undefined;
    return operator === 'DoesNotExist' && value === undefined;
  });
}

export interface GlobalProject {
  projectName: string;
  labelSelector: JsonObject;
}
