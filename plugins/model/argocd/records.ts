/** Applications and ApplicationSets as records of the model: permissions, sync policy, order. */

import { compareText, type JsonPath, objectAt, textAt, whileSame } from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import { stackOf } from '../build-stacks.ts';
import { type BuildContext, type NotingContext, placeOfOrigin } from '../context.ts';
import { type Created, stackOfDeployer } from '../create-resources.ts';
import type { Discovery, FoundDeployer, FoundSet } from '../deployers/discover.ts';
import type { Reason } from '../finding-types.ts';
import { identityOf } from '../identity.ts';
import type { Application, ApplicationSet, Project, Resource } from '../types.ts';
import { sourceOf } from './projects/permission-parts.ts';
import { permissionsOf } from './projects/permissions.ts';
import { rbacName } from './projects/project-namespaces.ts';
import { projectNamed } from './projects/project-of.ts';
import { serviceAccountOf } from './projects/service-accounts.ts';
import { instanceName } from './sources/instance-name.ts';
import { deletionOf } from './sync/deletion.ts';
import { hookOf, waveOf } from './sync/hooks.ts';
import { sortTasks, steps, type Task } from './sync/order.ts';
import { pruningOf } from './sync/pruning.ts';
import { createsNamespace, replaces } from './sync/sync-options.ts';
import { syncPolicyOf } from './sync/sync-policy.ts';
import { windowMatches } from './sync/sync-windows.ts';

export function buildApplications(
  input: RecordsInput,
  context: NotingContext,
): { list: Application[]; deployed: Map<string, string[]> } {
  const list: Application[] = [];
  const deployed = new Map<string, string[]>();
  for (const [index, found] of input.deployers.entries()) {
    if (found.kind !== 'Application') continue;
    const resource = input.created.byKey.get(found.key);
    // Left out where nothing applies it: a sample in a folder that is no resource.
    if (!resource) continue;
    const resources = input.created.ofDeployer.get(index) ?? [];
    deployed.set(
      resource.id,
      resources.map(({ id }) => id),
    );
    list.push(applicationOf(found, resource, resources, input, context));
  }
  for (const project of input.projects) {
    const own = list.filter((application) => application.project === project.name);
    for (const window of project.syncWindows) {
      window.matches = own
        .filter((one) => windowMatches(window, one))
        .map(({ name }) => name)
        .sort(compareText);
    }
    project.applications = own.map(({ name }) => name).sort(compareText);
  }
  return { list: list.sort((a, b) => compareText(a.id, b.id)), deployed };
}

function applicationOf(
  found: FoundDeployer,
  resource: Resource,
  resources: readonly Resource[],
  input: RecordsInput,
  context: NotingContext,
): Application {
  const spec = objectAt(resource.rendered, 'spec');
  const destination = objectAt(spec, 'destination');
  const name = textAt(spec, 'project') || 'default';
  const { project, isCertain } = projectNamed(name, resource, context);
  const { deployment } = found;
  const { reasons, unknown, open, cluster } = permissionsOf(
    resource,
    {
      project,
      isProjectCertain: isCertain,
      namespace: textAt(destination, 'namespace') || null,
      resources,
      isNamespaced: context.isNamespaced,
    },
    context,
  );
  for (const reason of reasons)
    context.findings.push({
      type: reason.isSpec ? 'spec-invalid' : 'forbidden',
      application: resource,
      project: name,
      reason,
    });
  for (const { error, path } of deployment.errors)
    context.findings.push({
      type: 'spec-invalid',
      application: resource,
      project: name,
      reason: sourceReason(resource, path, error, context),
    });
  const origin = placeOfOrigin(resource.origin);
  const namespace = textAt(destination, 'namespace') || null;
  const syncPolicy = syncPolicyOf(spec, (path) => context.locate(resource, ['spec', ...path]));
  const set = found.generatedBy === null ? undefined : input.created.byKey.get(found.generatedBy);
  const unverified: Unverified[] = [
    ...deployment.unverified,
    ...deployment.errors.map(({ error: why }) => ({
      kind: 'refused' as const,
      what: `sources of ${resource.name}`,
      why,
      origin,
    })),
    ...unknown.map((what) => ({
      kind: 'cluster' as const,
      what,
      why: 'values of cluster Secrets are not read',
      origin,
    })),
    ...open.map(({ what, why }) => ({ kind: 'project' as const, what, why, origin })),
  ];
  context.unverified.push(...unverified);
  return {
    id: resource.id,
    name: resource.name,
    namespace: resource.namespace,
    project: name,
    rbacName: rbacName(
      resource.name,
      resource.namespace ?? '',
      name,
      project?.namespace ?? resource.namespace ?? '',
    ),
    instanceName: instanceName(
      resource.name,
      resource.namespace ?? '',
      project?.namespace ?? resource.namespace ?? '',
    ),
    serviceAccount: serviceAccountOf(resource, project, cluster, context),
    generatedBy: set?.id ?? null,
    sources: deployment.sources,
    sourceType: deployment.type,
    destination: {
      server: textAt(destination, 'server') ?? null,
      name: textAt(destination, 'name') ?? null,
      namespace,
    },
    permitted: {
      ok: reasons.length > 0 ? false : unknown.length + open.length > 0 ? null : true,
      reasons: reasons.map(({ message, project: at, application }) => ({
        message,
        source: at ?? application,
      })),
    },
    syncPolicy,
    ...syncOf(resource, resources, namespace, syncPolicy),
    stack:
      stackOfDeployer(found, input.stackPaths) ??
      resource.stack ??
      stackOf(resource.origin.file, input.stackPaths),
    unverified,
    origin: resource.origin,
  };
}

