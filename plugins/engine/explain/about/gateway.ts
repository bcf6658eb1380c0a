import type { Gateway, Resource } from '../../../model/index.ts';
import type { Place } from '../../../source/index.ts';
import type { Named } from './named.ts';
import type { AboutRoom } from './room.ts';

/** The listeners of a Gateway or ListenerSet, with the routes that each takes. */
export function gatewayFacts(gateway: Gateway, resource: Resource, room: AboutRoom): GatewayFacts {
  const { className, accepted, reason, why } = gateway;
  return {
    ...{ is: 'gateway' as const, className, accepted, reason, why },
    listeners: gateway.listeners.map(({ kinds: _, resolvedReason: __, ...one }, index) => ({
      ...one,
      routes: one.routes.map(room.named),
      origin: room.platform.locate(resource, ['spec', 'listeners', index]),
    })),
  };
}

/** Of a Gateway or a ListenerSet. */
export interface GatewayFacts extends Pick<Gateway, 'className' | 'accepted' | 'reason' | 'why'> {
  is: 'gateway';
  listeners: (Pick<
    Gateway['listeners'][number],
    'name' | 'port' | 'protocol' | 'hostname' | 'accepted' | 'reason' | 'resolved' | 'why'
  > & { routes: Named[]; origin: Place })[];
}
