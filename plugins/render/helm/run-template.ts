import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type pLimit from 'p-limit';
import { type Patience, temporaryFolder } from '../../base/index.ts';
import { type Cache, fileMountedAt, type Store, type Unverified } from '../../source/index.ts';
import { unverifiedChanges } from '../changing/changes.ts';
import { type Variant, withStandIns } from '../changing/functions.ts';
import { settleRenders } from '../changing/settle-objects.ts';
import { bytesFor, callsOf, copyFor } from '../changing/stand-ins.ts';
import { answeredNoYaml, type Ending, notStarted, run as runEngine } from '../engines/find-engine.ts';
import type { Helm } from '../engines/run-helm.ts';
import type { Outputs } from '../kept-outputs.ts';
import { noRoom } from '../questions/answered.ts';
import type { ChartQuestions } from '../questions/open-questions.ts';
import type { Repository } from '../repository-files.ts';
import { settleFile } from '../schemas/settle-schemas.ts';
import { openSchemas } from '../schemas/write-schemas.ts';
import { secretWords, withoutSecretWords } from '../secret-words.ts';
import type { Capabilities, HelmRequest, RenderedObject } from '../types.ts';
import type { Chart } from './chart.ts';
import { readTemplates } from './templates.ts';

/** What Helm makes of it; without what differs each time, where the chart calls what does. */
export async function runTemplate(
  request: HelmRequest,
  chart: Chart,
  context: TemplateContext,
): Promise<TemplateResult> {
  const result = noRoom(context) ?? (await start(request, chart, context, null));
  if (!result.ok) return result;
  const files = [
    ...chart.files.map(({ path }) => context.charts.pathOf(path)),
    ...chart.archives.map(({ path }) => path),
    ...filesBeside(request, context.repository).map((path) => context.repository.pathOf(path)),
  ];
  const given = [JSON.stringify(request.parameters), valuesOf(request) ?? '', ...chart.edits.values()];
  const calls = callsOf(files, given);
  if (calls.length === 0) return result;
  const cut: Extract<TemplateResult, { ok: false }>[] = [];
  const settled = await settleRenders(result.objects.map(withFrom), async (variant) => {
    const again = await start(request, chart, context, variant);
    if (!again.ok && again.interrupted) cut.push(again);
    return again.ok ? again.objects.map(withFrom) : null;
  });
  // What one that was cut short would have given says nothing of what differs.
  if (cut[0] !== undefined) return cut[0];
  const objects = settled.objects.map(({ value, origin }) => ({ value, origin }));
  return {
    ok: true,
    lasting: true,
    objects,
    changes: unverifiedChanges(settled, objects, calls, [chart.directory]),
  };
}

/** What it is given of the repository that asks for it: value files, and files that are values. */
export function filesBeside({ valueFiles, fileParameters }: HelmRequest, repository: Repository): string[] {
  const all = [...valueFiles, ...fileParameters.map(({ path }) => path)];
  return all.filter((path) => !isOfChart(path) && repository.file(path) !== undefined);
}

/** A file of a packed chart itself is named by its path in there, from a `/`. */
function isOfChart(path: string): boolean {
  return path.startsWith('/');
}

/** What Helm is told of a cluster. */
export function toldOf({ kubeVersion, apiVersions }: Capabilities): Omit<Capabilities, 'unsure'> {
  return { kubeVersion, apiVersions };
}

function withFrom(object: RenderedObject) {
  return { ...object, from: object.origin.file };
}

/** The values as text, that a chart may render as a template. */
export function valuesOf({ values }: HelmRequest): string | null {
  return values === null || typeof values === 'string' ? values : JSON.stringify(values);
}

