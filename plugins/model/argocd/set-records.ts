import { compareText, type JsonPath, objectAt, textAt } from '../../base/index.ts';
import type { NotingContext } from '../context.ts';
import type { FoundSet } from '../deployers/discover.ts';
import { identityOf } from '../identity.ts';
import type { ApplicationSet, Resource } from '../types.ts';
import type { RecordsInput } from './records.ts';
import { syncPolicyOf } from './sync/sync-policy.ts';

/** The ApplicationSets of the platform, with what each generates. */
export function buildApplicationSets(input: RecordsInput, context: NotingContext): ApplicationSet[] {
  const names = new Map<string, string[]>();
  const projects = new Map<string, Set<string>>();
  for (const application of input.deployers) {
    if (application.generatedBy === null || !input.created.byKey.has(application.key)) continue;
    const list = names.get(application.generatedBy) ?? [];
    list.push(identityOf(application.object.value).name);
    names.set(application.generatedBy, list);
    const own = projects.get(application.generatedBy) ?? new Set();
    projects.set(application.generatedBy, own.add(textAt(application.spec, 'project') || 'default'));
  }
  return input.found.sets
    .flatMap((set): ApplicationSet[] => {
      const resource = input.created.byKey.get(set.key);
      return resource
        ? [setOf(set, resource, names.get(set.key) ?? [], projects.get(set.key) ?? new Set(), context)]
        : [];
    })
    .sort((a, b) => compareText(a.id, b.id));
}

function setOf(
  set: FoundSet,
  resource: Resource,
  names: string[],
  projects: Set<string>,
  context: NotingContext,
): ApplicationSet {
  const spec = objectAt(resource.rendered, 'spec', 'template', 'spec');
  const written = textAt(spec, 'project') ?? 'default';
  const [only] = projects;
  const why = [...set.expansion.refused, ...set.expansion.unverified].map((item) => item.why);
  for (const item of set.expansion.unverified) {
    context.unverified.push({
      kind: item.path[1] === 'generators' ? 'generator' : 'template',
      what: `ApplicationSet ${resource.name}`,
      why: item.why,
      ...(item.remedy && { remedy: item.remedy }),
      origin: context.locate(resource, item.path),
    });
  }
  const at = (path: JsonPath) => context.locate(resource, ['spec', 'template', 'spec', ...path]);
  return {
    id: resource.id,
    name: resource.name,
    namespace: resource.namespace,
    project: written.includes('{{') ? (projects.size === 1 ? (only ?? null) : null) : written,
    generators: set.expansion.generators.map(({ path, ...generator }) => ({
      ...generator,
      origin: context.locate(resource, path),
    })),
    applications: [...names].sort(compareText),
    unverified: why.length > 0 ? why.join('; ') : null,
    rollingSync:
      set.rollout === null
        ? null
        : {
            steps: set.rollout.steps.map(({ applications, maxUpdate }) => ({ applications, maxUpdate })),
            reverseDeletion: set.rollout.reverseDeletion,
          },
    syncPolicy: syncPolicyOf(spec, at),
    origin: resource.origin,
  };
}
