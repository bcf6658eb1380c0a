import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type pLimit from 'p-limit';
import { compareText, type Patience, temporaryFolder } from '../base/index.ts';
import {
  type Cache,
  cacheKey,
  diagnostic,
  type EarlyDiagnostic,
  type Unverified,
  unverifiedChart,
} from '../source/index.ts';
import { unverifiedChanges } from './changing/changes.ts';
import { type Variant, withStandIns } from './changing/functions.ts';
import { settleRenders } from './changing/settle-objects.ts';
import { callsOf, copyFor } from './changing/stand-ins.ts';
import { type Chart, firstLine, hashOf, readChart } from './chart.ts';
import { answeredNoYaml, type Ending, notStarted, run as runEngine } from './find-engine.ts';
import type { Repository } from './repository-files.ts';
import type { Helm } from './run-helm.ts';
import { secretWords, withoutSecretWords } from './secret-words.ts';
import { fileOfTemplate, readTemplates } from './templates.ts';
import type { HelmRequest, RenderedObject, SourceBuild } from './types.ts';

/**
 * `helm template`, as Argo CD runs it, over a copy of the chart: hooks and (unless skipped) CRDs included, no
 * cluster, no network. A dependency that only a network has is taken out; where Helm then refuses the rest,
 * that is unverified and no fault.
 */
