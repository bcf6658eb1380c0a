/** What the ConfigMaps of Argo CD say, as far as they are in the repository. */
import type { ResourceIndex } from '../resource-index.ts';
import type { Resource } from '../types.ts';

/** A ConfigMap of Argo CD (`argocd-cm`, `argocd-cmd-params-cm`): the one beside the object, else any. */
export function settingsMap(
  name: string,
  namespace: string | null,
  { lookup }: { lookup: ResourceIndex },
): Resource | undefined {
  const own = lookup.find('', 'ConfigMap', namespace, name);
  return own ?? lookup.ofKind('', 'ConfigMap').find((config) => config.name === name);
}
