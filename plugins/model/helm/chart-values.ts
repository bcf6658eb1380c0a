/** What an Application or a HelmRelease says of the values of a chart, and where. */
import { posix } from 'node:path';
import { at, isObject, type JsonPath, listAt, textAt } from '../../base/index.ts';
import type { HelmRequest } from '../../render/index.ts';
import type { Place, Sources } from '../../source/index.ts';
import type { Resource } from '../types.ts';
import type { AskedChart } from './locate-in-chart.ts';
import type { ChartValues } from './value-places.ts';

type Said = Pick<ChartValues, 'blocks' | 'release' | 'namespace' | 'locate'>;

/** The charts that what deploys a resource asks Helm for. */
export function chartsAskedBy(
  deployer: Resource,
  requests: readonly HelmRequest[],
  { origin }: Resource,
  locate: (resource: Resource, path: JsonPath) => Place,
  sources: Sources,
): AskedChart[] {
  return requests.map((request) => ({
    directory: request.directory,
    templates: [origin.file],
    isExact: false,
    valuesOf: (file) => chartValuesOf(file, { request, ...saidBy(deployer, locate) }, sources),
  }));
}

/** @param file a template of the chart or of one of its parts. */
export function chartValuesOf(
  file: string,
  asked: Omit<ChartValues, 'sources' | 'folder' | 'prefix'>,
  sources: Sources,
): ChartValues | undefined {
  const { directory } = asked.request;
  const folder = folderOf(file, sources) ?? directory;
  const prefix = prefixOf(folder, directory, sources);
  return prefix === undefined ? undefined : { ...asked, sources, folder, prefix };
}

/** Where an Application or a HelmRelease says what Helm is given. */
function saidBy(deployer: Resource, locate: (resource: Resource, path: JsonPath) => Place): Said {
  const blocks = blocksOf(deployer);
  const named = blocks.find(({ value }) => textAt(value, 'releaseName'));
  const target = deployer.kind === 'HelmRelease' ? ['targetNamespace'] : ['destination', 'namespace'];
  const isTargeted = at(deployer.rendered, 'spec', ...target) !== undefined;
  return {
    blocks,
    release: named ? [...named.path, 'releaseName'] : ['metadata', 'name'],
    namespace: isTargeted ? ['spec', ...target] : ['metadata', 'namespace'],
    locate: (path) => locate(deployer, path),
  };
}

/** What holds the values: `helm` of each source, `spec` of a HelmRelease. */
function blocksOf({ kind, rendered }: Resource): ChartValues['blocks'] {
  const paths: JsonPath[] =
    kind === 'HelmRelease'
      ? [['spec']]
      : [
          ['spec', 'source', 'helm'],
          ['spec', 'sourceHydrator', 'drySource', 'helm'],
          ...[...listAt(rendered, 'spec', 'sources').keys()].map((index) => [
            'spec',
            'sources',
            index,
            'helm',
          ]),
        ];
  return paths.flatMap((path) => {
    const value = at(rendered, ...path);
    return isObject(value) ? [{ path, value }] : [];
  });
}

/** The nearest folder above a template with a Chart.yaml. */
function folderOf(file: string, { files }: Sources): string | undefined {
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    if (files.has(posix.join(folder, 'Chart.yaml'))) return folder;
    if (folder === '.' || folder === '/') return undefined;
  }
}

/**
 * Under which key the values of a part stand in those of the chart: its alias or its name. Undefined where
 * that is not one key: a part of a part, a part that is there twice.
 */
function prefixOf(folder: string, chart: string, { files }: Sources): JsonPath | undefined {
  if (folder === chart) return [];
  const documentOf = (path: string) => files.get(posix.join(path, 'Chart.yaml'))?.documents[0]?.value;
  const name = textAt(documentOf(folder), 'name') ?? posix.basename(folder);
  const listed = listAt(documentOf(chart), 'dependencies').filter((one) => textAt(one, 'name') === name);
  const isHeld = posix.dirname(folder) === posix.join(chart, 'charts');
  if (listed.length > 1 || (listed.length === 0 && !isHeld)) return undefined;
  return [textAt(listed[0], 'alias') || name];
}
