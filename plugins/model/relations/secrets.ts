/** External Secrets: what reads which store, and writes which Secret. */
import type { BuildContext } from '../context.ts';
import type { SecretFlow } from '../types.ts';
import type { Collector } from './collector.ts';

export function secretRelations(
  secrets: readonly SecretFlow[],
  collector: Collector,
  context: BuildContext,
): void {
  for (const flow of secrets) {
    const own = context.lookup.byId(flow.externalSecret);
    if (!own) continue;
    const path = own.kind === 'ClusterExternalSecret' ? ['spec', 'externalSecretSpec'] : ['spec'];
    if (flow.store.id !== null) {
      collector.both('reads', 'provides', own.id, flow.store.id, own, [...path, 'secretStoreRef']);
    }
    if (context.lookup.byId(flow.target.id))
      collector.add('writes', own.id, flow.target.id, own, [...path, 'target']);
  }
}
