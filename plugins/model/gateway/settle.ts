/** Routes, Gateways and Ingresses again, once it is known what may still come. */
import { selectedBy } from '../relations/services.ts';
import { resourcesByName } from '../resource-index.ts';
import type { Model, Relation } from '../types.ts';
import { buildNetwork, type NetworkRecords } from './records.ts';
import { surroundingsOf, type Unread } from './surroundings.ts';

/**
 * Of a model that was built as if anything could still come. What now surely is not so is no relation either.
 */
export function settleNetwork(model: Model, unread: Unread): NetworkRecords & { relations: Relation[] } {
  const { resources, routes, gateways, ingresses, relations } = model;
  if (routes.length + gateways.length + ingresses.length === 0)
    return { routes, gateways, ingresses, relations };
  const lookup = resourcesByName(resources);
  const services = lookup.ofKind('', 'Service');
  let selected: ReturnType<typeof selectedBy> | undefined;
  const settled = buildNetwork(surroundingsOf(lookup, unread), (service) => {
    selected ??= selectedBy(resources, services);
    return selected.get(service)?.workloads() ?? [];
  });
  const said = new Set<string>();
  const denied = new Set<string>();
  for (const { route, parents, backends } of settled.routes) {
    for (const { id, accepted } of parents)
      if (id !== null)
        (accepted === false ? denied : said).add(`attaches-to ${route} ${id}`).add(`serves ${id} ${route}`);
    for (const { id, resolved } of backends)
      if (id !== null) (resolved === false ? denied : said).add(`routes-to ${route} ${id}`);
  }
  for (const { ingress, rules } of settled.ingresses)
    for (const { id, resolved } of rules)
      if (id !== null) (resolved === false ? denied : said).add(`routes-to ${ingress} ${id}`);
  const isDenied = ({ type, from, to }: Relation): boolean =>
    denied.has(`${type} ${from} ${to}`) && !said.has(`${type} ${from} ${to}`);
  return { ...settled, relations: denied.size === 0 ? relations : relations.filter((one) => !isDenied(one)) };
}
