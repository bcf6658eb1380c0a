/** What the clusters of a platform serve, as far as its manifests tell. */
import { compareText, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import { type AskedQuestions, type Capabilities, isForeignApi, type Questions } from '../../render/index.ts';
import type { Config } from '../../source/index.ts';
import { inClusterName, inClusterServer } from '../argocd/projects/destinations.ts';
import { identityOf } from '../identity.ts';

/**
 * What charts are told of the clusters that they are rendered for: the version of Kubernetes and the APIs
 * that the configuration names, and those that the platform itself brings to that cluster. What it brings is
 * only known once it is rendered, so it is learned from one search for deployers after the other.
 */
export function openClusters(
  { kubernetes, generators }: Pick<Config, 'kubernetes' | 'generators'>,
  asked: AskedQuestions,
): Clusters {
  const given = kubernetes?.apiVersions ?? [];
  /** By cluster, all that was brought to it at any time; and what in the end nobody brings. */
  const told = new Map<string, Set<string>>();
  const lost = new Map<string, Set<string>>();
  const questions = new Set<string>();
  let isAnyAsked = false;
  const servers = new Map((generators?.clusters ?? []).map(({ name, server }) => [name, server]));

  function answer(cluster: string | null, { apis, any }: Questions): Capabilities {
    const own = told.get(cluster ?? '') ?? new Set();
    const names = Object.keys(apis);
    for (const name of names) questions.add(name);
    isAnyAsked ||= any;
    const known = new Set([...given, ...own]);
    const isListed = (api: string): boolean => kubernetes?.apiVersions != null && !isWithoutKinds(api, known);
    const unsure = names.filter(
      (api) =>
        isForeignApi(api) &&
        !given.includes(api) &&
        (own.has(api) ? lost.get(cluster ?? '')?.has(api) === true : !isListed(api)),
    );
    return {
      kubeVersion: kubernetes?.version ?? null,
      apiVersions: [...known].filter((api) => any || Object.hasOwn(apis, api)).sort(compareText),
      unsure,
    };
  }

  function learn(served: ReadonlyMap<string, ReadonlySet<string>>): boolean {
    let isNew = false;
    const counts = (api: string): boolean => isAnyAsked || questions.has(api);
    for (const [cluster, apis] of served)
      for (const api of apis) {
        if (told.get(cluster)?.has(api)) continue;
        noteIn(told, cluster, api);
        isNew ||= counts(api);
      }
    for (const [cluster, apis] of told)
      for (const api of apis) {
        if (served.get(cluster)?.has(api) || lost.get(cluster)?.has(api)) continue;
        noteIn(lost, cluster, api);
        isNew ||= counts(api);
      }
    return isNew;
  }

  return {
    asked,
    answer,
    learn,
    ofDestination(destination) {
      const name = textAt(destination, 'name') ?? '';
      const server = textAt(destination, 'server') || servers.get(name) || name;
      return server === inClusterServer ? inClusterName : server;
    },
  };
}

function noteIn(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}

/** What a source says itself goes before what its cluster answers, and is then all that Helm is told. */
export function withOwn(
  answer: Capabilities,
  own: { kubeVersion: string | null; apiVersions: string[] },
): Capabilities {
  const kubeVersion = own.kubeVersion ?? answer.kubeVersion;
  return own.apiVersions.length === 0
    ? { ...answer, kubeVersion }
    : { kubeVersion, apiVersions: own.apiVersions, unsure: [] };
}

/** `GROUP/VERSION/KIND` of a version that is listed without any of its kinds. */
function isWithoutKinds(api: string, known: ReadonlySet<string>): boolean {
  const [group, version, kind] = api.split('/');
  const whole = `${group}/${version}`;
  return kind !== undefined && known.has(whole) && ![...known].some((one) => one.startsWith(`${whole}/`));
}

/**
 * The APIs that an object brings, as Argo CD tells Helm of them: each version, and each with its kind.
 * Source: `APIResourcesToStrings` of Argo CD's `util/argo`.
 */
export function apisOf(value: JsonObject): string[] {
  if (value.kind !== 'APIService' && value.kind !== 'CustomResourceDefinition') return [];
  const { group, kind } = identityOf(value);
  const spec = objectAt(value, 'spec');
  const own = textAt(spec, 'group');
  if (own === undefined) return [];
  if (group === 'apiregistration.k8s.io' && kind === 'APIService') {
    const version = textAt(spec, 'version');
    return version === undefined ? [] : [`${own}/${version}`];
  }
  if (group !== 'apiextensions.k8s.io' || kind !== 'CustomResourceDefinition') return [];
  const listed = listAt(spec, 'versions').filter(
    (version) => typeof version === 'object' && version !== null && objectAt(version).served !== false,
  );
  const names = [...listed.map((version) => textAt(version, 'name')), textAt(spec, 'version')];
  const served = textAt(spec, 'names', 'kind');
  return names.flatMap((version) =>
    version === undefined
      ? []
      : [`${own}/${version}`, ...(served === undefined ? [] : [`${own}/${version}/${served}`])],
  );
}

export interface Clusters {
  asked: AskedQuestions;
  /** What a chart is told; a cluster of null is whichever it is deployed to. */
  answer(cluster: string | null, questions: Questions): Capabilities;
  /**
   * Takes what each cluster is seen to serve, once nothing is left to be rendered.
   * @returns true where a chart that has asked is to be told otherwise.
   */
  learn(served: ReadonlyMap<string, ReadonlySet<string>>): boolean;
  /** The cluster of an Application, as it is known by here. */
  ofDestination(destination: JsonObject): string;
}