/** What a sync of an application does with what it deploys, which hangs on nothing else. */
function syncOf(
  application: Resource,
  resources: readonly Resource[],
  namespace: string | null,
  syncPolicy: Application['syncPolicy'],
): Synced {
  const { automated, prune, options } = syncPolicy;
  return knownSyncs(application, [namespace, automated, prune, ...options, ...resources], () => ({
    createsNamespace: createsNamespace(options, namespace, resources),
    replaces: resources
      .filter((one) => replaces(one, options))
      .map(({ id }) => id)
      .sort(compareText),
    ...orderOf(resources, namespace),
    deletion: deletionOf(application, resources, options),
    pruning: pruningOf(resources, syncPolicy),
  }));
}

const knownSyncs = whileSame<Resource, Synced>();

type Synced = Pick<
  Application,
  'createsNamespace' | 'replaces' | 'order' | 'stages' | 'deletion' | 'pruning'
>;

/** A source that Argo CD makes no manifests of, whatever the project says. */
function sourceReason(application: Resource, path: JsonPath, error: string, context: BuildContext): Reason {
  const isPath = error.startsWith('the path ');
  return {
    message: error,
    about: `source ${error}`,
    expected: isPath ? 'a folder of this repository' : 'a source that Argo CD can make manifests of',
    actual: error,
    isSpec: true,
    help: 'Argo CD reports a ComparisonError and deploys nothing of the application: mend the source, or what it names.',
    application: sourceOf(application, isPath ? [...path, 'path'] : path, 'application', context),
    project: null,
  };
}

/**
 * One list a phase and wave. Hooks of several phases stand in several; what no sync applies stands in none.
 */
function orderOf(
  resources: readonly Resource[],
  destination: string | null,
): Pick<Application, 'order' | 'stages'> {
  const tasks = resources.flatMap((resource): (Task & { id: string })[] => {
    const spec = objectAt(resource.rendered, 'spec');
    return hookOf(resource.annotations).phases.map((phase) => ({
      id: resource.id,
      phase,
      wave: waveOf(resource.annotations) ?? 0,
      group: resource.group,
      kind: resource.kind,
      name: resource.name,
      // Argo CD sets the destination's namespace on cluster-scoped objects as well while it sorts.
      namespace: resource.namespace ?? identityOf(resource.rendered).namespace ?? destination,
      defines:
        resource.kind === 'CustomResourceDefinition'
          ? { group: textAt(spec, 'group') ?? '', kind: textAt(spec, 'names', 'kind') ?? '' }
          : null,
    }));
  });
  // Ties are left open by Argo CD; ids make them the same every time.
  tasks.sort((a, b) => compareText(a.id, b.id));
  const sorted = steps(sortTasks(tasks));
  return {
    order: sorted.map((step) => step.map(({ id }) => id)),
    stages: sorted.flatMap(([first]) => (first ? [{ phase: first.phase, wave: first.wave }] : [])),
  };
}

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

export interface RecordsInput {
  found: Discovery;
  deployers: readonly FoundDeployer[];
  created: Created;
  projects: Project[];
  stackPaths: readonly string[];
}
