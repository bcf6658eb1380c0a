/**
 * ClusterExternalSecret and ClusterPushSecret: one object in each namespace that they name. Source:
 * `runtime/esutils/utils.go` GetTargetNamespaces, `pkg/controllers/clusterexternalsecret`.
 */
import { compareText, isObject, listAt, objectAt, textAt, textsAt } from '../../base/index.ts';
import type { KnownLabels } from '../argocd/sync/managed-namespaces.ts';
import { selectorFits } from '../label-selector.ts';
import { type Manifest, type Objects, storeGroup } from './objects.ts';

/**
 * Where it makes which object. A namespace that no manifest declares is passed over in a closed cluster; else
 * it counts where it is named, as something else may have made it.
 */
export function spreadOf(cluster: Manifest, objects: Objects): Spread {
  const spec = objectAt(cluster.rendered, 'spec');
  const isPush = cluster.kind === 'ClusterPushSecret';
  const kind = isPush ? 'PushSecret' : 'ExternalSecret';
  const name = textAt(spec, isPush ? 'pushSecretName' : 'externalSecretName') || cluster.name;
  const named = isPush ? [] : textsAt(spec, 'namespaces');
  const selectors = [...(isPush ? [] : [spec.namespaceSelector]), ...listAt(spec, 'namespaceSelectors')];
  const declared = objects.ofKind('', 'Namespace');
  const written = new Set(declared.map((one) => one.name));
  const made = [...objects.managed.names].filter((one) => !written.has(one)).map((one) => ({ name: one }));
  const selected = [...declared, ...made].filter((namespace) => {
    if (named.includes(namespace.name)) return true;
    const { labels, isWhole } = labelsOfNamespace(namespace, objects);
    return selectors.some(
      (selector) => isObject(selector) && selectorFits(selector, labels, isWhole) === true,
    );
  });
  const all = new Set([...selected.map((one) => one.name), ...(objects.closed ? [] : named)]);
  const taken = [...all].filter((one) => objects.find(storeGroup, kind, one, name) !== undefined);
  return {
    kind,
    name,
    namespaces: [...all].filter((one) => !taken.includes(one)).sort(compareText),
    taken: taken.sort(compareText),
  };
}

/** Of its manifest, where one declares it, and of Argo CD; every Namespace has its name as a label. */
export function labelsOfNamespace(
  { name, labels }: { name: string; labels?: Manifest['labels'] },
  { managed }: Pick<Objects, 'managed'>,
): KnownLabels {
  const known = managed.labelsOf(name, labels);
  return { ...known, labels: { ...known.labels, 'kubernetes.io/metadata.name': name } };
}

interface Spread {
  kind: 'ExternalSecret' | 'PushSecret';
  name: string;
  namespaces: string[];
  /** Where an object of that name is already, which it leaves alone. */
  taken: string[];
}
