import { compareText, whileSame } from '../../base/index.ts';
import {
  cacheKey,
  type DiagnosticSource,
  type Reason,
  refusedBy,
  remedyOf,
  type Unverified,
  unverifiedKustomization,
} from '../../source/index.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { Closure } from '../analysis/closure.ts';
import { tellFetched } from '../analysis/fetched-parts.ts';
import { type Engine, findEngine } from '../engines/find-engine.ts';
import { findHelm } from '../engines/run-helm.ts';
import { firstLine } from '../helm/chart.ts';
import { unitedQuestions } from '../questions/asked-apis.ts';
import { unansweredIn } from '../questions/unanswered.ts';
import { isForAnother, wantsAnother } from '../questions/wants-another.ts';
import { renderCode } from '../render-code.ts';
import { noAnswers, type RenderPass, type Together } from '../render-pass.ts';
import { areAsRead } from '../repository-files.ts';
import type { Build, BuildResult, Capabilities, RenderedObject } from '../types.ts';
import { charts, isTolerant } from './attempt.ts';
import { describeFailure } from './engine-failure.ts';
import { findsNothing, refusesKustomization } from './engine-words.ts';
import { fileFailure } from './file-failure.ts';
import { plainObjects } from './origin.ts';
import { type Output, runBuild } from './run-build.ts';
import { openTogether } from './together.ts';
import { openTwins, type Twin, type Twins } from './twins.ts';

/** The build of one folder, started once whoever asks for it. */
export function buildOnce(directory: string, pass: RenderPass): Promise<BuildResult> {
  const running = pass.running.get(directory) ?? buildOne(directory, pass);
  pass.running.set(directory, running);
  return running;
}

/**
 * The build of one folder, whether or not it is known. Kustomizations that it includes are built only where
 * the engine refuses it: one that fails is reported at its own place and taken out of those that include it.
 */
export async function buildOne(directory: string, pass: RenderPass): Promise<BuildResult> {
  const closure = pass.closures.closure(directory);
  const included = new Map<string, BuildResult>();
  let failed = new Map<string, BuildResult>();
  let answer = await answerOf(directory, closure, failed, pass);
  if (!answer.outcome.ok && !closure.cyclic) {
    const inner = new Set(
      closure.analyses.flatMap((one) => one.includes.map((inclusion) => inclusion.directory)),
    );
    for (const one of inner)
      if (one !== directory && pass.buildable.has(one))
        included.set(one, await buildOnce(one, pass.shared ?? pass));
    failed = new Map([...included].filter(([, { build }]) => build.failed));
    if (failed.size > 0) answer = await answerOf(directory, closure, failed, pass);
  }
  const result = toResult(directory, closure, { included, failed }, answer, pass);
  return tellFetched(result, closure, pass.repository);
}

/** What the engine says of it, without what failed; kept where it would say the same again. */
async function answerOf(
  directory: string,
  closure: Closure,
  failed: Map<string, BuildResult>,
  pass: RenderPass,
): Promise<Answer> {
  const [analysis] = closure.analyses;
  if (analysis === undefined) throw new Error(`no kustomization in ${directory}`);
  if (charts(closure)) pass.helm ??= await findHelm(pass.cache, pass.repository.home, pass.engines.helm);
  pass.engine ??= await findEngine(pass.cache, pass.repository.home, pass.engines.kustomize);
  const entries = charts(closure) ? (await pass.questions()).ofClosure(closure) : [];
  const cluster =
    entries.length === 0
      ? noAnswers
      : (pass.cluster ?? pass.capabilities(unitedQuestions(entries.map(({ questions }) => questions))));
  const key = keyOf(closure, failed, pass.engine, cluster, pass);
  const kept = await pass.outputs.get<Output>('build', key);
  // What a deployer asks for over the folder is another build.
  const isPlain = failed.size === 0 && pass.shared === undefined;
  const start = async (twin: Twin): Promise<Output> => {
    const isAsked = isPlain && !(twin !== null && 'told' in twin);
    try {
      const text = isAsked ? await togetherOf(pass).textOf(directory) : null;
      return await runBuild(directory, analysis, closure, { failed, cluster, twin, text }, pass);
    } catch (error) {
      return fileFailure(error);
    }
  };
  const outcome = kept ?? (await (isPlain ? twinsOf(pass).textOf(directory, start) : start(null)));
  if (kept === undefined && outcome.lasting && areAsRead(closure.files, pass.repository))
    pass.outputs.set('build', key, outcome);
  return { outcome, cluster, unanswered: entries.flatMap((entry) => unansweredIn(entry, cluster)) };
}

