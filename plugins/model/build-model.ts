/**
 * Sources and rendered objects → the model. Each tool's folder makes its own records; here is their sequence.
 */

import { compareText, type JsonObject, later, lazily, objectAt } from '../base/index.ts';
import type { Rendered } from '../render/index.ts';
import { type Unverified, unreadFiles } from '../source/index.ts';
import { buildProjects, permittedNamespaces } from './argocd/projects/build-projects.ts';
import { findInProjects } from './argocd/projects/project-findings.ts';
import { createProjectRules } from './argocd/projects/project-rules.ts';
import { buildApplications } from './argocd/records.ts';
import { buildApplicationSets } from './argocd/set-records.ts';
import { createSettingsTest } from './argocd/settings.ts';
import { exclusionsOf } from './argocd/sync/exclusions.ts';
import { ignoredDifferencesOf } from './argocd/sync/ignored.ts';
import { buildStacks, stackPaths } from './build-stacks.ts';
import { chartsOf } from './charts-of.ts';
import { collectEntries } from './collect-entries.ts';
import type { BuildContext, NotingContext } from './context.ts';
import { createResources } from './create-resources.ts';
import { clusterOf, deployerOf } from './deployer-of.ts';
import type { FoundDeployer, FoundSet } from './deployers/discover.ts';
import type { Entry } from './entry-types.ts';
import { buildEventRoutes } from './events/event-routes.ts';
import type { Found, SearchInput } from './find-deployers.ts';
import {
  findExcluded,
  findInMetadata,
  findInSets,
  findNames,
  findRepeated,
  findShared,
  type Identified,
} from './findings.ts';
import { buildFlux } from './flux/records.ts';
import { buildNetwork } from './gateway/records.ts';
import { surroundingsOf } from './gateway/surroundings.ts';
import { identityOf } from './identity.ts';
import { buildPolicies } from './kyverno/build-policies.ts';
import { environmentsOf } from './kyverno/environment.ts';
import { buildPolicyResults } from './kyverno/policy-results.ts';
import { createLocator } from './locator.ts';
import { ofKinds } from './of-kinds.ts';
import { fillPlaceholders } from './placeholders.ts';
import { selectedBy } from './relations/services.ts';
import { buildRelations } from './relations.ts';
import { indexResources } from './resource-index.ts';
import { createScopes } from './scope.ts';
import { notingKinds } from './secrets/asked-kinds.ts';
import { buildSecretPushes } from './secrets/build-pushes.ts';
import { buildSecretReads, readersOf } from './secrets/build-reads.ts';
import { buildSecretFlows } from './secrets/flows.ts';
import { knownObjects } from './secrets/known-objects.ts';
import { addSecretsOfControllers } from './secrets/made-secret.ts';
import { mentionsOf } from './secrets/mentions.ts';
import { indexSecrets } from './secrets/secret-index.ts';
import type { Model, Resource } from './types.ts';
import { undeployedBuilds } from './undeployed-builds.ts';
import { unitedUnverified } from './unite-unverified.ts';

/**
 * Pure: the same inputs give the same model. What it finds wrong is facts: their words are the rules'. Its
 * resources are made at once, all else when it is first read: who asks for one page waits for no more than
 * that page speaks of.
 */
