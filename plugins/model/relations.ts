/** What holds between resources: the union of what each tool's records and manifests say. */
import { at, type JsonObject, listAt, objectAt, textAt } from '../base/index.ts';
import type { BuildContext } from './context.ts';
import { backendsOf, parentsOf, routeKinds } from './gateway/http-routes.ts';
import { type Collector, createCollector } from './relations/collector.ts';
import { namedReferences } from './relations/object-references.ts';
import { selectedBy } from './relations/services.ts';
import { workflowReferences } from './relations/workflows.ts';
import type {
  Application,
  ApplicationSet,
  EventRoute,
  Policy,
  Project,
  Relation,
  Resource,
  SecretFlow,
} from './types.ts';

export function buildRelations(
  resources: readonly Resource[],
  records: Records,
  context: BuildContext,
): Relation[] {
  const collector = createCollector(context.locate);
  for (const resource of resources) ofResource(resource, collector, context);
  ofArgo(records, collector, context);
  ofEvents(records.events, collector, context);
  ofSecrets(records.secrets, collector, context);
  ofRoutes(collector, context);
  ofPolicies(records.policies, collector, context);
  for (const [service, workload] of selectedBy(resources, context.lookup.ofKind('', 'Service'))) {
    collector.add('selects', service.id, workload.id, service, ['spec', 'selector']);
  }
  return collector.sorted();
}

function ofResource(resource: Resource, collector: Collector, context: BuildContext): void {
  if (resource.namespace !== null) {
    const namespace = context.lookup.find('', 'Namespace', null, resource.namespace);
    if (namespace) collector.add('lives-in', resource.id, namespace.id, resource, ['metadata', 'namespace']);
  }
  for (const reference of namedReferences(resource)) {
    const found = context.lookup.find('', reference.kind, reference.namespace, reference.name);
    if (!found) continue;
    if (reference.kind === 'ServiceAccount')
      collector.add('runs-as', resource.id, found.id, resource, reference.path);
    else collector.both('consumes', 'provides-to', resource.id, found.id, resource, reference.path);
  }
  if (resource.group === 'argoproj.io' && /Workflow/.test(resource.kind)) {
    for (const { kind, name, path } of workflowReferences(resource.rendered)) {
      const found = context.lookup.find(
        'argoproj.io',
        kind,
        kind === 'WorkflowTemplate' ? resource.namespace : null,
        name,
      );
      if (found) collector.add('calls', resource.id, found.id, resource, path);
    }
  }
}

function ofArgo(records: Records, collector: Collector, context: BuildContext): void {
  const projects = new Map(records.projects.map((project) => [project.name, project]));
  const resource = (id: string): Resource | undefined => context.lookup.byId(id);
  for (const [project, namespaces] of records.permitted) {
    const own = resource(project.id);
    for (const { id, item } of namespaces) {
      if (own)
        collector.add(
          'permits',
          project.id,
          id,
          own,
          item === null ? ['spec', 'destinations'] : ['spec', 'destinations', item],
        );
    }
  }
  for (const set of records.applicationSets) {
    const own = resource(set.id);
    const project = set.project === null ? undefined : projects.get(set.project);
    if (own && project)
      collector.both('belongs-to', 'contains', set.id, project.id, own, [
        'spec',
        'template',
        'spec',
        'project',
      ]);
  }
  for (const application of records.applications) {
    const own = resource(application.id);
    if (!own) continue;
    const project = projects.get(application.project);
    if (project)
      collector.both('belongs-to', 'contains', application.id, project.id, own, ['spec', 'project']);
    const set = application.generatedBy === null ? undefined : resource(application.generatedBy);
    if (set) collector.add('generates', set.id, application.id, set, ['spec', 'template']);
    const namespace = application.destination.namespace;
    const target = namespace === null ? undefined : context.lookup.find('', 'Namespace', null, namespace);
    if (target)
      collector.add('deploys-to', application.id, target.id, own, ['spec', 'destination', 'namespace']);
    for (const id of records.deployed.get(application.id) ?? [])
      collector.add('deploys', application.id, id, own, ['spec']);
  }
}

