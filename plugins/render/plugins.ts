import { posix } from 'node:path';
import {
  at,
  isRemote,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  parseYaml,
  type Reference,
  textAt,
  toJson,
} from '../source/index.ts';
import type { Repository } from './repository.ts';

/**
 * Why a plugin that a kustomization lists may not run; undefined for kustomize's own, which are data. Plugins of other groups are programs
 * or containers; of kustomize's own, the chart inflator needs Helm and a network.
 */
export function refusedPlugin(
  { path, target }: Reference,
  resolved: string,
  repository: Repository,
): Omit<Refusal, 'path'> | undefined {
  const word = pluginWord(path);
  const file = repository.file(resolved);
  if (file === undefined) {
    if (isRemote(target)) return { what: `remote ${word} ${target}`, why: 'it is fetched from the network' };
    const made = repository.isDirectory(resolved) && repository.kustomizationIn(resolved) !== undefined;
    return made
      ? { what: `${word}s of ${resolved}`, why: 'plugins that a kustomization makes are not run' }
      : undefined;
  }
  const foreign = file.documents.find(({ value }) => !isBuiltin(value));
  return foreign === undefined && file.documents.length > 0
    ? undefined
    : describePlugin(foreign?.value ?? {}, path, target);
}

/** The same for plugins that are written into the kustomization itself. */
export function refusedInlinePlugins(value: JsonObject): Refusal[] {
  return ['generators', 'transformers', 'validators'].flatMap((field) =>
    listAt(value, field).flatMap((item, index): Refusal[] => {
      if (typeof item !== 'string' || !item.includes('\n')) return [];
      const values = parseYaml(item).map((inner) => toJson(inner.contents).value);
      const foreign = values.find((plugin) => !isBuiltin(plugin));
      return foreign === undefined
        ? []
        : [{ path: [field, index], ...describePlugin(foreign, [field, index], field) }];
    }),
  );
}

/** Every chart of a kustomization: none is rendered yet. */
export function refusedCharts(value: JsonObject, directory: string, repository: Repository): Refusal[] {
  return ['helmCharts', 'helmChartInflationGenerator'].flatMap((field) =>
    listAt(value, field).map((chart, index) => {
      const home = textAt(value, 'helmGlobals', 'chartHome') ?? 'charts';
      const name = textAt(chart, 'name') ?? textAt(chart, 'chartName') ?? '';
      const local = name !== '' && repository.isDirectory(posix.join(directory, home, name));
      const why = local ? 'the chart lies in the repository, but Helm is not run yet' : chartReason(chart);
      return { path: [field, index], what: chartWords(chart), why };
    }),
  );
}

function isBuiltin(value: JsonValue): boolean {
  const function_ = at(value, 'metadata', 'annotations', 'config.kubernetes.io/function');
  return (
    textAt(value, 'apiVersion') === 'builtin' &&
    textAt(value, 'kind') !== 'HelmChartInflationGenerator' &&
    function_ === undefined
  );
}

function describePlugin(value: JsonValue, path: JsonPath, target: string): { what: string; why: string } {
  const kind = textAt(value, 'kind') ?? target;
  if (kind === 'HelmChartInflationGenerator') return { what: chartWords(value), why: chartReason(value) };
  return {
    what: `${pluginWord(path)} ${kind}`,
    why: 'it runs a program or a container, which is never done here',
  };
}

function pluginWord(path: JsonPath): string {
  return String(path[0]).replace(/s$/, '');
}

function chartWords(chart: JsonValue): string {
  const name = textAt(chart, 'name') ?? textAt(chart, 'chartName') ?? 'without a name';
  const version = at(chart, 'version') ?? at(chart, 'chartVersion');
  return version === undefined ? `helm chart ${name}` : `helm chart ${name} ${String(version)}`;
}

function chartReason(chart: JsonValue): string {
  const repo = textAt(chart, 'repo') ?? textAt(chart, 'chartRepo');
  return repo === undefined || !repo.includes('://')
    ? 'Helm is not run'
    : `it comes from ${repo}, which needs a network`;
}

/** Fields of a kustomization that only charts use. */
export const chartFields = ['helmCharts', 'helmChartInflationGenerator', 'helmGlobals'];

/** Something that is left out, and why. */
export interface Refusal {
  /** Where in the kustomization. */
  path: JsonPath;
  what: string;
  why: string;
}
