import { compareText } from '../../base/index.ts';
import type { Resource, Stack } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { chartWords, type Unverified } from '../../source/index.ts';
import { code, list, text } from '../cells.ts';
import { createLookup, kindCounts } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/**
 * The layer that is applied once, by folder. A part is shaped like a stack, so that `where` can say `name`
 * and `path`.
 */
export const bootstrap: TableView = {
  name: 'bootstrap',
  title: 'Bootstrap',
  summary: 'Every part of the bootstrap layer: its charts, resources and namespaces.',
  subject: 'stack',
  columns: [
    { name: 'name', label: 'Part', says: 'its folder’s name' },
    { name: 'charts', label: 'Charts', cel: null, says: 'charts and remote bases that it installs' },
    { name: 'kinds', label: 'Resources', cel: null, says: 'how many of each kind' },
    { name: 'namespaces', label: 'Namespaces', cel: null, says: 'that it makes or writes to' },
    { name: 'path', label: 'Folder', hidden: true },
    { name: 'count', label: 'Count', align: 'right', hidden: true, cel: null, says: 'how many resources' },
  ],
  rows(platform) {
    const lookup = createLookup(platform);
    return bootstrapParts(platform).map((part): ViewRow => {
      const namespaces = new Set(
        part.resources.map((one) => (one.kind === 'Namespace' ? one.name : one.namespace)),
      );
      const record: Stack = {
        name: part.name,
        path: part.path,
        applicationSet: null,
        project: null,
        namespace: null,
        applications: [],
        kustomizations: [],
        helmReleases: [],
      };
      const cells = {
        name: text(part.name),
        charts: list(part.charts.map(chartCell)),
        kinds: kindsCell(part.resources),
        namespaces: list(
          [...namespaces]
            .filter((one) => one !== null)
            .sort(compareText)
            .map(lookup.namespaceCell),
        ),
        path: code(part.path),
        count: text(part.resources.length),
      };
      const [first] = part.resources;
      return {
        id: part.path,
        subject: { kind: 'stack', record, resource: undefined },
        cells,
        origin: first?.origin ?? part.charts[0]?.origin ?? null,
      };
    });
  },
  unverified(platform, rows) {
    const shown = new Set(rows.map((row) => row.id));
    return bootstrapParts(platform).flatMap((part) => (shown.has(part.path) ? part.charts : []));
  },
};

/**
 * Folders directly under a bootstrap path; files that lie there by themselves make a part of the path's own
 * name.
 */
export function bootstrapParts({ model }: Platform): BootstrapPart[] {
  const paths = model.layers.filter((layer) => layer.name === 'bootstrap').flatMap((layer) => layer.paths);
  const parts = new Map<string, BootstrapPart>();
  const partOf = (file: string): BootstrapPart | undefined => {
    const layer = paths.find((path) => file.startsWith(`${path}/`));
    if (layer === undefined) return undefined;
    const [folder, ...rest] = file.slice(layer.length + 1).split('/');
    const path = folder === undefined || rest.length === 0 ? layer : `${layer}/${folder}`;
    let part = parts.get(path);
    if (part === undefined) {
      part = { name: path.split('/').at(-1) ?? path, path, resources: [], charts: [] };
      parts.set(path, part);
    }
    return part;
  };
  // What an application deploys is reconciled wherever its file lies, and what is generated is installed by
  // nobody.
  for (const resource of model.resources)
    if (resource.layer === 'bootstrap' && resource.generatedBy === null)
      partOf(resource.origin.file)?.resources.push(resource);
  for (const unverified of model.unverified)
    if (unverified.origin !== null) partOf(unverified.origin.file)?.charts.push(unverified);
  return [...parts.values()].sort((a, b) => compareText(a.path, b.path));
}

function chartCell(chart: Unverified): Cell {
  const name = chart.kind === 'chart' ? chartWords(chart.chart) : chart.what;
  return chart.origin === null ? { text: name } : { text: name, place: chart.origin };
}

function kindsCell(resources: readonly Resource[]): Cell {
  const counts = kindCounts(resources);
  const shown = counts.slice(0, 4).map((one): Cell => ({ text: one.text }));
  const rest = counts.slice(4).reduce((sum, one) => sum + one.count, 0);
  return list(rest === 0 ? shown : [...shown, { ...saidCell('cell.more', { count: rest }), tone: 'muted' }]);
}

export interface BootstrapPart {
  name: string;
  path: string;
  resources: Resource[];
  /** Charts and remote bases that it installs, which only a network can tell. */
  charts: Unverified[];
}
