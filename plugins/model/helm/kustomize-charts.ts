/** What an entry of kustomize's `helmCharts` says of the values of its chart, and where. */
import { posix } from 'node:path';
import { at, isObject, type JsonObject, listAt, textAt } from '../../base/index.ts';
import type { Place, Sources } from '../../source/index.ts';
import type { Resource } from '../types.ts';
import { chartValuesOf } from './chart-values.ts';
import type { AskedChart } from './locate-in-chart.ts';

/**
 * The chart that kustomize rendered a resource from, where it lies in the repository. Source: kustomize
 * `api/internal/builtins/HelmChartInflationGenerator.go`: `valuesInline` is merged into `valuesFile` as
 * `valuesMerge` says, and `additionalValuesFiles` come after both.
 */
export function chartOfEntry({ origin }: Resource, sources: Sources): AskedChart | undefined {
  const document = sources.files.get(origin.file)?.documents[0];
  const entries = listAt(document?.value, 'helmCharts');
  const index = entries.findIndex((_, one) => isSame(document?.locate(['helmCharts', one]), origin));
  const entry = entries[index];
  if (document === undefined || !isObject(entry)) return undefined;
  const folder = posix.dirname(origin.file);
  const home = posix.join(folder, textAt(document.value, 'helmGlobals', 'chartHome') || 'charts');
  const directory = directoryOf(entry, home, sources);
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
