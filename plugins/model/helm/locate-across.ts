/** Where a value is set that a chart gives which lies across a network. */
import { posix } from 'node:path';
import type { JsonPath } from '../../base/index.ts';
import type { HelmRequest } from '../../render/index.ts';
import { type FetchedChartFiles, fetchedChart, type Place, type Sources } from '../../source/index.ts';
import { placeOf } from '../locate-path.ts';
import type { Resource } from '../types.ts';
import { chartsAskedBy } from './chart-values.ts';
import { chartsOfEntries } from './kustomize-charts.ts';
import { type LocateInChart, openCharts } from './locate-in-chart.ts';

/**
 * What asks for the chart sets it, and then that line is the place; or the chart itself does, and then the
 * place is the line that asks for it, with words for where in the chart that is.
 */
export function openFetched(sources: Sources, inRepository: LocateInChart): LocateAcross {
  const opened = new Map<FetchedChartFiles, { sources: Sources; inChart: LocateInChart }>();
  const open = (chart: FetchedChartFiles) => {
    const files = new Map([...sources.files, ...chart.files]);
    const own = { ...sources, files };
    const known = opened.get(chart) ?? { sources: own, inChart: openCharts(own) };
    opened.set(chart, known);
    return known;
  };
  /** A place in the chart is the line that asks for it. */
  const told = (place: Place, chart: FetchedChartFiles, { origin }: Resource): Located => {
    if (!chart.files.has(place.file)) return place;
    const inner = place.file.slice(chart.root.length + 1);
    return { ...placeOf(origin), across: `${inner}:${place.line} of ${chart.words}` };
  };
  const ofDeployer: LocateAcross['ofDeployer'] = (resource, path, deployer, requests, locate) => {
    const { origin } = resource;
    for (const request of requests) {
      const chart = fetchedChart(request.packed, request.directory, sources.store);
      if (chart === null || origin.inner === undefined) continue;
      const { file, line } = origin.inner;
      const template = posix.join(chart.root, file);
      if (!chart.files.has(template)) continue;
      const { sources: all, inChart } = open(chart);
      const inside = { ...resource, origin: { ...origin, file: template, line } };
      // Its own value files are named from its root.
      const valueFiles = request.valueFiles.map((file) =>
        file.startsWith('/') ? `${chart.directory}${file}` : file,
      );
      // One that is not seen may set what another one seems to.
      if (valueFiles.some((file) => file.startsWith(`${chart.directory}/`) && !chart.files.has(file)))
        continue;
      const asked = { ...request, valueFiles, directory: chart.directory };
      const place = inChart(inside, path, chartsAskedBy(deployer, [asked], inside, locate, all));
      if (place !== undefined) return told(place, chart, resource);
    }
    return placeOf(origin);
  };
  return {
    ofDeployer,
    ofEntries(resource, path) {
      const places = chartsOfEntries(resource, sources).flatMap(({ fetched, asked }): Located[] => {
        if (fetched === null) {
          const chart = asked(sources);
          const place = chart && inRepository(resource, path, [chart]);
          return place === undefined ? [] : [place];
        }
        const { sources: all, inChart } = open(fetched);
        const chart = asked(all, fetched.directory);
        const place = chart && inChart(resource, path, [chart]);
        return place === undefined ? [] : [told(place, fetched, resource)];
      });
      const [only, ...others] = places;
      return others.length === 0 ? only : undefined;
    },
  };
}

interface LocateAcross {
  /** Of what an Application or a HelmRelease asks for. */
  ofDeployer(
    resource: Resource,
    path: JsonPath,
    deployer: Resource,
    requests: readonly HelmRequest[],
    locate: (resource: Resource, path: JsonPath) => Place,
  ): Located;
  /** Of what entries of kustomize's `helmCharts` ask for; undefined where nothing better is known. */
  ofEntries(resource: Resource, path: JsonPath): Located | undefined;
}

export interface Located extends Place {
  /** `values.yaml:3 of chart shop 1.4.2 of https://charts.example.com`. */
  across?: string;
}
