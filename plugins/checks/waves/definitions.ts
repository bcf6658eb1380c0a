import type { Application, Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { unreadIn } from '../../platform/index.ts';

/**
 * Custom resources of an application whose definition comes with another one that the same application
 * deploys: Argo CD tries everything dry before it applies anything, the definition is not there then, and the
 * application that would bring it is never made. By the definition; none where another may bring it. Source:
 * gitops-engine pkg/sync/sync_context.go (getSyncTasks, hasCRDOfGroupKind).
 */
export function neverDefined(platform: Platform): { consumer: Resource; definition: Resource }[] {
  const applications = new Map(platform.model.applications.map((one) => [one.id, one]));
  const needed = platform.model.relations.flatMap(({ type, from, to }) => {
    const definition = type === 'needs' ? platform.resource(to) : undefined;
    const consumer = definition?.kind === definitionKind.kind ? platform.resource(from) : undefined;
    return consumer && definition ? [{ consumer, definition }] : [];
  });
  return [...Map.groupBy(needed, ({ consumer }) => consumer)].flatMap(([consumer, all]) => {
    const application = applications.get(consumer.deployer ?? '');
    if (application === undefined || consumer.phase === null || mayBeMissing(consumer, application))
      return [];
    const isStuck = all.every(({ definition }) => isBelow(definition, application.id, platform));
    const [first] = all;
    if (!isStuck || first === undefined) return [];
    const { name } = first.definition;
    return unreadIn(platform, [definitionKind], null, name) === null ? [first] : [];
  });
}

/** Told to go on where the API does not know the kind. */
function mayBeMissing({ annotations }: Resource, { syncPolicy }: Application): boolean {
  const own = annotations['argocd.argoproj.io/sync-options'] ?? '';
  return [...syncPolicy.options, ...own.split(',')].some((one) => one.trim() === option);
}

/** True where it is deployed by an application that this one deploys, however far below; not by itself. */
function isBelow(resource: Resource, application: string, platform: Platform): boolean {
  let by = resource.deployer;
  if (by === null || by === application) return false;
  for (let depth = 0; depth < deepest && by !== null; depth += 1) {
    if (by === application) return true;
    const deployer: Resource | undefined = platform.resource(by);
    const set: Resource | undefined = platform.resource(deployer?.generatedBy ?? '');
    by = deployer?.deployer ?? set?.deployer ?? null;
  }
  return false;
}

const definitionKind = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' };
const option = 'SkipDryRunOnMissingResource=true';
const deepest = 20;
