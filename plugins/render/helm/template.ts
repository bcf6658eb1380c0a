import { compareText } from '../../base/index.ts';
import { cacheKey, diagnostic, type EarlyDiagnostic, remedyOf, unverifiedChart } from '../../source/index.ts';
import { unansweredOf } from '../questions/unanswered.ts';
import { isForAnother, wantsAnother } from '../questions/wants-another.ts';
import { renderCode } from '../render-code.ts';
import { areAsRead } from '../repository-files.ts';
import { schemaDigests } from '../schemas/settle-schemas.ts';
import type { HelmRequest, SourceBuild } from '../types.ts';
import { firstLine, readChart } from './chart.ts';
import { placeOfFault } from './helm-fault-place.ts';
import { renderPacked } from './packed-chart.ts';
import {
  type ChartContext,
  filesBeside,
  runTemplate,
  type TemplateResult,
  toldOf,
  valuesOf,
} from './run-template.ts';

/**
 * `helm template`, as Argo CD runs it, over a copy of the chart: hooks and (unless skipped) CRDs included, no
 * cluster, no network. A dependency that only a network has is taken out; where Helm then refuses the rest,
 * that is unverified and no fault.
 */
export async function renderChart(request: HelmRequest, context: ChartContext): Promise<SourceBuild> {
  if (request.packed !== null) return renderPacked(request, request.packed, context);
  const { repository } = context;
  const chart = readChart(request.directory, repository);
  if (chart === undefined)
    return refused(
      request,
      `\`${request.directory}\` has no Chart.yaml`,
      firstLine(request.origin.file, request.origin.line),
    );
  const { origin: _, cluster, installed: __, ...asked } = request;
  if (chart.mismatch !== null)
    return { objects: [], inputs: [], unverified: chart.unverified, failure: chart.mismatch };
  const inputs = [
    ...new Set([...chart.files.map(({ path }) => path), ...filesBeside(request, repository)]),
  ].sort(compareText);
  const files = inputs.map((path) => ({ path, hash: repository.hashOf(path) }));
  const key = cacheKey(
    `template ${renderCode()}`,
    context.helm.version,
    { ...asked, ...toldOf(cluster) },
    [...chart.edits],
    schemaDigests(chart.schemas),
    chart.archives.map(({ name, sha256 }) => [name, sha256]),
    chart.files.map(({ name, path }) => [name, path]),
    files.map(({ path, hash }) => [path, hash]),
  );
  const kept = await context.outputs.get<TemplateResult>('chart', key);
  const outcome =
    kept ?? (await context.limit(() => runTemplate(request, chart, { ...context, charts: repository })));
  if (kept === undefined && outcome.lasting && areAsRead(files, repository))
    context.outputs.set('chart', key, outcome);
  if (outcome.ok) {
    const questions = (await context.questions()).ofChart(request.directory, null, valuesOf(request) ?? '');
    const unverified = [...chart.unverified, ...outcome.changes, ...unansweredOf(request, questions)];
    return { objects: outcome.objects, inputs, unverified, failure: null };
  }
  const isOpen = cluster.kubeVersion === null && isForAnother(outcome.message);
  if (chart.unverified.length > 0 || outcome.interrupted || isOpen) {
    // What Helm says of the rest holds until that is here.
    const left = outcome.interrupted || isOpen ? [] : chart.unverified;
    const why = outcome.interrupted
      ? `${outcome.message}; the next run tries again`
      : isOpen
        ? wantsAnother(outcome.message)
        : `without what needs a network Helm says: ${outcome.message}`;
    return {
      objects: [],
      inputs,
      unverified: [
        ...chart.unverified,
        unverifiedChart({ directory: request.directory }, { why, ...remedyOf(left) }, request.origin),
      ],
      failure: null,
    };
  }
  const place =
    placeOfFault(outcome.message, chart, repository) ?? firstLine(`${request.directory}/Chart.yaml`);
  return { ...refused(request, outcome.message, place), inputs };
}

function refused(request: HelmRequest, words: string, place: ReturnType<typeof firstLine>): SourceBuild {
  const failure: EarlyDiagnostic = diagnostic({
    rule: 'render-failed',
    identity: [request.directory, 'helm', words],
    message: `Helm refuses the chart \`${request.directory}\``,
    sources: [
      {
        ...place,
        resource: null,
        path: null,
        role: 'actual',
        via: [{ file: request.origin.file, line: request.origin.line, what: 'source of an Application' }],
      },
    ],
    actual: words,
    help: `Mend what Helm names; \`helm template ${request.release} ${request.directory}\` with the Application's values shows the same.`,
  });
  return { objects: [], inputs: [], unverified: [], failure };
}
