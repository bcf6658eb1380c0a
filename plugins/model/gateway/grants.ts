/**
 * ReferenceGrants: what may be named across namespaces. A grant lies where its target is; one grant must hold
 * a fitting `from` and a fitting `to`, there are no wildcards, and the same namespace needs none
 * (gateway-api, apis/v1/referencegrant_types.go).
 */
import { listAt, textAt } from '../../base/index.ts';
import { gatewayGroup, type NetworkObject, type Surroundings } from './objects.ts';

/** True where it is allowed, false where it surely is not, else why that is not known. */
export function isGranted(from: Referrer, to: Target, around: Surroundings): true | false | { why: string } {
  if (from.namespace === to.namespace) return true;
  const grants = around
    .ofKind(gatewayGroup, 'ReferenceGrant')
    .filter(({ namespace }) => namespace === to.namespace);
  if (grants.some((grant) => fits(grant, from, to))) return true;
  if (from.namespace === null || to.namespace === null)
    return {
      why: `the namespace that ${from.namespace === null ? from.kind : to.kind} goes to is not known`,
    };
  const why = around.mayBe(gatewayGroup, 'ReferenceGrant', to.namespace);
  return why === null ? false : { why };
}

function fits({ rendered }: NetworkObject, from: Referrer, to: Target): boolean {
  return (
    listAt(rendered, 'spec', 'from').some(
      (one) =>
        textAt(one, 'group') === from.group &&
        textAt(one, 'kind') === from.kind &&
        textAt(one, 'namespace') === from.namespace,
    ) &&
    listAt(rendered, 'spec', 'to').some((one) => {
      const name = textAt(one, 'name');
      return (
        textAt(one, 'group') === to.group &&
        textAt(one, 'kind') === to.kind &&
        (name === undefined || name === '' || name === to.name)
      );
    })
  );
}

type Referrer = Pick<NetworkObject, 'group' | 'kind' | 'namespace'>;
type Target = Pick<NetworkObject, 'group' | 'kind' | 'namespace' | 'name'>;
