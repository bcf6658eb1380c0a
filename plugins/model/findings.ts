/** What is wrong about the manifests, as the model sees it while it is built. */
import {
  at,
  compareText,
  isObject,
  type JsonPath,
  type JsonValue,
  listAt,
  oncePer,
  uniqueBy,
} from '../base/index.ts';
import { atoi, helmWeightAnnotation, hookOf, waveAnnotation } from './argocd/sync/hooks.ts';
import type { BuildContext } from './context.ts';
import type { Created, Excluded } from './created-types.ts';
import { clusterOf, deployerOf } from './deployer-of.ts';
import type { FoundSet } from './deployers/discover.ts';
import type { Finding, FoundAt, MetadataFinding } from './finding-types.ts';
import { locateOrigin, pathText } from './locate-path.ts';
import { isRefusedName, isRefusedNamespace } from './refused-names.ts';
import type { Resource } from './types.ts';

/** Objects that an application renders and Argo CD never applies. */
export function findExcluded(excluded: readonly Excluded[], context: BuildContext): Finding[] {
  return excluded.map(({ resource, application }) => ({
    type: 'excluded',
    resource,
    application,
    place: placeOf(resource, ['kind'], context),
  }));
}

/**
 * Labels and annotations that are no text, and annotations of Argo CD that are no number where one is meant,
 * or no hook that it knows.
 */
export function findInMetadata(resources: readonly Resource[], context: BuildContext): Finding[] {
  const seen = new Set<string>();
  return resources.flatMap((resource) =>
    metadataOf(resource).flatMap(({ field, key, wrong, value }): Finding[] => {
      // One document may give several resources; its annotation is wrong once.
      const identity = JSON.stringify([resource.origin.file, resource.kind, resource.name, field, key]);
      if (seen.has(identity)) return [];
      seen.add(identity);
      const place = placeOf(resource, ['metadata', field, key], context);
      return [{ type: 'metadata', resource, field, key, wrong, value, place }];
    }),
  );
}

const metadataOf = oncePer(({ annotations, rendered }: Resource): WrongMetadata[] => {
  // What counts is what the engine hands on: kustomize makes every value a text, a plain file and a chart do
  // not.
  const texts = (['labels', 'annotations'] as const).flatMap((field) => {
    const values = at(rendered, 'metadata', field);
    return Object.entries(isObject(values) ? values : {})
      .filter(([, value]) => typeof value !== 'string' && value !== null && !isGap(value))
      .map(([key, value]): WrongMetadata => ({ field, key, wrong: 'no text', value }));
  });
  const numbers = [waveAnnotation, helmWeightAnnotation].flatMap((key): WrongMetadata[] => {
    const value = annotations[key];
    const isWrong = value !== undefined && atoi(value) === null;
    return isWrong ? [{ field: 'annotations', key, wrong: 'no number', value }] : [];
  });
  const key = 'argocd.argoproj.io/hook';
  const value = annotations[key];
  const hook = hookOf(annotations);
  const isUnknown = value !== undefined && hook.ignore && hook.deletion.length === 0;
  const hooks: WrongMetadata[] = isUnknown ? [{ field: 'annotations', key, wrong: 'no hook', value }] : [];
  return [...texts, ...numbers, ...hooks];
});

/** `{{ name }}` without quotes, which somebody fills in first: to YAML it is a mapping as a key. */
function isGap(value: JsonValue): boolean {
  return isObject(value) && Object.keys(value).some((key) => key.startsWith('{'));
}

/** Names and namespaces of resources that the API server refuses. */
export function findNames(resources: readonly Resource[], context: BuildContext): Finding[] {
  return resources.flatMap((resource): Finding[] => {
    const field = isRefusedName(resource) ? 'name' : isRefusedNamespace(resource) ? 'namespace' : null;
    if (field === null) return [];
    const value = resource[field] ?? '';
    return [{ type: 'name', resource, field, value, place: placeOf(resource, ['metadata', field], context) }];
  });
}

/** What an application gives more than once: the last counts. */
export function findRepeated({ again }: Created, context: BuildContext): Finding[] {
  return again.flatMap(({ resource, earlier }): Finding[] => {
    const application = deployerOf(resource, context.lookup);
    // What Flux is given more than once its engines refuse.
    if (application?.kind !== 'Application') return [];
    const before = earlier.map(({ value, origin }): FoundAt => {
      const place = locateOrigin(context.sources, origin, value, ['metadata', 'name']);
      return { ...place, resource: resource.id, path: 'metadata.name', via: origin.via };
    });
    const places = [...before, placeOf(resource, ['metadata', 'name'], context)];
    return [{ type: 'repeated', resource, application, places }];
  });
}

