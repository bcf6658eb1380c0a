import { posix } from 'node:path';
import { isObject, listAt, objectAt, textAt } from '../../../base/index.ts';
import type { Application, IgnoredDifference, Resource } from '../../../model/index.ts';
import { kustomizationIn, type Place, type SourceFile, type Unverified } from '../../../source/index.ts';
import type { Named, Spoken } from './named.ts';
import type { AboutRoom } from './room.ts';
import { syncWords } from './sync-words.ts';

/** Where an Application comes from, how it is synced, and what may keep it out of sync. */
export function applicationFacts(
  application: Application,
  resource: Resource,
  room: AboutRoom,
): ApplicationFacts {
  const { syncPolicy, destination, sources, unverified } = application;
  return {
    is: 'application',
    sources: sources.map((source) => ({ ...source, kustomization: kustomizationOf(source, room) })),
    charts: [...chartsOfSources(application, resource, room), ...inflatedCharts(application, room)],
    destination,
    sync: syncWords(syncPolicy),
    ignored: ignoredFor(application, room),
    unrendered: unverified,
    changedBy: changedBy(application, room),
    mayChange: unverified.length === 0 ? [] : mayChange(room),
  };
}

/** The file that a source is built by, where it lies here. */
function kustomizationOf({ local, path }: Application['sources'][number], room: AboutRoom): Place | null {
  if (!local || path === null) return null;
  const file = kustomizationAt(path, room);
  return file === undefined ? null : startOf(file.path);
}

function kustomizationAt(folder: string, { platform }: AboutRoom): SourceFile | undefined {
  return kustomizationIn(folder, (file) => platform.sources.files.get(file));
}

/** Charts that the application's own sources name, with the values files that lie here. */
function chartsOfSources({ sources }: Application, resource: Resource, room: AboutRoom): ChartFacts[] {
  const written = listAt(resource.rendered, 'spec', 'sources');
  const one = objectAt(resource.rendered, 'spec', 'source');
  const refs = new Map(sources.flatMap((source) => (source.ref === null ? [] : [[source.ref, source]])));
  return sources.flatMap((source, index): ChartFacts[] => {
    if (source.chart === null) return [];
    const spec = written.length > 0 ? written[index] : one;
    const path = written.length > 0 ? ['spec', 'sources', index] : ['spec', 'source'];
    const values = listAt(spec, 'helm', 'valueFiles').flatMap((file): ValuesFile[] => {
      if (typeof file !== 'string') return [];
      const [, ref = '', rest = ''] = /^\$([^/]+)\/(.*)$/.exec(file) ?? [];
      const home = refs.get(ref);
      return [{ file, place: home?.local ? placeOf(rest, room) : null }];
    });
    return [
      {
        name: source.chart,
        version: source.targetRevision,
        repository: source.repoURL,
        values,
        origin: room.platform.locate(resource, path),
      },
    ];
  });
}

/** Charts that kustomize inflates in the folder of the application. */
function inflatedCharts({ sources }: Application, room: AboutRoom): ChartFacts[] {
  return sources.flatMap(({ local, path }) => {
    const file = local && path !== null ? kustomizationAt(path, room) : undefined;
    const [document] = file?.documents ?? [];
    if (path === null || document === undefined) return [];
    return listAt(document.value, 'helmCharts').flatMap((entry, index): ChartFacts[] => {
      if (!isObject(entry)) return [];
      const files = [textAt(entry, 'valuesFile'), ...listAt(entry, 'additionalValuesFiles')];
      return [
        {
          name: textAt(entry, 'name') ?? '',
          version: textAt(entry, 'version') ?? null,
          repository: textAt(entry, 'repo') ?? null,
          values: files.flatMap((name): ValuesFile[] =>
            typeof name === 'string' ? [{ file: name, place: placeOf(posix.join(path, name), room) }] : [],
          ),
          origin: document.locate(['helmCharts', index]) ?? document.place,
        },
      ];
    });
  });
}

