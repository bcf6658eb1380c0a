/** External Secrets and other controllers: what reads which store, and writes which Secret. */
import type { JsonPath } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { SecretFlow, SecretPush, SecretRead } from '../types.ts';
import type { Collector } from './collector.ts';

export function secretRelations(
  secrets: readonly SecretFlow[],
  pushes: readonly SecretPush[],
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
  for (const { id, source, generatedBy } of context.lookup.ofKind('', 'Secret')) {
    const own = source === 'controller' ? context.lookup.byId(generatedBy ?? '') : undefined;
    if (own)
      collector.add(
        'writes',
        own.id,
        id,
        own,
        own.kind === 'Certificate' ? ['spec', 'secretName'] : ['spec'],
      );
  }
  for (const { pushSecret, secret, stores, entries } of pushes) {
    const own = context.lookup.byId(pushSecret);
    if (!own) continue;
    const path = own.kind === 'ClusterPushSecret' ? ['spec', 'pushSecretSpec'] : ['spec'];
    for (const { id } of [...(secret ? [secret] : []), ...entries.map((entry) => entry.secret)])
      if (id !== null) collector.add('pushes', own.id, id, own, [...path, 'selector']);
    for (const { id } of [...stores, ...entries.map(({ store }) => store)])
      if (id !== null) collector.add('pushes-to', own.id, id, own, [...path, 'secretStoreRefs']);
  }
}

/** Secrets of repositories and clusters, where it is known which Application they serve. */
export function readByArgoCd(
  reads: readonly SecretRead[],
  collector: Collector,
  context: BuildContext,
): void {
  for (const { reader, secret, way, at, verdict } of reads) {
    const own = way === 'repository' || way === 'cluster' ? context.lookup.byId(reader) : undefined;
    if (own && secret.id !== null && verdict !== 'unknown')
      collector.both('consumes', 'provides-to', reader, secret.id, own, pathOf(at));
  }
}

function pathOf(at: string): JsonPath {
  return at.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
