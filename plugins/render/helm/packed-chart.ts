import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, temporaryFolder } from '../../base/index.ts';
import {
  cacheKey,
  contentElsewhere,
  type LockedChart,
  type Reason,
  readSourceFile,
  type Store,
  saidOf,
  type Unverified,
  unpackChart,
  unverifiedChart,
} from '../../source/index.ts';
import { unansweredOf } from '../questions/unanswered.ts';
import { isForAnother, wantsAnother } from '../questions/wants-another.ts';
import { renderCode } from '../render-code.ts';
import { areAsRead, filesBelow, namesIn, type Repository } from '../repository-files.ts';
import { schemaState } from '../schemas/fetched-schemas.ts';
import { schemasIn } from '../schemas/settle-schemas.ts';
import type { HelmRequest, RenderedObject, SourceBuild } from '../types.ts';
import { readChart } from './chart.ts';
import { lockMismatch } from './lock-mismatch.ts';
import {
  type ChartContext,
  filesBeside,
  runTemplate,
  type TemplateResult,
  toldOf,
  valuesOf,
} from './run-template.ts';
import { writeChart } from './write-chart.ts';

/**
 * `helm template` of a chart that was fetched, which is unpacked only where the answer is not known yet. Its
 * content is used where it is what the lock says, and not at all where it is not. What Helm makes of it
 * stands where the chart is asked for: that is the line that a person edits.
 */
export async function renderPacked(
  request: HelmRequest,
  packed: LockedChart,
  context: ChartContext,
): Promise<SourceBuild> {
  const { repository, store } = context;
  const inputs = filesBeside(request, repository);
  const { origin, packed: _, cluster, installed: __, ...asked } = request;
  const build = (unverified: Unverified[], objects: RenderedObject[] = []): SourceBuild => ({
    ...{ objects, inputs, failure: null },
    unverified: unverified.map((one) => ({ ...one, origin })),
  });
  const unknown = (why: string | Reason): SourceBuild =>
    build([unverifiedChart({ name: packed.chart, version: packed.version }, why, origin)]);
  // Looked at each time, whether or not the answer is known: what is told does not depend on what is kept.
  const { found, bytes } = store.read(packed);
  if (bytes === null)
    return found === null
      ? unknown(saidOf('its content is not here', contentElsewhere(found)))
      : { ...unknown(contentElsewhere(found)), failure: lockMismatch(packed, found, origin) };
  const files = inputs.map((path) => ({ path, hash: repository.hashOf(path) }));
  const key = cacheKey(
    `packed ${renderCode()}`,
    context.helm.version,
    { ...asked, ...toldOf(cluster) },
    packed.sha256,
    schemaState(await schemasOfPacked(packed, bytes, context), store),
    files.map(({ path, hash }) => [path, hash]),
  );
  const kept = await context.outputs.get<Outcome>('chart', key);
  const outcome = kept ?? (await renderBytes(request, packed, bytes, context));
  if (kept === undefined && outcome.lasting && areAsRead(files, repository))
    context.outputs.set('chart', key, outcome);
  if (!outcome.ok) {
    const isOpen = cluster.kubeVersion === null && isForAnother(outcome.message);
    return unknown(isOpen ? wantsAnother(outcome.message) : `Helm says: ${outcome.message}`);
  }
  const fetched = `${packed.chart} ${packed.version}`;
  // Which of its templates, as that is what a person who reads on opens there.
  const objects = outcome.objects.map(({ value, origin: { file, line } }) => {
    const what = `chart ${fetched} of ${packed.repository}, ${file}:${line}`;
    const via = [{ file: origin.file, line: origin.line, what }];
    return { value, origin: { ...origin, document: -1, via, fetched, inner: { file, line } } };
  });
  const questions = (await context.questions()).ofChart('.', packed, valuesOf(request) ?? '');
  return build([...outcome.taken, ...outcome.changes, ...unansweredOf(request, questions)], objects);
}

/** What its schemas refer to, looked for once. */
async function schemasOfPacked(
  packed: LockedChart,
  bytes: Buffer,
  { cache }: ChartContext,
): Promise<string[]> {
  const key = cacheKey(`schemas ${renderCode()}`, packed.sha256);
  const kept = await cache.get('chart', key);
  if (kept !== undefined) return JSON.parse(kept) as string[];
  const found = await schemasIn(bytes).catch(() => []);
  await cache.set('chart', key, JSON.stringify(found));
  return found;
}

async function renderBytes(
  request: HelmRequest,
  packed: LockedChart,
  bytes: Buffer,
  context: ChartContext,
): Promise<Outcome> {
  const folder = temporaryFolder('unpacked');
  try {
    const files = await unpackChart(bytes);
    await writeChart(files, folder.path, null);
    const charts = folderOf(folder.path, context.store);
    const chart = readChart('.', charts);
    if (chart === undefined) return { ok: false, message: 'it holds no `Chart.yaml`', ...final };
    const named = { name: packed.chart, version: packed.version };
    const result = await context.limit(() => runTemplate(request, chart, { ...context, charts }));
    if (!result.ok) return result;
    const nameOf = (one: Unverified): Unverified =>
      one.kind === 'chart' && one.chart.directory === '.'
        ? { ...one, ...unverifiedChart(named, one, null) }
        : one;
    return {
      ...result,
      changes: result.changes.map(nameOf),
      taken: chart.unverified,
    };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error), ...final };
  } finally {
    await folder.dispose();
  }
}

/** The files of a folder of our own. */
function folderOf(root: string, store: Store): Repository {
  const file: Repository['file'] = (path) => readSourceFile(root, path);
  return {
    ...{ root, home: root, unrestricted: false, store, file },
    kustomizationIn: () => undefined,
    isDirectory: () => false,
    exists: (path) => file(path) !== undefined,
    pathOf: (path) => join(root, path),
    hashOf: (path) => digestOf(readFileSync(join(root, path))),
    filesBelow: (directory) => filesBelow(root, directory),
    namesIn: (directory) => namesIn(root, directory),
    treeOf: () => undefined,
    isOfOthers: () => false,
    borrow: () => undefined,
    isBorrowed: () => false,
  };
}

const final = { lasting: true, interrupted: false };

type Outcome =
  | (Extract<TemplateResult, { ok: true }> & {
      /** What was left out of it, as it lies elsewhere. */
      taken: Unverified[];
    })
  | Extract<TemplateResult, { ok: false }>;