function twinsOf(pass: RenderPass): Twins {
  const { repository, standing: folders, closures } = pass;
  pass.twins ??= openTwins(folders, closures, { repository, isTolerant: (one) => isTolerant(one, pass) });
  return pass.twins;
}

function togetherOf(pass: RenderPass): Together {
  pass.together ??= openTogether(pass);
  return pass.together;
}

/** What stands for a folder that only others were built that include it. */
export function knownThrough(directory: string, pass: RenderPass): Build {
  const closure = pass.closures.closure(directory);
  const build: Build = {
    ...describe(directory, closure),
    objects: [],
    unverified: distinctUnverified(closure.unverified),
    unanswered: [],
    failed: false,
    through: true,
  };
  return tellFetched({ build, failure: null }, closure, pass.repository).build;
}

function describe(directory: string, { analyses, files }: Closure) {
  return {
    directory,
    inputs: files.map((file) => file.path),
    includes: analyses
      .slice(1)
      .map((one) => one.directory)
      .sort(compareText),
    incomplete: analyses.some((one) => one.incomplete),
  };
}

/** What stands for a folder that is not built, because there is too much work in it. */
export function leftOut(directory: string, why: string, pass: RenderPass): Build {
  const analysis = pass.closures.analysis(directory);
  if (analysis === undefined) throw new Error(`no kustomization in ${directory}`);
  return {
    directory,
    objects: plainObjects(analysis, pass.repository),
    inputs: [...analysis.inputs].sort(compareText),
    includes: [...new Set(analysis.includes.map((one) => one.directory))].sort(compareText),
    unverified: [
      ...analysis.unverified,
      unverifiedKustomization(directory, `${why}; ${standing}`, firstLine(analysis.file.path)),
    ],
    unanswered: [],
    failed: true,
    incomplete: analysis.incomplete,
    through: false,
  };
}

function toResult(
  directory: string,
  closure: Closure,
  others: Others,
  answer: Answer,
  pass: RenderPass,
): BuildResult {
  const { outcome, unanswered } = answer;
  const make = () => makeResult(directory, closure, others, answer, pass);
  const isAlone = outcome.ok && others.failed.size === 0 && unanswered.length === 0;
  return isAlone ? sameResult(closure, [outcome], make) : make();
}

const sameResult = whileSame<Closure, BuildResult>();

function makeResult(
  directory: string,
  closure: Closure,
  { included, failed }: Others,
  { outcome, cluster, unanswered }: Answer,
  pass: RenderPass,
): BuildResult {
  const [analysis] = closure.analyses;
  const refused: Unverified[] = [...failed.values()].map(({ build, failure }) =>
    unverifiedKustomization(
      build.directory,
      standingBy(failure ? refusedBy('kustomize', failure.sources[0]) : { why: 'it was not built' }),
      failure?.sources[0] ? placeOnly(failure.sources[0]) : null,
    ),
  );
  const direct = [...failed.values()].flatMap(({ build }) => build.objects);
  const own = describe(directory, closure);
  const build: Build = {
    ...own,
    objects: outcome.ok ? [...outcome.objects, ...direct] : [],
    unverified: distinctUnverified([...closure.unverified, ...refused, ...(outcome.ok ? outcome.left : [])]),
    unanswered: distinctUnverified(unanswered),
    failed: !outcome.ok,
    incomplete: own.incomplete || failed.size > 0,
    through: false,
  };
  if (outcome.ok || analysis === undefined) return { build, failure: null };
  build.objects = standIns(analysis, closure, included, pass);
  if (outcome.interrupted) {
    const why = `${outcome.message}; ${standing}, and the next run tries again`;
    build.unverified.push(unverifiedKustomization(directory, why, firstLine(analysis.file.path)));
    return { build, failure: null };
  }
  if (cluster.kubeVersion === null && isForAnother(outcome.message)) {
    const why = `${wantsAnother(outcome.message)}; ${standing}`;
    build.unverified.push(unverifiedKustomization(directory, why, firstLine(analysis.file.path)));
    return { build, failure: null };
  }
  // One of which something was taken out may only then be empty.
  const isOwn =
    refusesKustomization(outcome.message) || (!closure.incomplete && findsNothing(outcome.message));
  // Where something is missing that is told, and what the engine says of the rest may only follow from it.
  if (!isOwn && closure.analyses.some((one) => one.incomplete)) return { build, failure: null };
  // What could not be fetched may be what the rest needs: a patch by index counts on what another one adds.
  const [taken] = isOwn ? [] : closure.unverified.filter(({ kind }) => kind !== 'schema');
  if (taken !== undefined) {
    const why = `without the ${taken.what} kustomize refuses it; ${standing}`;
    const reason = { why, ...remedyOf([taken]) };
    build.unverified.push(unverifiedKustomization(directory, reason, firstLine(analysis.file.path)));
    return { build, failure: null };
  }
  return { build, failure: describeFailure(outcome.message, analysis, pass.closures, pass.repository) };
}

