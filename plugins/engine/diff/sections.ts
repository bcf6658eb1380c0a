import { isObject, listAt, textAt } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Change, FieldChange, Section } from './types.ts';

/** Where a reviewer looks for it. */
export function sectionOf(
  base: Resource | null,
  head: Resource | null,
  { action, fields, effects }: Pick<Change, 'action' | 'fields' | 'effects'>,
): Section {
  if (action === 'unknown' || action === 'moved') return action;
  // One that nothing deployed leaves nothing behind under its old name.
  if (action === 'gone' || (action === 'renamed' && base?.deployer !== null)) return 'removed';
  if (base !== null && base.deployer !== null && head?.deployer === null) return 'removed';
  const listed = effects.find(({ what }) => what === 'folder');
  if (listed !== undefined && listed.after === null) return 'removed';
  const resources = [base, head].filter((one) => one !== null);
  if (resources.some(isExposure)) return 'exposed';
  if (resources.some(isSecurity) || fields.some(isSecurityField)) return 'security';
  if (effects.some(({ what }) => what === 'permitted')) return 'security';
  if (base === null || (base.deployer === null && head?.deployer !== null)) return 'added';
  if (listed !== undefined) return 'added';
  const isOrder = effects.some(({ what }) => what === 'wave' || what === 'order');
  return fields.length === 0 && isOrder ? 'order' : 'changed';
}

/** What lets the outside in. */
function isExposure({ group, kind, rendered }: Resource): boolean {
  if (kind === 'Service' && group === '')
    return ['LoadBalancer', 'NodePort'].includes(textAt(rendered, 'spec', 'type') ?? '');
  return exposing.has(group === '' ? kind : `${kind}.${group}`);
}

/** What says who may do what. */
function isSecurity({ group, kind }: Resource): boolean {
  return securing.has(group) || securing.has(`${kind}.${group}`);
}

function isSecurityField({ before, after }: FieldChange): boolean {
  const { path } = after ?? before ?? { path: '' };
  return /securityContext|\bhost(?:Network|PID|IPC|Path)\b|serviceAccountName|pod-security\.kubernetes\.io/.test(
    path,
  );
}

/** What it is about, for who does not open the file; null where kind and name say enough. */
export function aboutOf({ kind, group, rendered }: Resource): string | null {
  const texts = (path: string[], key: string) =>
    listAt(rendered, ...path).flatMap((one) =>
      isObject(one) && typeof one[key] === 'string' ? [one[key]] : [],
    );
  if (kind === 'Application' && group === 'argoproj.io') {
    const { project, namespace } = {
      project: textAt(rendered, 'spec', 'project'),
      namespace: textAt(rendered, 'spec', 'destination', 'namespace'),
    };
    return (
      [project && `project ${project}`, namespace && `into ${namespace}`].filter(Boolean).join(', ') || null
    );
  }
  if (kind === 'Ingress') return hosts(texts(['spec', 'rules'], 'host'));
  if (group === 'gateway.networking.k8s.io' && kind !== 'Gateway')
    return hosts(listAt(rendered, 'spec', 'hostnames').filter((one) => typeof one === 'string'));
  if (kind === 'Gateway') return hosts(texts(['spec', 'listeners'], 'hostname'));
  return null;
}

function hosts(names: string[]): string | null {
  return names.length === 0 ? null : `for ${names.join(', ')}`;
}

const exposing = new Set([
  ...['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'Gateway', 'ListenerSet'].map(
    (kind) => `${kind}.gateway.networking.k8s.io`,
  ),
  'Ingress.networking.k8s.io',
  'Route.route.openshift.io',
  'IngressRoute.traefik.io',
  'IngressRouteTCP.traefik.io',
  'IngressRouteUDP.traefik.io',
  'VirtualService.networking.istio.io',
  'Gateway.networking.istio.io',
  'HTTPProxy.projectcontour.io',
  'TunnelBinding.networking.cfargotunnel.com',
]);

const securing = new Set([
  'rbac.authorization.k8s.io',
  'kyverno.io',
  'policies.kyverno.io',
  'constraints.gatekeeper.sh',
  'templates.gatekeeper.sh',
  'admissionregistration.k8s.io',
  'security.istio.io',
  'AppProject.argoproj.io',
  'NetworkPolicy.networking.k8s.io',
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'CiliumNetworkPolicy.cilium.io',
  'CiliumClusterwideNetworkPolicy.cilium.io',
  'NetworkPolicy.crd.projectcalico.org',
  'GlobalNetworkPolicy.crd.projectcalico.org',
  'SecurityContextConstraints.security.openshift.io',
]);
