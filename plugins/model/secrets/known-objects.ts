/** The manifests of a repository as External Secrets would find them in a cluster. */
import { at, isObject, listAt, textAt } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import { type Objects, objectsOf } from './objects.ts';

/** To be asked before Secrets that controllers make are added to the lookup. */
export function knownObjects({ lookup }: BuildContext): Objects {
  let marks: { all: boolean; namespaces: Set<string> } | null = null;
  return objectsOf(lookup.ofKind, {
    hidden: true,
    closed: false,
    labelled(namespace) {
      marks ??= { all: isMutated(lookup), namespaces: managedNamespaces(lookup) };
      return marks.all || marks.namespaces.has(namespace);
    },
  });
}

/** Some policy changes Namespaces, so that their labels are not those of their manifests alone. */
function isMutated(lookup: BuildContext['lookup']): boolean {
  return ['ClusterPolicy', 'MutatingPolicy'].some((kind) =>
    ['kyverno.io', 'policies.kyverno.io'].some((group) =>
      lookup.ofKind(group, kind).some(({ rendered }) => {
        const rules = listAt(rendered, 'spec', 'rules').filter((rule) => isObject(at(rule, 'mutate')));
        return kind === 'MutatingPolicy' || rules.some((rule) => JSON.stringify(rule).includes('Namespace'));
      }),
    ),
  );
}

/** Namespaces that Argo CD itself labels. */
function managedNamespaces(lookup: BuildContext['lookup']): Set<string> {
  return new Set(
    lookup
      .ofKind('argoproj.io', 'Application')
      .flatMap(({ rendered }) =>
        isObject(at(rendered, 'spec', 'syncPolicy', 'managedNamespaceMetadata', 'labels'))
          ? (textAt(rendered, 'spec', 'destination', 'namespace') ?? [])
          : [],
      ),
  );
}