export async function renderChart(request: HelmRequest, context: ChartContext): Promise<SourceBuild> {
  const { repository } = context;
  const chart = readChart(request.directory, repository);
  if (chart === undefined)
    return refused(
      request,
      `\`${request.directory}\` has no Chart.yaml`,
      firstLine(request.origin.file, request.origin.line),
    );
  const { origin: _, ...asked } = request;
  const others = [...request.valueFiles, ...request.fileParameters.map(({ path }) => path)];
  const inputs = [
    ...new Set([...chart.files.map(({ path }) => path), ...others.filter((path) => repository.file(path))]),
  ].sort(compareText);
  const key = cacheKey(
    templateVersion,
    context.helm.version,
    asked,
    [...chart.edits],
    chart.files.map(({ name, path }) => [name, path]),
    inputs.map((path) => [path, hashOf(repository.root, path)]),
  );
  const kept = await context.cache.get('chart', key);
  const outcome =
    kept === undefined
      ? await context.limit(() => renderSettled(request, chart, inputs, context))
      : (JSON.parse(kept) as TemplateResult);
  if (kept === undefined && outcome.lasting) await context.cache.set('chart', key, JSON.stringify(outcome));
  if (outcome.ok) {
    const unverified = [...chart.unverified, ...outcome.changes];
    return { objects: outcome.objects, inputs, unverified, failure: null };
  }
  if (chart.unverified.length > 0 || outcome.interrupted) {
    const why = outcome.interrupted
      ? `${outcome.message}; the next run tries again`
      : `without what needs a network Helm says: ${outcome.message}`;
    return {
      objects: [],
      inputs,
      unverified: [
        ...chart.unverified,
        unverifiedChart({ directory: request.directory }, why, request.origin),
      ],
      failure: null,
    };
  }
  const named = outcome.message.match(/\(?([\w.@-]+\/[\w./@-]+\.(?:ya?ml|tpl|txt|json)):(\d+)/);
  const file = named?.[1] === undefined ? undefined : fileOfTemplate(named[1], chart);
  const exists = file !== undefined && repository.file(file) !== undefined;
  const place = exists
    ? firstLine(file, Number(named?.[2] ?? 1))
    : firstLine(`${request.directory}/Chart.yaml`);
  return { ...refused(request, outcome.message, place), inputs };
}

/** What Helm makes of it; without what differs each time, where the chart calls what does. */
async function renderSettled(
  request: HelmRequest,
  chart: Chart,
  inputs: string[],
  context: ChartContext,
): Promise<TemplateResult> {
  const result = await start(request, chart, inputs, context, null);
  if (!result.ok) return result;
  const files = inputs.map((path) => join(context.repository.root, path));
  const given = [JSON.stringify(request.parameters), valuesOf(request) ?? '', ...chart.edits.values()];
  const calls = callsOf(files, given);
  if (calls.length === 0) return result;
  let lasting = true;
  const settled = await settleRenders(result.objects.map(withFrom), async (variant) => {
    const again = await start(request, chart, inputs, context, variant);
    if (!again.ok && again.interrupted) lasting = false;
    return again.ok ? again.objects.map(withFrom) : null;
  });
  const objects = settled.objects.map(({ value, origin }) => ({ value, origin }));
  return {
    ok: true,
    lasting,
    objects,
    changes: unverifiedChanges(settled, objects, calls, [request.directory]),
  };
}

function withFrom(object: RenderedObject) {
  return { ...object, from: object.origin.file };
}

function valuesOf({ values }: HelmRequest): string | null {
  return values === null || typeof values === 'string' ? values : JSON.stringify(values);
}

async function start(
  request: HelmRequest,
  chart: Chart,
  inputs: string[],
  context: ChartContext,
  variant: Variant | null,
): Promise<TemplateResult> {
  const temporary = temporaryFolder('chart');
  const top = temporary.path;
  try {
    const root = join(top, 'root');
    const folder = join(top, 'chart');
    const home = join(top, 'home');
    await mkdir(home);
    const write = async (target: string, path: string, text: string | undefined) => {
      await mkdir(dirname(target), { recursive: true });
      await (text === undefined
        ? copyFor(join(context.repository.root, path), target, variant)
        : writeFile(target, text));
    };
    for (const { name, path } of chart.files) await write(join(folder, name), path, chart.edits.get(name));
    const beside = new Set([...request.valueFiles, ...request.fileParameters.map(({ path }) => path)]);
    for (const path of inputs) if (beside.has(path)) await write(join(root, path), path, undefined);
    const values = join(top, 'values.yaml');
    const given = valuesOf(request);
    if (given !== null) await writeFile(values, variant === null ? given : withStandIns(given, variant));
    const parameters = parametersOf(request, folder, root, given === null ? null : values);
    const output =
      (await context.patience.wait((limit) =>
        runEngine('Helm', context.helm.path, parameters, home, limit),
      )) ?? notStarted('Helm');
    if (!output.ok) {
      const files = inputs.flatMap((path) => context.repository.file(path) ?? []);
      const words = secretWords(context.repository.root, files);
      return {
        ...output,
        message: withoutSecretWords(cleanWords(output.message, top, request.directory), words),
      };
    }
    const objects = readTemplates(output.text, chart, context.repository);
    return objects === undefined
      ? { ok: false, ...answeredNoYaml('Helm') }
      : { ok: true, lasting: true, objects, changes: [] };
  } finally {
    await temporary.dispose();
  }
}

/** Follows `TemplateOpts` of Argo CD's `util/helm`: parameters over `values` over value files. */
function parametersOf(request: HelmRequest, chart: string, root: string, values: string | null): string[] {
  const words = ['template'];
  if (request.namespace !== null) words.push('--namespace', request.namespace);
  if (request.kubeVersion !== null) words.push('--kube-version', request.kubeVersion);
  for (const version of request.apiVersions) words.push('--api-versions', version);
  for (const file of request.valueFiles) words.push('--values', join(root, file));
  if (values !== null) words.push('--values', values);
  for (const { name, value, forceString } of request.parameters)
    words.push(forceString ? '--set-string' : '--set', `${name}=${escapeCommas(value)}`);
  for (const { name, path } of request.fileParameters)
    words.push('--set-file', `${name}=${escapeCommas(join(root, path))}`);
  if (!request.skipCrds) words.push('--include-crds');
  if (request.skipTests) words.push('--skip-tests');
  if (request.skipSchemaValidation) words.push('--skip-schema-validation');
  return [...words, '--', request.release, chart];
}

/** A list in braces keeps its commas. */
function escapeCommas(value: string): string {
  return value.startsWith('{') ? value : value.replaceAll(/(?<!\\),/g, '\\,');
}

function cleanWords(message: string, top: string, directory: string): string {
  const words = message
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(WARNING|level=|Use --debug)/i.test(line))
    .join(' ')
    .replaceAll(`${join(top, 'root')}/`, '')
    .replaceAll(join(top, 'chart'), directory)
    .replaceAll(top, '')
    .replace(/^Error: /, '')
    .replace(/\s*Use --debug flag to render out invalid YAML$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words.length > 400 ? `${words.slice(0, 397)}…` : words;
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

/** Raised whenever the same input would give another output. */
const templateVersion = 3;

export interface ChartContext {
  repository: Repository;
  helm: Helm;
  cache: Cache;
  limit: ReturnType<typeof pLimit>;
  patience: Patience;
}
type TemplateResult =
  | {
      ok: true;
      lasting: boolean;
      objects: RenderedObject[];
      /** What differs each time. */
      changes: Unverified[];
    }
  | ({ ok: false; message: string } & Ending);
