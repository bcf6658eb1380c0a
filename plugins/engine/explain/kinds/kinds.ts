import type { Resource } from '../../../model/index.ts';
import type { Answer, Command } from '../explanation.ts';
import type { Context } from '../indexes.ts';
import { anyCommands } from './any-kind.ts';
import { application } from './application.ts';
import { applicationSet, project } from './argocd.ts';
import { configMap } from './config-map.ts';
import { definition } from './definition.ts';
import { events } from './events.ts';
import { externalSecret } from './external-secret.ts';
import { answer, type KindFacts } from './kind-facts.ts';
import { namespace } from './namespace.ts';
import { ownerOf } from './owner.ts';
import { policy } from './policy.ts';
import { gateway, ingress, openShiftRoute, route } from './routes.ts';
import { secret } from './secret.ts';
import { serviceAccount } from './service-account.ts';
import { workload } from './workload.ts';

/** A kind a row; the first that a resource is of is meant. */
const kinds: readonly KindFacts[] = [
  namespace,
  secret,
  externalSecret,
  workload,
  configMap,
  serviceAccount,
  definition,
  application,
  applicationSet,
  project,
  policy,
  route,
  gateway,
  ingress,
  openShiftRoute,
  events,
];

/** What is told of a resource because of its kind. */
export function kindFactsOf(
  resource: Resource,
  context: Context,
): { answers: Answer[]; commands: Command[] } {
  const kind = kinds.find((one) => one.is(resource));
  return {
    answers: [...(kind?.answers?.(resource, context) ?? []), ...answer('owner', ownerOf(resource, context))],
    commands: kind?.commands?.(resource, context) ?? anyCommands(resource),
  };
}
