import { posix } from 'node:path';
import { compareText, type JsonObject, type JsonPath, listAt, textAt } from '../../base/index.ts';
import { kustomizationReferences, type SourceDocument, type Via } from '../../source/index.ts';
import { type Analysis, placeIn } from '../analysis/analysis.ts';
import type { Closures } from '../analysis/closure.ts';
import type { Repository } from '../repository-files.ts';
import type { Origin, RenderedObject } from '../types.ts';
import type { EngineObject } from './output.ts';
import { groupOf } from './patches.ts';
import { chainTo, type Trace, transformersOf } from './via.ts';

/**
 * From what the engine says of its objects to the documents that people edit. kustomize names the file; which
 * of its documents it was follows from kind and name, which prefixes and suffixes have changed, and from the
 * order.
 */
export function traceObjects(
  objects: EngineObject[],
  top: Analysis,
  closures: Closures,
  repository: Repository,
): RenderedObject[] {
  const trace: Trace = { top, closures, repository, used: new Map(), chains: new Map() };
  return objects.map((object) => ({ value: object.value, origin: originOf(object, trace) }));
}

/** The manifests of one file as they are written: what there is to say where the engine refused. */
export function plainObjects(analysis: Analysis, repository: Repository): RenderedObject[] {
  return kustomizationReferences(analysis.value).flatMap(({ use, target, path }) => {
    const file = use === 'resource' ? repository.file(posix.join(analysis.directory, target)) : undefined;
    const line = analysis.file.documents[0] ? placeIn(analysis.file.documents[0], path).line : 1;
    const via: Via[] = [{ file: analysis.file.path, line, what: 'kustomization' }];
    const documents = (file?.documents ?? []).filter(
      ({ value }) => textAt(value, 'kind') && textAt(value, 'apiVersion'),
    );
    return documents.map(({ value, place, index }) => ({
      value,
      origin: { ...place, document: index, via },
    }));
  });
}

function originOf(object: EngineObject, trace: Trace): Origin {
  const { top } = trace;
  const resolve = (path: string) => posix.join(top.directory, path);
  const touched = object.touched.map((path) => posix.dirname(resolve(path)));
  if (object.path !== null) {
    const path = resolve(object.path);
    const document = matchDocument(path, object.value, trace);
    const chain = chainTo(path, touched, trace);
    const via = [
      ...chain.map((step) => step.via),
      ...transformersOf(object, document?.value, chain, touched, trace),
    ];
    const place = document?.place ?? { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return { ...place, document: document?.index ?? -1, via };
  }
  const directory = object.generator === null ? top.directory : posix.dirname(resolve(object.generator));
  const analysis = trace.closures.analysis(directory) ?? top;
  const document = analysis.file.documents[0];
  const chain = chainTo(analysis.file.path, touched, trace);
  const via = [...chain.map((step) => step.via), ...transformersOf(object, undefined, chain, touched, trace)];
  const place = document
    ? placeIn(document, generatorPath(object, analysis))
    : { file: analysis.file.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { ...place, document: -1, via, ...fetchedOf(object, analysis) };
}

/** Of what a chart makes that was fetched; where it is not told which of several, each of them. */
function fetchedOf(object: EngineObject, analysis: Analysis): { fetched: string } | undefined {
  if (object.generatorKind !== 'HelmChartInflationGenerator') return undefined;
  const [, index] = chartPath(object, analysis);
  const isAll = analysis.packed.length === listAt(analysis.value, 'helmCharts').length;
  const found = analysis.packed.filter((one) => one.index === index);
  const possible = found.length > 0 ? found : isAll ? analysis.packed : [];
  if (possible.length === 0) return undefined;
  return { fetched: possible.map(({ chart: { chart, version } }) => `${chart} ${version}`).join(' or ') };
}

/** The entry of a generator whose name is in the object's: the rest is prefix, suffix and hash. */
function generatorPath(object: EngineObject, analysis: Analysis): JsonPath {
  if (object.generatorKind === 'HelmChartInflationGenerator') return chartPath(object, analysis);
  const field = object.generatorKind === 'SecretGenerator' ? 'secretGenerator' : 'configMapGenerator';
  const name = textAt(object.value, 'metadata', 'name') ?? '';
  const entries = listAt(analysis.value, field).map((item) => textAt(item, 'name') ?? '');
  const matching = entries
    .filter((entry) => entry !== '' && name.includes(entry))
    .sort((a, b) => b.length - a.length || compareText(a, b));
  return matching[0] === undefined ? [field] : [field, entries.indexOf(matching[0])];
}

/** The chart whose name the object's labels tell; the list where they do not. */
function chartPath(object: EngineObject, analysis: Analysis): JsonPath {
  const charts = listAt(analysis.value, 'helmCharts');
  const label = textAt(object.value, 'metadata', 'labels', 'helm.sh/chart') ?? '';
  const found = charts.findIndex((chart) => label.startsWith(`${textAt(chart, 'name') ?? ''}-`));
  return charts.length === 1 ? ['helmCharts', 0] : found < 0 ? ['helmCharts'] : ['helmCharts', found];
}

function matchDocument(path: string, value: JsonObject, trace: Trace): SourceDocument | undefined {
  const documents = trace.repository.file(path)?.documents ?? [];
  const name = textAt(value, 'metadata', 'name') ?? '';
  const namespace = textAt(value, 'metadata', 'namespace');
  const same = documents.filter(
    (document) => document.value.kind === value.kind && groupOf(document.value) === groupOf(value),
  );
  const score = (document: SourceDocument) => {
    const own = textAt(document.value, 'metadata', 'name') ?? '';
    const penalty = trace.used.has(document) ? 1 : 0;
    const elsewhere = textAt(document.value, 'metadata', 'namespace') === namespace ? 0 : 1;
    if (own === name) return elsewhere * 2 + penalty;
    return name.includes(own) ? 1000 - own.length + penalty : 5000 + penalty;
  };
  const candidates = same.length > 0 ? same : documents;
  const best = candidates.toSorted((a, b) => score(a) - score(b) || a.index - b.index)[0];
  if (best) trace.used.set(best, true);
  return best;
}
