/** What schemas of charts refer to across a network, which Helm fetches when it renders them. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Platform } from '../../platform/index.ts';
import { allFrom, mayHoldSchema, schemasOf } from '../../render/index.ts';
import type { Place } from '../../source/index.ts';
import { askedCharts } from './asked-charts.ts';

/**
 * Each address with a place that leads there: of charts that are asked for, of the repository's own and of
 * those in other repositories, as far as they are here; and what lies there asks for in turn.
 * @param trees places that ask for other repositories, by their mounts.
 */
export function askedSchemas(
  platform: Platform,
  trees: readonly { folder: string; paths: ReadonlySet<string>; place: Place }[],
): { url: string; place: Place }[] {
  const { store, files, root } = platform.sources;
  const asked = new Map<string, Place>();
  const add = (addresses: readonly string[], place: Place): void => {
    for (const url of allFrom(addresses, store)) if (!asked.has(url)) asked.set(url, place);
  };
  for (const { places, ...chart } of askedCharts(platform)) {
    const locked = store.find(chart);
    const bytes = locked === undefined ? null : store.read(locked).bytes;
    const [place] = places;
    if (bytes !== null && place !== undefined) add(schemasOf([['chart.tgz', bytes]]), place);
  }
  const names = new Set(files.keys());
  for (const path of schemasAmong(names))
    add(schemasOf([[path, readFileSync(join(root, path))]]), firstLine(path));
  for (const { folder, paths, place } of trees)
    for (const path of schemasAmong(paths)) add(schemasOf([[path, readFileSync(join(folder, path))]]), place);
  return [...asked].map(([url, place]) => ({ url, place }));
}

/** Schemas that lie beside a chart, and charts packed in one. */
function schemasAmong(paths: ReadonlySet<string>): string[] {
  return [...paths].filter((path) => {
    if (!mayHoldSchema(path)) return false;
    const folder = posix.dirname(path);
    const chart = path.endsWith('.tgz') ? posix.dirname(folder) : folder;
    return paths.has(posix.join(chart, 'Chart.yaml'));
  });
}

function firstLine(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
}
