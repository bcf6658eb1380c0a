import type { Ingress, Resource } from '../../../model/index.ts';
import type { AboutRoom } from './room.ts';
import type { BackendFacts } from './route.ts';

/** The hosts of an Ingress, its class, and where each path leads. */
export function ingressFacts(ingress: Ingress, resource: Resource, room: AboutRoom): IngressFacts {
  const { named, platform } = room;
  const { namespace } = resource;
  return {
    is: 'ingress',
    className: ingress.class.name,
    hosts: ingress.hosts,
    resolved: ingress.resolved,
    rules: ingress.rules.map(({ host, path, pathType, service, id, port, resolved, reason, why, ...one }) => {
      const origin = platform.locate(resource, one.place);
      return {
        ...{ host, path, pathType, origin },
        backend: {
          ...{ port, weight: null, resolved, reason, why, origin },
          service: id === null ? null : named(id),
          name: ['Service', namespace, service].filter(Boolean).join('/'),
          workloads:
            one.workloads?.map((to) => ({ ...named(to.workload), port: to.port, container: to.container })) ??
            null,
        },
      };
    }),
  };
}

/** Of an Ingress. */
export interface IngressFacts {
  is: 'ingress';
  className: string | null;
  hosts: string[];
  resolved: boolean | null;
  rules: {
    /** '' for every host. */
    host: string;
    path: string;
    pathType: string;
    backend: BackendFacts;
    origin: BackendFacts['origin'];
  }[];
}
