import { boolean, choice, list, manifest, object, string, strings, texts } from './build.ts';

/** The fields that the platform uses, after pkg/k8s/apis/cilium.io of Cilium 1.19. */
const selector = object(
  {},
  {
    matchLabels: texts,
    matchExpressions: list(
      object({ key: string, operator: choice('In', 'NotIn', 'Exists', 'DoesNotExist') }, { values: strings }),
    ),
  },
);

const entity = choice(
  'all',
  'world',
  'cluster',
  'host',
  'remote-node',
  'kube-apiserver',
  'ingress',
  'init',
  'health',
  'unmanaged',
  'none',
);

export const networkPolicy = manifest(
  'cilium.io/v2',
  'CiliumNetworkPolicy',
  object(
    { endpointSelector: selector },
    { ingress: list(object({}, { fromEntities: list(entity), fromEndpoints: list(selector) })) },
  ),
);

export const loadBalancerIPPool = manifest(
  'cilium.io/v2',
  'CiliumLoadBalancerIPPool',
  object(
    { blocks: list(object({}, { cidr: string, start: string, stop: string })) },
    { serviceSelector: selector, disabled: boolean },
  ),
);

export const l2AnnouncementPolicy = manifest(
  'cilium.io/v2alpha1',
  'CiliumL2AnnouncementPolicy',
  object(
    {},
    {
      loadBalancerIPs: boolean,
      externalIPs: boolean,
      serviceSelector: selector,
      nodeSelector: selector,
      interfaces: strings,
    },
  ),
);
