/**
 * ClusterExternalSecret and ClusterPushSecret: one object in each namespace that they name. Source:
 * `runtime/esutils/utils.go` GetTargetNamespaces, `pkg/controllers/clusterexternalsecret`.
 */
import { compareText, isObject, listAt, objectAt, textAt, textsAt } from '../../base/index.ts';
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
  const selected = declared.filter(
    (namespace) =>
      named.includes(namespace.name) ||
      selectors.some(
        (selector) => isObject(selector) && selectorFits(selector, labelsOfNamespace(namespace)) === true,
      ),
  );
  const all = new Set([...selected.map((one) => one.name), ...(objects.closed ? [] : named)]);
  const taken = [...all].filter((one) => objects.find(storeGroup, kind, one, name) !== undefined);
  return {
    kind,
    name,
    namespaces: [...all].filter((one) => !taken.includes(one)).sort(compareText),
    taken: taken.sort(compareText),
  };
}

/** Every Namespace has its name as a label. */
export function labelsOfNamespace({ name, labels }: Manifest): Record<string, string> {
  return { ...labels, [nameLabel]: name };
}

export const nameLabel = 'kubernetes.io/metadata.name';

interface Spread {
  kind: 'ExternalSecret' | 'PushSecret';
  name: string;
  namespaces: string[];
  /** Where an object of that name is already, which it leaves alone. */
  taken: string[];
}
