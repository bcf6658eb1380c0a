/**
 * How Argo CD calls an Application where its name alone would not do: in what it tracks, in the build
 * environment, in names of files. Source: `Application.InstanceName`.
 */
import { type JsonObject, textAt } from '../../../base/index.ts';
import { identityOf } from '../../identity.ts';

/** `namespace_name` where the Application lives outside of the controller's namespace. */
export function instanceName(name: string, namespace: string, controllerNamespace: string): string {
  return namespace === '' || namespace === controllerNamespace ? name : `${namespace}_${name}`;
}

/** The namespaces that declare an AppProject, by its name: Argo CD reads them from its own alone. */
export function projectHomes(projects: Iterable<{ value: JsonObject }>): ProjectHomes {
  const homes = new Map<string, Set<string>>();
  for (const { value } of projects) {
    const { group, namespace, name } = identityOf(value);
    if (group !== 'argoproj.io' || namespace === null) continue;
    homes.set(name, (homes.get(name) ?? new Set()).add(namespace));
  }
  return homes;
}

/** Its own namespace is the controller's, unless its project is declared elsewhere. */
export function instanceNameOf(application: JsonObject, homes: ProjectHomes): string {
  const name = textAt(application, 'metadata', 'name') ?? '';
  const namespace = textAt(application, 'metadata', 'namespace') ?? '';
  const known = [...(homes.get(textAt(application, 'spec', 'project') || 'default') ?? [])];
  const controller = known.includes(namespace) ? namespace : (known[0] ?? namespace);
  return instanceName(name, namespace, controller);
}

export type ProjectHomes = ReadonlyMap<string, ReadonlySet<string>>;
