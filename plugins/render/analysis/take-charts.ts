import { contentElsewhere, type Place, unverifiedChart } from '../../source/index.ts';
import { schemasBelow } from '../helm/chart.ts';
import { lockMismatch } from '../helm/lock-mismatch.ts';
import { type SettledFile, schemaDigests, settleFile } from '../schemas/settle-schemas.ts';
import { type Analysis, placeIn } from './analysis.ts';
import { leaveOut, type Reading } from './leave-out.ts';
import { localCharts, packedCharts, refusedCharts } from './plugins.ts';

/** What `helmCharts` names: charts of the repository, charts that were fetched, and what is not rendered. */
export function takeCharts(reading: Reading): void {
  const { document, analysis, repository } = reading;
  const { directory } = analysis;
  for (const { path, ...refused } of refusedCharts(document.value, directory, repository))
    leaveOut(path, refused, reading);
  for (const packed of packedCharts(document.value, directory, repository)) takePacked(packed, reading);
  for (const { index, folder } of localCharts(document.value, directory, repository)) {
    analysis.charts = true;
    const place = placeIn(document, ['helmCharts', index]);
    takeSchemas(analysis, `schema of the chart at ${folder}`, schemasBelow(repository, folder), place);
    for (const path of repository.filesBelow(folder)) {
      analysis.inputs.add(path);
      analysis.chartFiles.add(path);
    }
  }
}

function takePacked(packed: ReturnType<typeof packedCharts>[number], reading: Reading): void {
  const { document, analysis, repository } = reading;
  const path = ['helmCharts', packed.index];
  const place = placeIn(document, path);
  const { found, bytes } = repository.store.read(packed.chart);
  const { chart: name, version } = packed.chart;
  if (bytes === null) {
    leaveOut(path, unverifiedChart({ name, version }, contentElsewhere(found), null), reading);
    if (found !== null) analysis.diagnostics.push(lockMismatch(packed.chart, found, place));
    return;
  }
  const settled = settleFile('chart.tgz', bytes, repository.store);
  if (settled.isUnreadable) {
    leaveOut(path, unverifiedChart({ name, version }, settled.unknown ?? '', null), reading);
    return;
  }
  analysis.charts = true;
  analysis.packed.push({ ...packed, place });
  takeSchemas(analysis, `schema of the chart ${name} ${version}`, settled, place);
}

/** kustomize has Helm fetch what a schema refers to: of what is not here Helm is not asked. */
function takeSchemas(
  analysis: Analysis,
  what: string,
  { unknown, schemas }: Pick<SettledFile, 'unknown' | 'schemas'>,
  origin: Place,
): void {
  analysis.schemas.push(...schemaDigests(schemas));
  if (unknown !== null) analysis.unverified.push({ kind: 'schema', what, ...unknown, origin });
}
