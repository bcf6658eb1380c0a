import { posix } from 'node:path';
import {
  asText,
  at,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  textAt,
} from '../../base/index.ts';
import {
  chartElsewhere,
  isRemote,
  type LockedChart,
  parseYaml,
  type Reason,
  type Reference,
  repositoryAddress,
  saidOf,
  toJson,
  type Unverified,
  unverifiedChart,
} from '../../source/index.ts';
import { schemasBelow } from '../helm/chart.ts';
import { leavesRoot, type Repository } from '../repository-files.ts';

/**
 * Why a plugin that a kustomization lists may not run; undefined for kustomize's own, which are data. Plugins
 * of other groups are programs or containers; of kustomize's own, the chart inflator fetches charts.
 */
export function refusedPlugin(
  { path, target }: Reference,
  resolved: string,
  repository: Repository,
): Refused | undefined {
  const word = pluginWord(path);
  const file = repository.file(resolved);
  if (file === undefined) {
    if (isRemote(target))
      return { kind: 'plugin', what: `remote ${word} ${target}`, why: 'it is fetched from the network' };
    const made = repository.isDirectory(resolved) && repository.kustomizationIn(resolved) !== undefined;
    return made
      ? {
          kind: 'plugin',
          what: `${word}s of ${resolved}`,
          why: 'plugins that a kustomization makes are not run',
        }
      : undefined;
  }
  const foreign = file.documents.find(({ value }) => !isBuiltin(value));
  return foreign === undefined && file.documents.length > 0
    ? undefined
    : describePlugin(foreign?.value ?? {}, path, target);
}

/** The same for plugins that are written into the kustomization itself. */
export function refusedInlinePlugins(value: JsonObject): Refusal[] {
  return inlineTexts(value).flatMap(({ path, values }): Refusal[] => {
    const foreign = values.find((plugin) => !isBuiltin(plugin));
    return foreign === undefined ? [] : [{ path, ...describePlugin(foreign, path, String(path[0])) }];
  });
}

/** Kustomize's own plugins that are written into the kustomization itself. */
export function inlinePlugins(value: JsonObject): { path: JsonPath; value: JsonObject }[] {
  return inlineTexts(value).flatMap(({ path, values }) =>
    values.every(isBuiltin) ? values.filter(isObject).map((plugin) => ({ path, value: plugin })) : [],
  );
}

function inlineTexts(value: JsonObject): { path: JsonPath; values: JsonValue[] }[] {
  return ['generators', 'transformers', 'validators'].flatMap((field) =>
    listAt(value, field).flatMap((item, index) => {
      if (typeof item !== 'string' || !item.includes('\n')) return [];
      return [{ path: [field, index], values: parseYaml(item).map((inner) => toJson(inner.contents).value) }];
    }),
  );
}

/** Charts of a kustomization that are not in the repository. */
export function refusedCharts(value: JsonObject, directory: string, repository: Repository): Refusal[] {
  const old = listAt(value, 'helmChartInflationGenerator').map((chart, index) => ({
    path: ['helmChartInflationGenerator', index],
    ...refusedChart(chart, fetchable),
  }));
  const charts = listAt(value, 'helmCharts').flatMap((chart, index): Refusal[] =>
    localChart(value, chart, directory, repository) === undefined &&
    packedChart(value, chart, directory, repository) === undefined
      ? [{ path: ['helmCharts', index], ...refusedChart(chart, fetchable) }]
      : [],
  );
  return [...charts, ...old];
}

/** kustomize makes up a release name from the time where none is given: here it is always this one. */
export const unnamedRelease = 'release-name';

/** True where a chart has no release name of its own. */
export function hasUnnamedRelease(value: JsonObject): boolean {
  return listAt(value, 'helmCharts').some((chart) => !textAt(chart, 'releaseName'));
}

/** Charts that kustomize finds without fetching anything, by their index, each with its folder. */
export function localCharts(
  value: JsonObject,
  directory: string,
  repository: Repository,
): { index: number; folder: string }[] {
  return listAt(value, 'helmCharts').flatMap((chart, index) => {
    const folder = localChart(value, chart, directory, repository);
    return folder === undefined ? [] : [{ index, folder }];
  });
}

/**
 * Follows `absChartHome` of kustomize's HelmChartInflationGenerator: a chart with a version and a repo lies
 * in a folder of its own.
 */
