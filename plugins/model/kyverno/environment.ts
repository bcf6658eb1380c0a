/** What policies may ask a cluster for, as the manifests tell it. */
import type { BuildContext } from '../context.ts';
import type { Environment } from './evaluate/types.ts';

/** Of one model: the same is given each time. */
export function environmentOf({ lookup }: Pick<BuildContext, 'lookup'>): Environment {
  const known = environments.get(lookup);
  if (known) return known;
  const namespaces = new Map(lookup.ofKind('', 'Namespace').map(({ name, rendered }) => [name, rendered]));
  const made: Environment = {
    namespaceObject: (name) => namespaces.get(name),
    find: (group, kind, namespace, name) =>
      kind === 'Secret' ? undefined : lookup.find(group, kind, namespace, name)?.rendered,
    ofKind: (group, kind) => lookup.ofKind(group, kind).map(({ rendered }) => rendered),
  };
  environments.set(lookup, made);
  return made;
}

const environments = new WeakMap<object, Environment>();