function ofEvents(events: readonly EventRoute[], collector: Collector, context: BuildContext): void {
  for (const route of events) {
    const sensor = route.sensor === null ? undefined : context.lookup.byId(route.sensor);
    if (!sensor) continue;
    // A dependency on an event that its source does not have is no relation.
    if (route.source !== null && route.type !== null) {
      const index = listAt(sensor.rendered, 'spec', 'dependencies').findIndex(
        (one) => textAt(one, 'name') === route.dependency,
      );
      collector.both('listens-to', 'feeds', sensor.id, route.source, sensor, ['spec', 'dependencies', index]);
    }
    if (!route.trigger) continue;
    const { name } = route.trigger;
    const index = listAt(sensor.rendered, 'spec', 'triggers').findIndex(
      (one) => textAt(one, 'template', 'name') === name,
    );
    for (const target of route.trigger.targets) {
      collector.add('triggers', sensor.id, target, sensor, [
        'spec',
        'triggers',
        index,
        'template',
        route.trigger.type,
      ]);
    }
  }
}

function ofSecrets(secrets: readonly SecretFlow[], collector: Collector, context: BuildContext): void {
  for (const flow of secrets) {
    const own = context.lookup.byId(flow.externalSecret);
    if (!own) continue;
    const path = own.kind === 'ClusterExternalSecret' ? ['spec', 'externalSecretSpec'] : ['spec'];
    if (flow.store.id !== null) {
      collector.both('reads', 'provides', own.id, flow.store.id, own, [...path, 'secretStoreRef']);
    }
    if (context.lookup.byId(flow.target.id))
      collector.add('writes', own.id, flow.target.id, own, [...path, 'target']);
  }
}

function ofRoutes(collector: Collector, context: BuildContext): void {
  for (const kind of routeKinds) {
    for (const route of context.lookup.ofKind('gateway.networking.k8s.io', kind)) {
      for (const { id, path } of parentsOf(route, context))
        if (id !== null) collector.both('attaches-to', 'serves', route.id, id, route, path);
      for (const { id, path } of backendsOf(route, context))
        if (id !== null) collector.add('routes-to', route.id, id, route, path);
    }
  }
}

function ofPolicies(policies: readonly Policy[], collector: Collector, context: BuildContext): void {
  for (const policy of policies) {
    const own = context.lookup.byId(policy.id);
    if (!own) continue;
    for (const [index, rule] of policy.rules.entries()) {
      const path =
        own.group === 'kyverno.io' &&
        own.kind.endsWith('Policy') &&
        listAt(own.rendered, 'spec', 'rules').length > 0
          ? ['spec', 'rules', index]
          : ['spec'];
      for (const id of rule.matches) collector.add('matches', policy.id, id, own, path);
      if (rule.type !== 'generate') continue;
      const generate = objectAt(at(own.rendered, ...path), 'generate');
      for (const id of rule.matches) {
        const trigger = context.lookup.byId(id);
        const made = trigger && generatedResource(generate, trigger, context);
        if (made) collector.add('generates', policy.id, made.id, own, [...path, 'generate']);
      }
    }
  }
}

/** The resource that a generate rule makes for a trigger, where the repository has it too. */
function generatedResource(
  generate: JsonObject,
  trigger: Resource,
  context: BuildContext,
): Resource | undefined {
  const fill = (text: string | undefined): string =>
    (text ?? '').replaceAll(
      /\{\{\s*request\.object\.metadata\.(name|namespace)\s*\}\}/g,
      (_all, field: string) => (field === 'name' ? trigger.name : (trigger.namespace ?? '')),
    );
  const apiVersion = textAt(generate, 'apiVersion') ?? '';
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return context.lookup.find(
    group,
    textAt(generate, 'kind') ?? '',
    fill(textAt(generate, 'namespace')) || null,
    fill(textAt(generate, 'name')),
  );
}

/** What relations are made from, beyond the manifests. */
export interface Records {
  projects: readonly Project[];
  /** Namespaces that each project permits, with the index of the destination that does. */
  permitted: ReadonlyMap<Project, { id: string; item: number | null }[]>;
  applicationSets: readonly ApplicationSet[];
  applications: readonly Application[];
  /** Ids of what each Application deploys. */
  deployed: ReadonlyMap<string, string[]>;
  events: readonly EventRoute[];
  secrets: readonly SecretFlow[];
  policies: readonly Policy[];
}
