/** What an entry of kustomize's `helmCharts` says of the values of its chart, and where. */
import { posix } from 'node:path';
import { asText, at, isObject, type JsonObject, type JsonPath, listAt, textAt } from '../../base/index.ts';
import type { Origin } from '../../render/index.ts';
import {
  type FetchedChartFiles,
  fetchedChart,
  type Place,
  repositoryAddress,
  type SourceDocument,
  type Sources,
} from '../../source/index.ts';
import type { Resource } from '../types.ts';
import { chartValuesOf } from './chart-values.ts';
import type { AskedChart } from './locate-in-chart.ts';

/**
 * The charts of which one gave what kustomize rendered: of the entry of `helmCharts` that the resource stands
 * at, or of all where it stands at the list, as nothing in it tells which.
 */
export function chartsOfEntries({ origin }: Resource, sources: Sources): InflatedChart[] {
  const document = sources.files.get(origin.file)?.documents[0];
  if (document === undefined) return [];
  const stands = (path: JsonPath): boolean => isSame(document.locate(path), origin);
  const all = listAt(document.value, 'helmCharts').flatMap((entry, index) =>
    isObject(entry) ? [{ document, entry, index }] : [],
  );
  const own = all.filter(({ index }) => stands(['helmCharts', index]));
  return (own.length > 0 || !stands(['helmCharts']) ? own : all).map((one) => ({
    fetched: fetchedOf(one.entry, sources),
    asked: (files, folder) => chartOfEntry(one, origin, files, folder),
  }));
}

function fetchedOf(entry: JsonObject, { store }: Sources): FetchedChartFiles | null {
  const repository = repositoryAddress(textAt(entry, 'repo') ?? '');
  const asked = asText(at(entry, 'version') ?? '') || null;
  const locked = store.find({ repository, chart: textAt(entry, 'name') ?? '', asked });
  return locked === undefined ? null : fetchedChart(locked, '.', store);
}

/**
 * Source: kustomize `api/internal/builtins/HelmChartInflationGenerator.go`: `valuesInline` is merged into
 * `valuesFile` as `valuesMerge` says, and `additionalValuesFiles` come after both.
 * @param fetched where the files of one that was fetched stand among the sources.
 */
function chartOfEntry(
  { document, entry, index }: Entry,
  origin: Origin,
  sources: Sources,
  fetched?: string,
): AskedChart | undefined {
  const folder = posix.dirname(origin.file);
  const home = posix.join(folder, textAt(document.value, 'helmGlobals', 'chartHome') || 'charts');
  const directory = fetched ?? directoryOf(entry, home, sources);
  if (directory === undefined) return undefined;
  const own = (file: string): string => posix.join(folder, file);
  const valuesFile = textAt(entry, 'valuesFile');
  const first = valuesFile === undefined ? [] : [own(valuesFile)];
  const more = listAt(entry, 'additionalValuesFiles').flatMap((file) =>
    typeof file === 'string' ? [own(file)] : [],
  );
  const merge = textAt(entry, 'valuesMerge') ?? 'override';
  const inline = at(entry, 'valuesInline');
  const isUnder = merge === 'override' || !isObject(inline);
  const path = ['helmCharts', index];
  const chart = {
    request: {
      directory,
      release: textAt(entry, 'releaseName') ?? '',
      namespace: textAt(entry, 'namespace') ?? null,
      valueFiles: isUnder ? first : [],
      values: isObject(inline) ? inline : null,
      parameters: [],
    },
    over: merge === 'merge' && !isUnder ? [...first, ...more] : more,
    blocks: [{ path, value: entry }],
    release: [...path, 'releaseName'],
    namespace: [...path, 'namespace'],
    locate: (wanted: (string | number)[]): Place =>
      document.locate(wanted, { key: isObject(at(document.value, ...wanted)) }) ?? origin,
  };
  return {
    directory,
    templates: [...sources.files.values()]
      .filter(({ path: file, role }) => role === 'chart' && file.startsWith(`${directory}/templates/`))
      .map(({ path: file }) => file),
    // What kustomize does to it afterwards may be why a value is another one.
    isExact: true,
    valuesOf: (file) => chartValuesOf(file, chart, sources),
  };
}

/** Where kustomize finds it: with a version and a repo in a folder of its own. Undefined where it is not. */
function directoryOf(entry: JsonObject, home: string, { files }: Sources): string | undefined {
  const [name = '', version = '', repo = ''] = ['name', 'version', 'repo'].map((field) =>
    textAt(entry, field),
  );
  const own = version !== '' && repo !== '' ? `${name}-${version}` : '';
  const folder = posix.join(home, own, name);
  return files.has(posix.join(folder, 'Chart.yaml')) ? folder : undefined;
}

function isSame(one: Place | undefined, other: Place): boolean {
  return one?.line === other.line && one.column === other.column;
}

export interface InflatedChart {
  /** Null where it lies in the repository, or was not fetched. */
  fetched: FetchedChartFiles | null;
  /** @param folder of its files among the sources, where it was fetched. */
  asked(sources: Sources, folder?: string): AskedChart | undefined;
}

interface Entry {
  document: SourceDocument;
  entry: JsonObject;
  index: number;
}