export function buildModel({ before, ...input }: BuildInput): Built {
  const { config, commit } = input;
  const { sources, rendered } = fillPlaceholders(input, config.values ?? {});
  const { found, plain } = input.found;
  const deployers = inOrder(found.deployers);
  const builds = [...rendered.builds.values()].map(({ objects }) => objects);
  const definitions = ofKinds([...builds, plain], ['CustomResourceDefinition']);
  const isNamespaced = createScopes(Array.from(definitions, ({ value }) => value));
  const paths = stackPaths(sources, config);
  const entries = collectEntries(
    deployers.map(({ namespace, deployment }, index) => ({
      index,
      namespace,
      objects: deployment.objects,
      files: deployment.files,
    })),
    undeployedBuilds(input.found),
    plain,
    isNamespaced,
  );
  const created = createResources({
    entries,
    deployers,
    sets: found.sets,
    config,
    isNamespaced,
    stackPaths: paths,
    exclusions: exclusionsOf(argoSettings(entries)),
    before,
  });
  const lookup = indexResources(created.resources);
  const { locate } = createLocator(sources, lookup.byId, chartsOf(found));
  const context: BuildContext = {
    sources,
    lookup,
    isNamespaced,
    rulesOf: createProjectRules(lookup, createSettingsTest(sources, rendered)),
    clusters: config.generators?.clusters ?? [],
    locate,
  };

  const asked = notingKinds(lookup);
  const objects = knownObjects({ lookup: asked });
  const secrets = indexSecrets(objects);
  const flows = buildSecretFlows(secrets, asked, context, {
    readersOf: (id) => readers().get(id) ?? [],
    pushesOf: (id) => pushes().ofSecret.get(id) ?? [],
  });
  addSecretsOfControllers(secrets, context);
  // From here on nothing is added to the lookup, so that it does not matter what is made first.
  const resources = lookup.all();
  const clusterOfResource = (resource: Resource) => clusterOf(deployerOf(resource, lookup));
  const environmentOf = environmentsOf(context, clusterOfResource);
  const ofBuilds = unverifiedBuilds(rendered, input.found);
  const part = <T>(make: (noting: NotingContext) => T) => later(() => notingOf(make, context));

  const reads = later(() => {
    const mentions = mentionsOf(deployers, (index) => created.resourceOf.get(index), context);
    return buildSecretReads(resources, flows, secrets, mentions, context);
  });
  const readers = later(() => readersOf(reads()));
  const pushes = later(() => buildSecretPushes(objects, secrets, context));
  const projects = later(() => buildProjects(context));
  const records = () => ({ found, deployers, created, projects: projects(), stackPaths: paths });
  const applications = part((noting) => buildApplications(records(), noting));
  const applicationSets = part((noting) => buildApplicationSets(records(), noting));
  const flux = part((noting) =>
    buildFlux({ deployers, created, stackPaths: paths, objects: input.found.objects }, noting),
  );
  const policies = part((noting) => buildPolicies(resources, environmentOf, noting));
  const policyResults = part((noting) =>
    buildPolicyResults(policies().made, clusterOfResource, environmentOf, ofBuilds, noting),
  );
  const events = later(() => buildEventRoutes(context));
  const selected = later(() => selectedBy(resources, lookup.ofKind('', 'Service')));
  const network = later(() =>
    buildNetwork(surroundingsOf(lookup), (service) => selected().get(service)?.workloads() ?? []),
  );
  const permitted = () => {
    const namespaces = lookup.ofKind('', 'Namespace');
    return new Map(
      projects().map((project) => {
        const own = lookup.byId(project.id);
        return [project, own ? permittedNamespaces(own, namespaces, context) : []];
      }),
    );
  };
  const relations = part((noting) =>
    buildRelations(
      resources,
      {
        permitted: permitted(),
        applicationSets: applicationSets().made,
        applications: applications().made.list,
        deployed: applications().made.deployed,
        flux: flux().made,
        events: events(),
        secrets: flows,
        pushes: pushes().list,
        reads: reads(),
        policies: policies().made,
        network: network(),
        selected: selected(),
      },
      noting,
    ),
  );
  const inProjects = part(findInProjects);
  const refused = () =>
    new Set(applications().made.list.flatMap(({ id, permitted }) => (permitted.ok === false ? [id] : [])));

  const unverified = (...parts: readonly (() => Noted<unknown>)[]) =>
    unitedUnverified(
      [...ofBuilds, ...unreadFiles(sources.faults), ...input.found.unverified],
      parts.flatMap((one) => one().unverified),
    );
  const deploying = [applications, applicationSets, flux];
  const model = lazily<Model>({
    version: () => 1,
    commit: () => commit,
    roots: () => [...config.layers.bootstrap, ...config.layers.gitops],
    layers: () => [
      { name: 'bootstrap', paths: config.layers.bootstrap },
      { name: 'gitops', paths: config.layers.gitops },
    ],
    stacks: () =>
      buildStacks(
        paths,
        {
          applicationSets: applicationSets().made,
          applications: applications().made.list,
          ...flux().made,
        },
        lookup,
      ),
    resources: () => resources,
    projects: () => {
      // Which Applications are theirs is known with these.
      applications();
      return projects();
    },
    applicationSets: () => applicationSets().made,
    applications: () => applications().made.list,
    kustomizations: () => flux().made.kustomizations,
    helmReleases: () => flux().made.helmReleases,
    policies: () => policies().made,
    policyResults: () => policyResults().made,
    events,
    secrets: () => flows,
    secretReads: reads,
    secretPushes: () => pushes().list,
    routes: () => network().routes,
    gateways: () => network().gateways,
    ingresses: () => network().ingresses,
    ignoredDifferences: () => ignoredDifferencesOf(context),
    relations: () => relations().made,
    findings: () => [
      ...deploying.flatMap((one) => one().findings),
      ...findInMetadata(resources, context),
      ...findNames(resources, context),
      ...inProjects().made,
      ...findRepeated(created, context),
      ...findShared(created, refused(), context),
      ...findExcluded(created.excluded, context),
      ...findInSets(identified(found.sets, created.setIds), context),
    ],
    unverified: () => unverified(...deploying, policies, policyResults, relations, inProjects),
  });
  return { model, unread: later(() => unverified(...deploying)) };
}