function localChart(
  value: JsonObject,
  chart: JsonValue,
  directory: string,
  repository: Repository,
): string | undefined {
  const home = textAt(value, 'helmGlobals', 'chartHome') || 'charts';
  const name = textAt(chart, 'name') ?? '';
  const version = textAt(chart, 'version') ?? '';
  const fetched = version !== '' && (textAt(chart, 'repo') ?? '') !== '';
  if (name === '' || home.startsWith('/')) return undefined;
  const folder = posix.join(directory, home, fetched ? `${name}-${version}` : '', name);
  if (repository.file(posix.join(folder, 'Chart.yaml')) === undefined) return undefined;
  return schemasBelow(repository, folder).isUnreadable ? undefined : folder;
}

/** Charts that were fetched, by their index, each with the folder that kustomize would pull it to. */
export function packedCharts(
  value: JsonObject,
  directory: string,
  repository: Repository,
): { index: number; folder: string; chart: LockedChart }[] {
  return listAt(value, 'helmCharts').flatMap((chart, index) => {
    if (localChart(value, chart, directory, repository) !== undefined) return [];
    const found = packedChart(value, chart, directory, repository);
    return found === undefined ? [] : [{ index, ...found }];
  });
}

function packedChart(
  value: JsonObject,
  chart: JsonValue,
  directory: string,
  { store }: Repository,
): { folder: string; chart: LockedChart } | undefined {
  const repo = textAt(chart, 'repo') ?? '';
  const name = textAt(chart, 'name') ?? '';
  const home = textAt(value, 'helmGlobals', 'chartHome') || 'charts';
  // Its name becomes a folder of the copy.
  if (!repo.includes('://') || !/^\w[\w.-]*$/.test(name) || home.startsWith('/')) return undefined;
  const version = asText(at(chart, 'version') ?? '');
  const found = store.find({ repository: repositoryAddress(repo), chart: name, asked: version || null });
  if (found === undefined || !store.holds(found)) return undefined;
  const folder = posix.join(directory, home, version === '' ? '' : `${name}-${version}`, name);
  return leavesRoot(folder) ? undefined : { folder, chart: found };
}

function isBuiltin(value: JsonValue): boolean {
  const function_ = at(value, 'metadata', 'annotations', 'config.kubernetes.io/function');
  return (
    textAt(value, 'apiVersion') === 'builtin' &&
    textAt(value, 'kind') !== 'HelmChartInflationGenerator' &&
    function_ === undefined
  );
}

function describePlugin(value: JsonValue, path: JsonPath, target: string): Refused {
  const kind = textAt(value, 'kind') ?? target;
  // `fetch` brings charts of `helmCharts` alone.
  if (kind === 'HelmChartInflationGenerator')
    return refusedChart(value, (repo) => ({ why: `it comes from ${repo}, which needs a network` }));
  return {
    kind: 'plugin',
    what: `${pluginWord(path)} ${kind}`,
    why: 'it runs a program or a container, which is never done here',
  };
}

function pluginWord(path: JsonPath): string {
  return String(path[0]).replace(/s$/, '');
}

/** @param across why one is not known that lies across a network. */
function refusedChart(chart: JsonValue, across: (repo: string) => Reason): Refused {
  const name = textAt(chart, 'name') ?? textAt(chart, 'chartName') ?? null;
  const version = at(chart, 'version') ?? at(chart, 'chartVersion');
  return unverifiedChart(
    { name, version: version === undefined ? null : asText(version) },
    chartReason(chart, across),
    null,
  );
}

function chartReason(chart: JsonValue, across: (repo: string) => Reason): string | Reason {
  const repo = textAt(chart, 'repo') ?? textAt(chart, 'chartRepo');
  return repo === undefined || !repo.includes('://')
    ? 'no chart of that name lies in the repository, or its schema refers to what Helm would have to fetch'
    : across(repo);
}

function fetchable(repo: string): Reason {
  return saidOf(`it comes from ${repo}`, chartElsewhere(repo));
}

/** Something that is left out, and why; its place is the path's. */
export type Refused = DistributiveOmit<Unverified, 'origin'>;
export type Refusal = Refused & {
  /** Where in the kustomization. */
  path: JsonPath;
};
type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;
