import type pLimit from 'p-limit';
import type { JsonPath } from '../base/index.ts';
import { compareText } from '../base/index.ts';
import {
  type Cache,
  cacheKey,
  type DiagnosticSource,
  type EarlyDiagnostic,
  type Unverified,
} from '../source/index.ts';
import { type Analysis, placeIn } from './analyse.ts';
import type { Closure, Closures } from './closure.ts';
import { cleanMessage, describeFailure } from './engine-failure.ts';
import { type Engine, findEngine, build as runEngine } from './find-engine.ts';
import { plainObjects, traceObjects } from './origin.ts';
import { readOutput } from './output.ts';
import { hasUnnamedRelease, unnamedRelease } from './plugins.ts';
import type { Repository } from './repository-files.ts';
import { dependents } from './retry.ts';
import { findHelm, type Helm, wrapperScript } from './run-helm.ts';
import { openStage, type Stage } from './stage.ts';
import type { Build, RenderedObject } from './types.ts';

/** The build of one folder, started once whoever asks for it. */
export function buildOnce(directory: string, run: Run): Promise<Result> {
  const running = run.running.get(directory) ?? buildOne(directory, run);
  run.running.set(directory, running);
  return running;
}

/** Included kustomizations are built first: one that fails is reported at its own place and taken out of those that include it. */
async function buildOne(directory: string, run: Run): Promise<Result> {
  const closure = run.closures.closure(directory);
  const [analysis] = closure.analyses;
  if (analysis === undefined) throw new Error(`no kustomization in ${directory}`);
  const failed = new Map<string, Result>();
  if (!closure.cyclic) {
    const inner = [
      ...new Set(closure.analyses.flatMap((one) => one.includes.map((inclusion) => inclusion.directory))),
    ];
    const waiting = inner.filter((one) => one !== directory && run.buildable.has(one));
    for (const one of waiting) {
      const result = await buildOnce(one, run);
      if (result.build.failed) failed.set(one, result);
    }
  }
  if (charts(closure)) run.helm ??= await findHelm(run.cache);
  run.engine ??= await findEngine(run.cache);
  const key = keyOf(closure, failed, run.engine, run);
  const kept = parseKept(await run.cache.get('build', key));
  const outcome = kept ?? (await run.limit(() => start(directory, analysis, closure, failed, run)));
  if (kept === undefined && outcome.lasting) await run.cache.set('build', key, JSON.stringify(outcome));
  return toResult(directory, closure, failed, outcome, run);
}

/** Copies, runs, reads; again without what depends on something that was taken out, as long as that is what the engine says. */
async function start(
  directory: string,
  analysis: Analysis,
  closure: Closure,
  failed: Map<string, Result>,
  run: Run,
): Promise<Outcome> {
  run.stage ??= openStage(run.repository.root);
  const removed = new Map<Analysis, JsonPath[]>();
  for (const one of closure.analyses) {
    const inclusions = one.includes.filter((inclusion) => failed.has(inclusion.directory));
    removed.set(
      one,
      inclusions.map((inclusion) => inclusion.path),
    );
  }
  const left: Unverified[] = [];
  let output = await attempt(directory, closure, removed, run.stage, run);
  for (let round = 0; !output.ok && round < maxRounds && (closure.incomplete || failed.size > 0); round++) {
    const more = dependents(output.message, closure.analyses, removed);
    if (more.length === 0) break;
    for (const one of more) removed.set(one.analysis, [...(removed.get(one.analysis) ?? []), one.path]);
    left.push(...more.map((one) => one.unverified));
    // The shared copy holds what every build agrees on; this one needs its own.
    const stage = openStage(run.repository.root);
    try {
      output = await attempt(directory, closure, removed, stage, run);
    } finally {
      await stage.dispose();
    }
  }
  if (!output.ok) return { ok: false, lasting: output.lasting, message: output.message };
  const scrub = closure.analyses.some(
    ({ value }) => value.replacements !== undefined || value.vars !== undefined,
  );
  const objects = readOutput(output.text, scrub, run.memo);
  for (const one of closure.analyses)
    if (one.charts && hasUnnamedRelease(one.value) && output.text.includes(unnamedRelease))
      left.push({
        what: `names of the charts of ${one.directory}`,
        why: 'they have no `releaseName`, so that kustomize makes up another one each time',
        origin: one.file.documents[0] ? placeIn(one.file.documents[0], ['helmCharts']) : null,
      });
  return {
    ok: true,
    lasting: true,
    objects: traceObjects(objects, analysis, run.closures, run.repository),
    left,
  };
}

