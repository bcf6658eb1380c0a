import type { Resource } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { type ApplicationFacts, applicationFacts } from './application.ts';
import { type ApplicationSetFacts, applicationSetFacts } from './application-set.ts';
import { type GatewayFacts, gatewayFacts } from './gateway.ts';
import { type IngressFacts, ingressFacts } from './ingress.ts';
import { recordsBy } from './named.ts';
import { type PolicyFacts, policyFacts } from './policy.ts';
import { type ProjectFacts, projectFacts } from './project.ts';
import type { AboutRoom } from './room.ts';
import { type RouteFacts, routeFacts } from './route.ts';

/**
 * What is known of a resource because of what it is to its tool: an application's sync policy, the rules of a
 * policy with their verdict, where a route leads. Null for all that is just a resource.
 */
export function createAbout(
  platform: Platform,
  indexes: Pick<AboutRoom, 'results'>,
  nameOf: (id: string) => string,
): AboutOf {
  const { model } = platform;
  const applications = recordsBy(model.applications, ({ id }) => id);
  const sets = recordsBy(model.applicationSets, ({ id }) => id);
  const projects = recordsBy(model.projects, ({ id }) => id);
  const policies = recordsBy(model.policies, ({ id }) => id);
  const routes = recordsBy(model.routes, ({ route }) => route);
  const gateways = recordsBy(model.gateways, ({ gateway }) => gateway);
  const ingresses = recordsBy(model.ingresses, ({ ingress }) => ingress);
  const room: AboutRoom = {
    platform,
    results: indexes.results,
    mutations: Map.groupBy(
      model.policyResults.filter(
        ({ action, result }) => action === 'Mutate' && (result === 'pass' || result === 'unverified'),
      ),
      ({ resource }) => platform.resource(resource)?.deployer ?? '',
    ),
    named: (id) => ({ reference: nameOf(id), id }),
    applicationsNamed: (names) =>
      names.flatMap((name) => {
        const found = model.applications.find((one) => one.name === name);
        return found === undefined ? [] : [{ reference: nameOf(found.id), id: found.id }];
      }),
  };
  return (resource) => {
    const { id } = resource;
    const [application, set, project] = [applications.get(id), sets.get(id), projects.get(id)];
    if (application) return applicationFacts(application, resource, room);
    if (set) return applicationSetFacts(set, room);
    if (project) return projectFacts(project, resource, room);
    const policy = policies.get(id);
    if (policy) return policyFacts(policy, resource, room);
    const [route, gateway, ingress] = [routes.get(id), gateways.get(id), ingresses.get(id)];
    if (route) return routeFacts(route, resource, room);
    if (gateway) return gatewayFacts(gateway, resource, room);
    return ingress ? ingressFacts(ingress, resource, room) : null;
  };
}

export type AboutOf = (resource: Resource) => About | null;

export type About =
  | ApplicationFacts
  | ApplicationSetFacts
  | ProjectFacts
  | PolicyFacts
  | RouteFacts
  | GatewayFacts
  | IngressFacts;
