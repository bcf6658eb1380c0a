import { compareText } from '../../base/index.ts';
import { type Place, type Unverified, unverifiedChart } from '../../source/index.ts';
import type { Capabilities, HelmRequest } from '../types.ts';
import type { Questions } from './asked-apis.ts';
import { nameOfChart } from './asked-chart.ts';
import type { ChartEntry } from './open-questions.ts';

/** What a chart makes only where the cluster serves an API of which nobody knows, or has what it looks up. */
export function unansweredOf(request: HelmRequest, questions: Questions): Unverified[] {
  const named = nameOfChart(request);
  const apis = unverifiedApis(questions, request.cluster.unsure, named, request.origin);
  if (!request.installed || questions.lookups.length === 0) return apis;
  const why =
    'it calls `lookup`, which finds what there is in the cluster; what is shown is what it makes where it finds nothing';
  const lookups = { ...unverifiedChart(named, why, request.origin), kinds: questions.lookups };
  return [...apis, lookups];
}

/** The same of a chart that a kustomization inflates, which may say itself what the cluster serves. */
export function unansweredIn(entry: ChartEntry, { unsure }: Capabilities): Unverified[] {
  const { chart, folder, place, questions, apiVersions } = entry;
  if (apiVersions.length > 0) return [];
  const named = chart === null ? { directory: folder } : { name: chart.chart, version: chart.version };
  return unverifiedApis(questions, unsure, named, place);
}

function unverifiedApis(
  { apis }: Questions,
  unsure: readonly string[],
  named: Parameters<typeof unverifiedChart>[0],
  origin: Place,
): Unverified[] {
  const open = unsure.filter((api) => Object.hasOwn(apis, api));
  if (open.length === 0) return [];
  const listed = open.map((api) => `\`${api}\``).join(', ');
  const why = `it asks whether the cluster serves ${listed}, which the manifests leave open; \`apiVersions\` under \`kubernetes\` in \`plumbline.yaml\`, or where the chart is asked for, say it`;
  const kinds = [...new Set(open.flatMap((api) => apis[api] ?? []))].sort(compareText);
  return [{ ...unverifiedChart(named, why, origin), kinds }];
}