async function start(
  request: HelmRequest,
  chart: Chart,
  context: TemplateContext,
  variant: Variant | null,
): Promise<TemplateResult> {
  const temporary = temporaryFolder('chart');
  const top = temporary.path;
  try {
    const root = join(top, 'root');
    const folder = join(top, 'chart');
    const home = join(top, 'home');
    await mkdir(home);
    const schemas = openSchemas(top);
    await schemas.add(chart.schemas);
    const write = async (target: string, path: string, text: string | undefined) => {
      await mkdir(dirname(target), { recursive: true });
      const packed = path.endsWith('.tgz')
        ? settleFile(path, readFileSync(path), context.repository.store, schemas.folder).bytes
        : null;
      if (packed !== null)
        await writeFile(target, variant === null ? packed : bytesFor(packed, path, variant));
      else
        await (text === undefined ? copyFor(path, target, variant) : writeFile(target, schemas.placed(text)));
    };
    for (const { name, path } of chart.files)
      await write(join(folder, name), context.charts.pathOf(path), chart.edits.get(name));
    for (const { name, path } of chart.archives) await write(join(folder, name), path, undefined);
    for (const path of filesBeside(request, context.repository))
      await write(join(root, path), context.repository.pathOf(path), undefined);
    const values = join(top, 'values.yaml');
    const given = valuesOf(request);
    if (given !== null) await writeFile(values, variant === null ? given : withStandIns(given, variant));
    const parameters = parametersOf(request, folder, root, given === null ? null : values);
    const output =
      (await context.patience.wait((limit) =>
        runEngine('Helm', context.helm.path, parameters, home, limit),
      )) ?? notStarted('Helm');
    if (!output.ok) {
      const own = chart.files.flatMap(({ path }) => context.charts.file(path) ?? []);
      const given = filesBeside(request, context.repository).flatMap(
        (path) => context.repository.file(path) ?? [],
      );
      const words = new Set([...secretWords(context.charts, own), ...secretWords(context.repository, given)]);
      const said = withAddresses(
        cleanWords(schemas.told(output.message), top, chart.directory),
        request,
        context,
      );
      const message = withoutSecretWords(said, words);
      return { ...output, message };
    }
    const objects = readTemplates(output.text, chart, context.charts);
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
  const { kubeVersion, apiVersions } = request.cluster;
  if (kubeVersion !== null) words.push('--kube-version', kubeVersion);
  for (const version of apiVersions) words.push('--api-versions', version);
  const pathOf = (path: string) => (isOfChart(path) ? join(chart, path) : join(root, path));
  for (const file of request.valueFiles) words.push('--values', pathOf(file));
  if (values !== null) words.push('--values', values);
  for (const { name, value, forceString } of request.parameters)
    words.push(forceString ? '--set-string' : '--set', `${name}=${escapeCommas(value)}`);
  for (const { name, path } of request.fileParameters)
    words.push('--set-file', `${name}=${escapeCommas(pathOf(path))}`);
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

/** By the addresses of the value files that were fetched. */
function withAddresses(
  message: string,
  { valueFiles }: HelmRequest,
  { repository }: TemplateContext,
): string {
  return valueFiles.reduce((text, path) => {
    const url = fileMountedAt(path, repository.store)?.locked.url;
    return url === undefined ? text : text.replaceAll(path, url);
  }, message);
}

export interface TemplateContext {
  /** The repository that asks. */
  repository: Repository;
  /** Where the chart's files lie: the same, or what it was unpacked to. */
  charts: Repository;
  helm: Helm;
  limit: ReturnType<typeof pLimit>;
  patience: Patience;
  /** Why there is no room for an answer. */
  refusal?: () => string | null;
}

/** The same without a chart yet, and with what answers are kept in. */
export interface ChartContext extends Omit<TemplateContext, 'charts'> {
  cache: Cache;
  outputs: Outputs;
  /** What charts ask of a cluster. */
  questions(): Promise<ChartQuestions>;
  /** What was fetched. */
  store: Store;
}

export type TemplateResult =
  | {
      ok: true;
      lasting: boolean;
      objects: RenderedObject[];
      /** What differs each time. */
      changes: Unverified[];
    }
  | ({ ok: false; message: string } & Ending);
