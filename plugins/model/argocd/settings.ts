/** What the ConfigMaps of Argo CD say, as far as they are in the repository. */
import type { BuildContext } from '../context.ts';
import type { Resource } from '../types.ts';

/** A ConfigMap of Argo CD (`argocd-cm`, `argocd-cmd-params-cm`): the one beside the object, else any. */
export function settingsMap(
  name: string,
  namespace: string | null,
  context: BuildContext,
): Resource | undefined {
  const own = context.lookup.find('', 'ConfigMap', namespace, name);
  return own ?? context.lookup.ofKind('', 'ConfigMap').find((config) => config.name === name);
}
