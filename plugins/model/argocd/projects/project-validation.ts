/**
 * What Argo CD's API refuses in an AppProject. Source: `AppProject.ValidateProject` and the checks of roles
 * that it calls.
 */
import { asText, isObject, type JsonObject, type JsonPath, listAt, textAt } from '../../../base/index.ts';
import { windowFault, windowOf } from '../sync/sync-windows.ts';
import { isValidGlob } from './gobwas-glob.ts';
import { destinationsOf } from './project-lists.ts';
import { groupFault, policyFault, roleNameFault } from './project-roles.ts';

/** Every fault with the path under `spec` that a person mends; Argo CD itself stops at the first. */
export function validateProject(name: string, spec: JsonObject): ProjectFault[] {
  return [
    ...destinationFaults(spec),
    ...repeated(spec, 'sourceNamespaces', 'source namespace'),
    ...sourceFaults(spec),
    ...roleFaults(name, spec),
    ...windowFaults(spec),
    ...accountFaults(spec),
  ];
}

function destinationFaults(spec: JsonObject): ProjectFault[] {
  const seen = new Set<string>();
  return destinationsOf(spec).flatMap((item, index): ProjectFault[] => {
    const path = ['destinations', index];
    for (const key of ['name', 'server', 'namespace'] as const)
      if (item[key] === '!*') return [{ path: [...path, key], error: `${key} has an invalid format, '!*'` }];
    const cluster = item.name && !item.server ? item.name : (item.server ?? '');
    const key = `${cluster}/${item.namespace ?? ''}`;
    if (seen.has(key)) return [{ path, error: `destination '${key}' already added` }];
    seen.add(key);
    return [];
  });
}

function sourceFaults(spec: JsonObject): ProjectFault[] {
  const denied = listAt(spec, 'sourceRepos').indexOf('!*');
  return [
    ...(denied < 0
      ? []
      : [{ path: ['sourceRepos', denied], error: "source repository has an invalid format, '!*'" }]),
    ...repeated(spec, 'sourceRepos', 'source repository'),
  ];
}

function roleFaults(project: string, spec: JsonObject): ProjectFault[] {
  const seen = new Set<string>();
  return listAt(spec, 'roles').flatMap((role, index): ProjectFault[] => {
    if (!isObject(role)) return [];
    const at = (...rest: JsonPath): JsonPath => ['roles', index, ...rest];
    const name = textAt(role, 'name') ?? '';
    const found: ProjectFault[] = [];
    if (seen.has(name)) found.push({ path: at('name'), error: `role '${name}' already exists` });
    seen.add(name);
    const fault = roleNameFault(name);
    if (fault !== null) found.push({ path: at('name'), error: fault });
    for (const [key, word, check] of [
      ['policies', 'policy', (text: string) => policyFault(project, name, text)],
      ['groups', 'group', groupFault],
    ] as const) {
      const own = new Set<string>();
      for (const [position, entry] of listAt(role, key).entries()) {
        const text = typeof entry === 'string' ? entry : '';
        const error = own.has(text) ? `${word} '${text}' already exists for role '${name}'` : check(text);
        own.add(text);
        if (error !== null) found.push({ path: at(key, position), error });
      }
    }
    return found;
  });
}

function windowFaults(spec: JsonObject): ProjectFault[] {
  const seen = new Set<string>();
  return listAt(spec, 'syncWindows').flatMap((entry, index): ProjectFault[] => {
    if (!isObject(entry)) return [];
    const path = ['syncWindows', index];
    const window = windowOf(entry);
    // What Argo CD takes for one and the same window: not its description, nor whether it lets people sync by
    // hand.
    const { description: _description, manualSync: _manual, ...identity } = window;
    const key = JSON.stringify(identity);
    const name = `window '${window.kind}':'${window.schedule}':'${window.duration}'`;
    if (seen.has(key)) return [{ path, error: `${name} already exists, update or edit` }];
    seen.add(key);
    const fault = windowFault(window);
    if (fault) return [{ path: [...path, fault.key], error: fault.error }];
    return window.applications.length + window.namespaces.length + window.clusters.length > 0
      ? []
      : [{ path, error: `${name} requires one of application, cluster or namespace` }];
  });
}

function accountFaults(spec: JsonObject): ProjectFault[] {
  const seen = new Set<string>();
  return listAt(spec, 'destinationServiceAccounts').flatMap((entry, index): ProjectFault[] => {
    const path = ['destinationServiceAccounts', index];
    const server = textAt(entry, 'server') ?? '';
    const namespace = textAt(entry, 'namespace') ?? '';
    const account = textAt(entry, 'defaultServiceAccount') ?? '';
    for (const [key, value] of Object.entries({ server, namespace }))
      if (value.includes('!') || !isValidGlob(value))
        return [{ path: [...path, key], error: `${key} has an invalid format, '${value}'` }];
    if (account.trim() === '' || /[!*[\]{}\\/]/.test(account)) {
      const error = `defaultServiceAccount has an invalid format, '${account}'`;
      return [{ path: [...path, 'defaultServiceAccount'], error }];
    }
    const key = `${server}/${namespace}`;
    if (seen.has(key)) return [{ path, error: `destinationServiceAccount for '${key}' already added` }];
    seen.add(key);
    return [];
  });
}

function repeated(spec: JsonObject, key: string, word: string): ProjectFault[] {
  const list = listAt(spec, key);
  return list.flatMap((entry, index) =>
    list.indexOf(entry) < index
      ? [{ path: [key, index], error: `${word} '${asText(entry)}' already added` }]
      : [],
  );
}

export interface ProjectFault {
  /** Under `spec`. */
  path: JsonPath;
  /** Argo CD's words. */
  error: string;
}