async function attempt(
  directory: string,
  closure: Closure,
  removed: Map<Analysis, JsonPath[]>,
  stage: Stage,
  run: Run,
) {
  for (const one of closure.analyses) {
    const extra = removed.get(one) ?? [];
    await stage.add(one, extra, isTolerant(one, run) || extra.length > 0);
  }
  const parameters = run.repository.unrestricted ? ['--load-restrictor', 'LoadRestrictionsNone'] : [];
  if (charts(closure) && run.helm !== undefined)
    parameters.push('--enable-helm', '--helm-command', await stage.script('helm', wrapperScript(run.helm)));
  const output = await runEngine(
    run.engine ?? (await findEngine(run.cache)),
    stage.directory(directory),
    stage.home,
    parameters,
  );
  return output.ok ? output : { ...output, message: cleanMessage(stage.strip(output.message)) };
}

function toResult(
  directory: string,
  closure: Closure,
  failed: Map<string, Result>,
  outcome: Outcome,
  run: Run,
): Result {
  const [analysis] = closure.analyses;
  const includes = closure.analyses
    .slice(1)
    .map((one) => one.directory)
    .sort(compareText);
  const refused: Unverified[] = [...failed.values()].map(({ build, failure }) => ({
    what: `kustomization ${build.directory}`,
    why: 'kustomize refuses it; its plain files stand for what it would render',
    origin: failure?.sources[0] ? placeOnly(failure.sources[0]) : null,
  }));
  const direct = [...failed.values()].flatMap(({ build }) => build.objects);
  const build: Build = {
    directory,
    objects: outcome.ok ? [...outcome.objects, ...direct] : [],
    inputs: closure.files.map((file) => file.path),
    includes,
    unverified: distinctUnverified([...closure.unverified, ...refused, ...(outcome.ok ? outcome.left : [])]),
    failed: !outcome.ok,
  };
  if (outcome.ok || analysis === undefined) return { build, failure: null };
  build.objects = closure.analyses.flatMap((one) => plainObjects(one, run.repository));
  return { build, failure: describeFailure(outcome.message, analysis, run.closures, run.repository) };
}

function keyOf(closure: Closure, failed: Map<string, Result>, engine: Engine, run: Run): string {
  const files = closure.files.map((file) => [file.path, file.hash]);
  const edits = closure.analyses.map((one) => [
    one.directory,
    one.removals,
    isTolerant(one, run),
    one.options,
  ]);
  return cacheKey(
    renderVersion,
    engine.version,
    charts(closure) ? run.helm?.version : null,
    run.repository.unrestricted,
    files,
    edits,
    [...failed.keys()].sort(compareText),
  );
}

function charts(closure: Closure): boolean {
  return closure.analyses.some((one) => one.charts);
}

/** Patches may find nothing where something was taken out; those of a Component, where it was out of a kustomization that uses it. */
function isTolerant(analysis: Analysis, run: Run): boolean {
  return run.tolerant.has(analysis.directory) || run.closures.closure(analysis.directory).incomplete;
}

function parseKept(text: string | undefined): Outcome | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Outcome);
}

function placeOnly({ file, line, column, endLine, endColumn }: DiagnosticSource) {
  return { file, line, column, endLine, endColumn };
}

function distinctUnverified(unverified: Unverified[]): Unverified[] {
  return [...new Map(unverified.map((one) => [JSON.stringify(one), one])).values()];
}

/** Raised whenever the same input would give another output. */
const renderVersion = 4;
const maxRounds = 5;

/** What the builds of one run share. */
export interface Run {
  repository: Repository;
  closures: Closures;
  /** Every folder with a kustomization, sorted. */
  directories: string[];
  /** Found when the first build asks for it. */
  engine?: Engine;
  /** Found when the first chart asks for it. */
  helm?: Helm;
  cache: Cache;
  limit: ReturnType<typeof pLimit>;
  running: Map<string, Promise<Result>>;
  /** Objects of outputs by their text. */
  memo: Map<string, string>;
  buildable: Set<string>;
  tolerant: Set<string>;
  stage?: Stage;
}
export interface Result {
  build: Build;
  failure: EarlyDiagnostic | null;
}
type Outcome =
  | {
      ok: true;
      lasting: boolean;
      objects: RenderedObject[] /** Taken out because of what else was. */;
      left: Unverified[];
    }
  | { ok: false; lasting: boolean; message: string };
