/**
 * The account that a sync runs as where impersonation is on. Source:
 * `settings.DeriveServiceAccountToImpersonate`.
 */
import { type JsonObject, listAt, textAt } from '../../../base/index.ts';
import type { BuildContext } from '../../context.ts';
import type { Resource } from '../../types.ts';
import { settingsMap } from '../settings.ts';
import type { Cluster } from './destinations.ts';
import { gobwas, isValidGlob } from './gobwas-glob.ts';

/**
 * The account of an Application's syncs; null without impersonation, or where no entry fits its destination.
 */
export function serviceAccountOf(
  application: Resource,
  project: Resource | undefined,
  cluster: Cluster | null,
  context: BuildContext,
): string | null {
  const settings = settingsMap('argocd-cm', project?.namespace ?? null, context);
  const isOn = textAt(settings?.rendered, 'data', 'application.sync.impersonation.enabled') === 'true';
  if (!isOn || !project || !cluster) return null;
  const namespace = textAt(application.rendered, 'spec', 'destination', 'namespace') ?? '';
  const { spec } = context.rulesOf(project);
  const derived = deriveServiceAccount(spec, cluster.server, namespace, application.namespace ?? '');
  return 'error' in derived ? null : derived.account || null;
}

/**
 * The first entry whose server and namespace fit decides; '' where none does. `namespace:name` names another
 * namespace.
 */
export function deriveServiceAccount(
  spec: JsonObject,
  server: string,
  namespace: string,
  applicationNamespace: string,
): { account: string } | { error: string } {
  for (const entry of listAt(spec, 'destinationServiceAccounts')) {
    const own = { server: textAt(entry, 'server') ?? '', namespace: textAt(entry, 'namespace') ?? '' };
    if (!isValidGlob(own.server))
      return { error: `invalid glob pattern for destination server: ${own.server}` };
    if (!isValidGlob(own.namespace))
      return { error: `invalid glob pattern for destination namespace: ${own.namespace}` };
    if (!gobwas(own.server)(server) || !gobwas(own.namespace)(namespace)) continue;
    const account = textAt(entry, 'defaultServiceAccount') ?? '';
    return {
      account: account.includes(':')
        ? `system:serviceaccount:${account}`
        : `system:serviceaccount:${namespace || applicationNamespace}:${account}`,
    };
  }
  return { account: '' };
}
