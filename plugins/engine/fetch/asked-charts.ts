import { posix } from 'node:path';
import { asText, at, type JsonPath, type JsonValue, listAt, textAt } from '../../base/index.ts';
import { deployersOf, type Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import {
  type AskedChart,
  holdsPlaceholder,
  keyOfChart,
  type Place,
  repositoryAddress,
  type Sources,
} from '../../source/index.ts';

/**
 * Every chart that lies across a network and that an Application or a HelmRelease deploys, a kustomization
 * inflates or a chart of the repository depends on, each once, with the places that ask for it: in the order
 * of the model, then of the files. What a set-up fills in is nobody's address yet.
 */
export function askedCharts(platform: Platform): AskedChartAt[] {
  const { model, resource, locate } = platform;
  const asked = new Map<string, AskedChartAt>();
  const add = (one: AskedChart, place: Place) => {
    if (!isAddress(one.repository) || holdsPlaceholder(JSON.stringify(one))) return;
    const known = asked.get(keyOfChart(one)) ?? { ...one, places: [] };
    known.places.push(place);
    asked.set(keyOfChart(one), known);
  };
  for (const one of deployersOf(model))
    for (const [index, source] of one.sources.entries()) {
      const { id, origin } = one;
      const { chart, repoURL, targetRevision, local } = source;
      if (chart === null || local) continue;
      const asked = { repository: repositoryAddress(repoURL), chart, asked: targetRevision };
      const deployer = resource(id);
      add(asked, deployer ? locate(deployer, pathOf(deployer, index)) : placeOf(origin));
    }
  for (const { one, place } of askedInFiles(platform.sources)) add(one, place);
  return [...asked.values()];
}

/** What kustomizations inflate and charts depend on, where the repository does not hold it. */
function* askedInFiles({ files }: Sources): Generator<{ one: AskedChart; place: Place }> {
  for (const { path, role, documents } of files.values()) {
    const [document] = documents;
    if (document === undefined) continue;
    const { value } = document;
    const folder = posix.dirname(path);
    if (role === 'kustomization') {
      const home = posix.join(folder, textAt(value, 'helmGlobals', 'chartHome') || 'charts');
      for (const [index, entry] of listAt(value, 'helmCharts').entries()) {
        const one = askedOf(entry, 'repo');
        const own = one.asked === null ? '' : `${one.chart}-${one.asked}`;
        if (files.has(posix.join(home, own, one.chart, 'Chart.yaml'))) continue;
        yield { one, place: document.locate(['helmCharts', index]) ?? document.place };
      }
    } else if (role === 'chart' && /^(Chart|requirements)\.yaml$/.test(posix.basename(path)))
      for (const [index, entry] of listAt(value, 'dependencies').entries()) {
        const one = askedOf(entry, 'repository');
        const start = posix.join(folder, 'charts', one.chart);
        const isHere = [...files.keys()].some(
          (file) => file === `${start}/Chart.yaml` || (file.startsWith(`${start}-`) && file.endsWith('.tgz')),
        );
        if (!isHere) yield { one, place: document.locate(['dependencies', index]) ?? document.place };
      }
  }
}

function askedOf(entry: JsonValue, field: 'repo' | 'repository'): AskedChart {
  const repository = textAt(entry, field) ?? '';
  const version = at(entry, 'version');
  return {
    // No registry is meant by a name alone here, as `@alias` of Helm.
    repository: repository.includes('://') ? repositoryAddress(repository) : '',
    chart: textAt(entry, 'name') ?? '',
    asked: version === undefined ? null : asText(version) || null,
  };
}

/** Of a source of a deployer. */
function pathOf({ kind, rendered }: Resource, index: number): JsonPath {
  if (kind === 'HelmRelease') return ['spec', 'chart', 'spec'];
  return listAt(rendered, 'spec', 'sources').length > 0 ? ['spec', 'sources', index] : ['spec', 'source'];
}

function placeOf({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

/** No name of a source that no manifest declares (`HelmRepository/shop`), nor of a bucket. */
function isAddress(url: string): boolean {
  return (
    /^(https?|oci):\/\/[^/]+/i.test(url) ||
    /^[^/\s]+\.[^/\s]+(\/|$)/.test(url) ||
    /^[^/\s]+:\d+(\/|$)/.test(url)
  );
}

export interface AskedChartAt extends AskedChart {
  /** Where it is asked for. */
  places: Place[];
}