/**
 * Resources that share an identity and are applied to one cluster by several, or from several documents. Not
 * those of an Application or a set that is declared more than once, or of what it deploys in turn: such a
 * repository holds several Argo CDs, and each applies its own.
 * @param refused ids of Applications that Argo CD syncs nothing of.
 */
export function findShared(created: Created, refused: ReadonlySet<string>, context: BuildContext): Finding[] {
  const isOfMany = chainOf(created, context);
  const ownerOf = (resource: Resource) => deployerOf(resource, context.lookup);
  return created.repeated.flatMap((all) => {
    const resources = all.filter((resource) => !refused.has(resource.deployer ?? '') && !isOfMany(resource));
    const clusters = Map.groupBy(resources, (resource) => clusterOf(ownerOf(resource)));
    return [...clusters.values()].flatMap((same): Finding[] => {
      const files = new Set(same.map(({ origin }) => `${origin.file}#${origin.document}`));
      const owners = uniqueBy(
        same.flatMap((resource) => ownerOf(resource) ?? []),
        // Two of one name cannot be in one cluster.
        ({ namespace, name }) => `${namespace ?? ''}/${name}`,
      );
      if (same.length < 2 || (files.size < 2 && owners.length < 2)) return [];
      // Which cluster one of Flux's deploys to is its root's to say, which is seldom in the repository.
      if (owners.some(({ kind }) => kind !== 'Application')) return [];
      const applications = owners
        .map((resource) => ({ resource, failsOnShared: failsOnShared(resource) }))
        .sort((a, b) => compareText(a.resource.id, b.resource.id));
      const places = same.map((resource) => placeOf(resource, ['metadata', 'name'], context));
      return [{ type: 'shared', resources: same, files: [...files].sort(), applications, places }];
    });
  });
}

/**
 * Whether an Application that is declared more than once deploys a resource, or what deploys it; or a set
 * that is declared more than once makes one of these.
 */
function chainOf(created: Created, { lookup }: BuildContext): (resource: Resource) => boolean {
  const sets = lookup.ofKind('argoproj.io', 'ApplicationSet');
  const keyOf = ({ kind, namespace, name }: Resource): string => `${kind}/${namespace ?? ''}/${name}`;
  // Also of those that nobody here applies: a root for each cluster.
  const declared = Map.groupBy(new Set([...created.resourceOf.values(), ...sets]), keyOf);
  const many = new Set([...declared].flatMap(([key, resources]) => (resources.length > 1 ? key : [])));
  const above = (resource: Resource): Resource | undefined => {
    const { file, document } = resource.origin;
    const isMade = resource.source === 'applicationset';
    // What a set generates is applied by whoever applies the set.
    const set = isMade && sets.find(({ origin }) => origin.file === file && origin.document === document);
    return set || deployerOf(resource, lookup);
  };
  return (resource) => {
    const seen = new Set<Resource>();
    let at = above(resource);
    while (at && !seen.has(at)) {
      if (many.has(keyOf(at))) return true;
      seen.add(at);
      at = above(at);
    }
    return false;
  };
}

function failsOnShared({ rendered }: Resource): boolean {
  return listAt(rendered, 'spec', 'syncPolicy', 'syncOptions').includes('FailOnSharedResource=true');
}

/**
 * Generators and templates that were not expanded, those that Argo CD refuses, and generators that give
 * nothing.
 */
export function findInSets(sets: readonly Identified<FoundSet>[], context: BuildContext): Finding[] {
  return sets.flatMap(({ id, record: { expansion } }) => {
    const set = context.lookup.byId(id);
    if (!set) return [];
    const { refused, unverified, empty } = expansion;
    const finding = ({ why, path }: { why: string; path: JsonPath }) => ({
      set,
      why,
      place: placeOf(set, path, context),
    });
    return [
      ...refused.map((one): Finding => ({ type: 'set-refused', ...finding(one) })),
      ...unverified.map(
        (one): Finding => ({ type: 'set-unverified', ...finding(one), help: one.help ?? null }),
      ),
      ...empty.map((one): Finding => ({ type: 'set-empty', ...finding(one) })),
    ];
  });
}

function placeOf(resource: Resource, path: JsonPath, context: BuildContext): FoundAt {
  return {
    ...context.locate(resource, path),
    resource: resource.id,
    path: pathText(path),
    via: resource.origin.via,
  };
}

type WrongMetadata = Pick<MetadataFinding, 'field' | 'key' | 'wrong' | 'value'>;

/** A record with the id of the resource that it is about. */
export interface Identified<T> {
  id: string;
  record: T;
}
