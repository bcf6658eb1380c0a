/** The manifests of a repository as External Secrets would find them in a cluster. */
import { at, isObject, listAt } from '../../base/index.ts';
import { managedNamespaces } from '../argocd/sync/managed-namespaces.ts';
import type { ResourceIndex } from '../resource-index.ts';
import { type Objects, objectsOf } from './objects.ts';

/** To be made before Secrets that controllers make are added to the lookup: they are none that is written. */
export function knownObjects({ lookup }: { lookup: Pick<ResourceIndex, 'ofKind'> }): Objects {
  let isMarked: boolean | null = null;
  const objects = objectsOf(lookup.ofKind, {
    hidden: true,
    closed: false,
    managed: managedNamespaces(lookup),
    labelled() {
      isMarked ??= isMutated(lookup);
      return isMarked;
    },
  });
  objects.all('', 'Secret', null, '');
  return objects;
}

/** Some policy changes Namespaces, so that their labels are not those of their manifests alone. */
function isMutated(lookup: Pick<ResourceIndex, 'ofKind'>): boolean {
  return ['ClusterPolicy', 'MutatingPolicy'].some((kind) =>
    ['kyverno.io', 'policies.kyverno.io'].some((group) =>
      lookup.ofKind(group, kind).some(({ rendered }) => {
        const rules = listAt(rendered, 'spec', 'rules').filter((rule) => isObject(at(rule, 'mutate')));
        return kind === 'MutatingPolicy' || rules.some((rule) => JSON.stringify(rule).includes('Namespace'));
      }),
    ),
  );
}