function standingBy(reason: Reason): Reason {
  return { ...reason, why: `${reason.why}; ${standing}` };
}

/**
 * What there is to say where the engine refused: what its own files say, and what those that it includes give
 * by themselves.
 */
function standIns(
  analysis: Analysis,
  closure: Closure,
  included: Map<string, BuildResult>,
  { repository }: RenderPass,
): RenderedObject[] {
  const inner = analysis.includes.flatMap(({ directory }) => included.get(directory)?.build ?? []);
  const covered = new Set(inner.flatMap(({ directory, includes }) => [directory, ...includes]));
  const own = closure.analyses.filter(({ directory }) => !covered.has(directory));
  return [...own.flatMap((one) => plainObjects(one, repository)), ...inner.flatMap(({ objects }) => objects)];
}

function keyOf(
  closure: Closure,
  failed: Map<string, BuildResult>,
  engine: Engine,
  { kubeVersion, apiVersions }: Capabilities,
  pass: RenderPass,
): string {
  const helm = charts(closure) ? pass.helm?.version : null;
  const { unrestricted } = pass.repository;
  const tolerant = closure.analyses.map((one) => isTolerant(one, pass));
  const without = [...failed.keys()].sort(compareText);
  const lists = [apiVersions, tolerant, without].map((list) => JSON.stringify(list));
  return sameKey(closure, [engine.version, helm, kubeVersion, unrestricted, ...lists], () => {
    const files = closure.files.map((file) => [file.path, file.hash]);
    const edits = closure.analyses.map((one, index) => [
      one.directory,
      one.removals,
      tolerant[index],
      one.options,
      ...(one.generated === null ? [] : [one.generated]),
      ...one.packed.map(({ folder, chart }) => [folder, chart.sha256]),
      ...(one.schemas.length === 0 ? [] : [one.schemas]),
      ...(one.rewrites.length === 0 ? [] : [one.rewrites]),
    ]);
    const { version } = engine;
    return cacheKey(
      ...[renderCode(), version, helm, kubeVersion, apiVersions, unrestricted, files, edits, without],
    );
  });
}

const sameKey = whileSame<Closure, string>();

export function placeOnly({ file, line, column, endLine, endColumn }: DiagnosticSource) {
  return { file, line, column, endLine, endColumn };
}

function distinctUnverified(unverified: Unverified[]): Unverified[] {
  return [...new Map(unverified.map((one) => [JSON.stringify(one), one])).values()];
}

const standing = 'its plain files stand for what it would render';

/** What it includes, where that was built by itself, and what of that failed. */
interface Others {
  included: Map<string, BuildResult>;
  failed: Map<string, BuildResult>;
}

interface Answer {
  outcome: Output;
  /** That its charts were told of. */
  cluster: Capabilities;
  /** What they asked of it, and nobody knows. */
  unanswered: Unverified[];
}
