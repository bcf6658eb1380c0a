import type { Resource } from '../../../model/index.ts';
import { application, applicationSet } from './application.ts';
import { events } from './events.ts';
import { policy } from './policy.ts';
import { project } from './project.ts';
import { gateway, ingress, route } from './routes.ts';
import { secret } from './secret.ts';
import type { ThingKind } from './thing.ts';

/**
 * A kind a row; the first that a resource is of is meant. What they tell is taken from the explanation, where
 * facts and commands of a kind are made (`engine/explain/kinds`).
 */
const kinds: readonly ThingKind[] = [
  secret,
  application,
  applicationSet,
  project,
  policy,
  route,
  gateway,
  ingress,
  events,
];

/** The kind of page that a resource has; of most kinds it is that of every resource. */
export function thingKindOf(resource: Resource): ThingKind {
  return kinds.find((one) => one.is(resource)) ?? anyKind;
}

const anyKind: ThingKind = { is: () => true, sections: () => [] };
