/** Applications as records of the model: permissions, sync policy, order. */

import { compareText, objectAt, textAt } from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import { stackOf } from '../build-stacks.ts';
import { type BuildContext, type NotingContext, placeOfOrigin } from '../context.ts';
import { stackOfDeployer } from '../create-resources.ts';
import type { Created } from '../created-types.ts';
import type { Deployment, SettledError } from '../deployers/deployment-types.ts';
import type { Discovery, FoundDeployer } from '../deployers/discover.ts';
import type { Reason } from '../finding-types.ts';
import type { Application, Project, Resource } from '../types.ts';
import { sourceOf } from './projects/permission-parts.ts';
import { permissionsOf } from './projects/permissions.ts';
import { rbacName } from './projects/project-namespaces.ts';
import { projectNamed } from './projects/project-of.ts';
import { serviceAccountOf } from './projects/service-accounts.ts';
import { instanceName } from './sources/instance-name.ts';
import { syncOf } from './sync/sync-of.ts';
import { syncPolicyOf } from './sync/sync-policy.ts';
import { windowMatches } from './sync/sync-windows.ts';

/**
 * The Applications of the platform, and the ids of what each deploys. Tells each project which Applications
 * are its own, and which its sync windows match.
 */
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
  const alike = Map.groupBy(input.projects, ({ name }) => name);
  const naming = Map.groupBy(list, ({ project }) => project);
  for (const project of input.projects) {
    const isOnly = alike.get(project.name)?.length === 1;
    const named = naming.get(project.name) ?? [];
    const own = isOnly ? named : named.filter((one) => isMeant(project, one, context));
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

/** Whether it is this one of several projects of a name that an Application means. */
function isMeant({ id, name }: Project, application: Application, context: BuildContext): boolean {
  const resource = context.lookup.byId(application.id);
  return resource !== undefined && projectNamed(name, resource, context).project?.id === id;
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
  const namespace = textAt(destination, 'namespace') || null;
  const name = textAt(spec, 'project') || 'default';
  const { project, isCertain } = projectNamed(name, resource, context);
  const { deployment } = found;
  const permissions = permissionsOf(
    resource,
    { project, isProjectCertain: isCertain, namespace, resources, isNamespaced: context.isNamespaced },
    context,
  );
  const { reasons, unknown, open, cluster } = permissions;
  noteFaults(resource, name, reasons, deployment, context);
  const unverified = unverifiedOf(resource, deployment, permissions);
  context.unverified.push(...unverified);
  const syncPolicy = syncPolicyOf(spec, (path) => context.locate(resource, ['spec', ...path]));
  const set = found.generatedBy === null ? undefined : input.created.byKey.get(found.generatedBy);
  const own = resource.namespace ?? '';
  const home = project?.namespace ?? own;
  return {
    id: resource.id,
    name: resource.name,
    namespace: resource.namespace,
    project: name,
    rbacName: rbacName(resource.name, own, name, home),
    instanceName: instanceName(resource.name, own, home),
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

/** What its project forbids, what is invalid in its spec, and what is wrong with its sources. */
function noteFaults(
  application: Resource,
  project: string,
  reasons: readonly Reason[],
  { errors }: Deployment,
  context: NotingContext,
): void {
  for (const reason of reasons)
    context.findings.push({
      type: reason.isSpec ? 'spec-invalid' : 'forbidden',
      application,
      project,
      reason,
    });
  for (const error of errors) {
    const reason = sourceReason(application, error, context);
    context.findings.push({ type: 'spec-invalid', application, project, reason });
  }
}

/** What could change what the application deploys, or whether it may. */
function unverifiedOf(
  { name, origin: from }: Resource,
  deployment: Deployment,
  { unknown, open }: Pick<ReturnType<typeof permissionsOf>, 'unknown' | 'open'>,
): Unverified[] {
  const origin = placeOfOrigin(from);
  return [
    ...deployment.unverified,
    ...deployment.errors.map(({ error: why }) => ({
      kind: 'refused' as const,
      what: `sources of ${name}`,
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
}

/** A source that Argo CD makes no manifests of, whatever the project says. */
function sourceReason(
  application: Resource,
  { error, about, path }: SettledError,
  context: BuildContext,
): Reason {
  const isPath = about === 'path';
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

export interface RecordsInput {
  found: Discovery;
  deployers: readonly FoundDeployer[];
  created: Created;
  projects: Project[];
  stackPaths: readonly string[];
}
