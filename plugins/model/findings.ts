/** What is wrong about the manifests, as the model sees it while it is built. */
import { at, isObject, type JsonPath, textAt } from '../base/index.ts';
import type { FoundSet } from './argocd/sets/discover.ts';
import { atoi, helmWeightAnnotation, hookOf, waveAnnotation } from './argocd/sync/hooks.ts';
import type { BuildContext } from './context.ts';
import type { Excluded } from './create-resources.ts';
import type { Finding, FoundAt, MetadataFinding } from './finding-types.ts';
import { pathText } from './locate-path.ts';
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

function metadataOf({ annotations, rendered }: Resource): WrongMetadata[] {
  // What counts is what the engine hands on: kustomize makes every value a text, a plain file and a chart do
  // not.
  const texts = (['labels', 'annotations'] as const).flatMap((field) => {
    const values = at(rendered, 'metadata', field);
    return Object.entries(isObject(values) ? values : {})
      .filter(([, value]) => typeof value !== 'string' && value !== null)
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

/** Resources that share an identity and are both applied to the same cluster. */
export function findRepeated(repeated: readonly Resource[][], context: BuildContext): Finding[] {
  return repeated.flatMap((resources) => {
    const clusters = Map.groupBy(resources, (resource) => clusterOf(resource, context));
    return [...clusters.values()].flatMap((same): Finding[] => {
      const files = new Set(same.map(({ origin }) => `${origin.file}#${origin.document}`));
      if (same.length < 2 || files.size < 2) return [];
      const places = same.map((resource) => placeOf(resource, ['metadata', 'name'], context));
      return [{ type: 'repeated', resources: same, files: [...files].sort(), places }];
    });
  });
}

/** The cluster that a resource goes to: bootstrap and in-cluster destinations are the same one. */
function clusterOf(resource: Resource, context: BuildContext): string {
  if (resource.application === null) return 'in-cluster';
  const application = context.lookup
    .ofKind('argoproj.io', 'Application')
    .find(({ name }) => name === resource.application);
  const destination = at(application?.rendered, 'spec', 'destination');
  const server = textAt(destination, 'server') ?? textAt(destination, 'name') ?? '';
  return server === 'https://kubernetes.default.svc' ? 'in-cluster' : server;
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