function placeOf(path: string, { platform }: AboutRoom): Place | null {
  const file = posix.normalize(path);
  return platform.sources.files.has(file) ? startOf(file) : null;
}

function startOf(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/**
 * What is left out of its comparison: by itself, and by argocd-cm for every application. Of the latter those
 * for kinds that it deploys; all of them where a part of it is not rendered, as that may have such a kind.
 */
function ignoredFor(application: Application, { platform }: AboutRoom): IgnoredFacts[] {
  const deployed = application.order.flat().flatMap((id) => platform.resource(id) ?? []);
  const isOpen = application.unverified.length > 0;
  const countOf = (one: IgnoredDifference) => deployed.filter((resource) => isMeant(one, resource)).length;
  return [
    ...application.syncPolicy.ignoreDifferences.map(
      (one): IgnoredFacts => ({
        ...one,
        by: 'application',
        objects: countOf(one),
      }),
    ),
    ...platform.model.ignoredDifferences
      .map((one): IgnoredFacts => ({ ...one, by: 'argocd-cm', objects: countOf(one) }))
      .filter(({ objects }) => isOpen || objects > 0),
  ];
}

function isMeant({ group, kind, name, namespace }: IgnoredDifference, resource: Resource): boolean {
  const isKind = kind === '*' || (kind === resource.kind && (group === '*' || group === resource.group));
  return (
    isKind &&
    (name === null || name === resource.name) &&
    (namespace === null || namespace === resource.namespace)
  );
}

/** Policies that change what it deploys, as far as manifests tell: then the cluster has what Git has not. */
function changedBy({ id }: Application, { mutations, named }: AboutRoom): ChangeFacts[] {
  const changes = mutations.get(id) ?? [];
  return [...Map.groupBy(changes, ({ policy, rule }) => `${policy}\0${rule}`).values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    return [
      {
        policy: named(first.policy),
        rule: first.rule,
        message: first.message,
        isCertain: all.every(({ result }) => result === 'pass'),
        resources: all.map(({ resource }) => named(resource)),
        origin: first.origin,
      },
    ];
  });
}

/** Rules that change kinds which a part that is not rendered may have. */
function mayChange({ platform, named }: AboutRoom): MayChange[] {
  return platform.model.policies.flatMap(({ id, rules }) =>
    rules
      .filter(({ type }) => type === 'mutate')
      .map(({ name, kinds, scope, origin }) => ({ policy: named(id), rule: name, kinds, scope, origin })),
  );
}

/** Of an Application. */
export interface ApplicationFacts {
  is: 'application';
  sources: (Application['sources'][number] & { kustomization: Place | null })[];
  charts: ChartFacts[];
  destination: Application['destination'];
  /** Its sync policy in words. */
  sync: Spoken[];
  ignored: IgnoredFacts[];
  /** What of it was not rendered. */
  unrendered: Unverified[];
  changedBy: ChangeFacts[];
  /** Rules that may change what was not rendered; none where all was. */
  mayChange: MayChange[];
}

interface ChartFacts {
  name: string;
  version: string | null;
  repository: string | null;
  values: ValuesFile[];
  origin: Place;
}

interface ValuesFile {
  /** As written. */
  file: string;
  /** Null where it does not lie in this repository. */
  place: Place | null;
}

type IgnoredFacts = IgnoredDifference & {
  by: 'application' | 'argocd-cm';
  /** How many of its objects are meant, as far as it is rendered. */
  objects: number;
};

interface ChangeFacts {
  policy: Named;
  rule: string;
  /** What it changes. */
  message: string;
  /** False where only a cluster knows. */
  isCertain: boolean;
  resources: Named[];
  origin: Place;
}

interface MayChange {
  policy: Named;
  rule: string;
  kinds: string[];
  scope: string[];
  origin: Place;
}