/**
 * Makes a part of the model, with the findings and unverified parts that it notes in lists of its own,
 * whatever is made before it.
 */
function notingOf<T>(make: (noting: NotingContext) => T, context: BuildContext): Noted<T> {
  const noted: Notes = { findings: [], unverified: [] };
  return { made: make({ ...context, ...noted }), ...noted };
}

function identified(sets: readonly FoundSet[], ids: ReadonlyMap<string, string>): Identified<FoundSet>[] {
  return sets.flatMap((set) => {
    const id = ids.get(set.key);
    return id === undefined ? [] : [{ id, record: set }];
  });
}

/**
 * By name, namespace, then key: which of two that deploy the same comes first must not depend on the walk.
 */
function inOrder(deployers: readonly FoundDeployer[]): FoundDeployer[] {
  const key = ({ object: { value }, key: own }: FoundDeployer): string => `${nameOf(value)}\0${own}`;
  return [...deployers].sort((a, b) => compareText(key(a), key(b)));
}

function nameOf(value: JsonObject): string {
  return identityOf(value).name;
}

/** The data of argocd-cm, before there are resources to look it up in. */
function argoSettings(entries: readonly Entry[]): JsonObject {
  const found = entries.find(({ object: { value } }) => {
    if (value.kind !== 'ConfigMap') return false;
    const { group, name } = identityOf(value);
    return group === '' && name === 'argocd-cm';
  });
  return found === undefined ? noSettings : objectAt(found.object.value, 'data');
}

const noSettings: JsonObject = {};

/**
 * Of all builds; what a cluster would have answered to their charts is not known only where they are deployed
 * by nobody who told them.
 */
function unverifiedBuilds(rendered: Rendered, { found, roots }: Found): Unverified[] {
  const deployed = new Set(found.deployers.flatMap(({ deployment }) => deployment.directories));
  const asking = roots.filter(({ directory }) => !deployed.has(directory));
  return [
    ...[...rendered.builds.values()].flatMap((build) => build.unverified),
    ...asking.flatMap((build) => build.unanswered),
  ];
}

type Notes = Pick<NotingContext, 'findings' | 'unverified'>;
interface Noted<T> extends Notes {
  made: T;
}

export interface Built {
  model: Model;
  /**
   * What was not read, which is part of `model.unverified`: not what is left out of relations and of what
   * policies say, for which both have to be made.
   */
  unread: () => Unverified[];
}

export interface BuildInput extends SearchInput {
  /** What the sources are at. */
  commit: string | null;
  /** Of the same sources and rendered objects. */
  found: Found;
  /** Resources of a model of the same repository that this process built before, by their ids. */
  before?: ((id: string) => Resource | undefined) | undefined;
}
