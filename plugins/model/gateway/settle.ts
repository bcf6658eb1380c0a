/** Routes, Gateways and Ingresses again, once it is known what may still come. */
import { later } from '../../base/index.ts';
import { selectedBy } from '../relations/services.ts';
import { resourcesByName } from '../resource-index.ts';
import type { Model, Relation } from '../types.ts';
import { buildNetwork, type NetworkRecords } from './records.ts';
import { surroundingsOf, type Unread } from './surroundings.ts';

/** What a model says of them was made as if anything could still come. */
export function settledNetwork({ resources }: Pick<Model, 'resources'>, unread: Unread): NetworkRecords {
  const lookup = resourcesByName(resources);
  const services = lookup.ofKind('', 'Service');
  const selected = later(() => selectedBy(resources, services));
  return buildNetwork(
    surroundingsOf(lookup, unread),
    (service) => selected().get(service)?.workloads() ?? [],
  );
}

/** What now surely is not so is no relation either. */
export function settledRelations(
  relations: Relation[],
  { routes, ingresses }: Pick<NetworkRecords, 'routes' | 'ingresses'>,
): Relation[] {
  const said = new Set<string>();
  const denied = new Set<string>();
  for (const { route, parents, backends } of routes) {
    for (const { id, accepted } of parents)
      if (id !== null)
        (accepted === false ? denied : said).add(`attaches-to ${route} ${id}`).add(`serves ${id} ${route}`);
    for (const { id, resolved } of backends)
      if (id !== null) (resolved === false ? denied : said).add(`routes-to ${route} ${id}`);
  }
  for (const { ingress, rules } of ingresses)
    for (const { id, resolved } of rules)
      if (id !== null) (resolved === false ? denied : said).add(`routes-to ${ingress} ${id}`);
  const isDenied = ({ type, from, to }: Relation): boolean =>
    denied.has(`${type} ${from} ${to}`) && !said.has(`${type} ${from} ${to}`);
  return denied.size === 0 ? relations : relations.filter((one) => !isDenied(one));
}
