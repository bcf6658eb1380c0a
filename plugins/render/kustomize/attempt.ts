import type { JsonPath } from '../../base/index.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { Closure } from '../analysis/closure.ts';
import {
  type BuildOutput,
  type Engine,
  findEngine,
  notStarted,
  build as runEngine,
} from '../engines/find-engine.ts';
import { wrapperScript } from '../engines/run-helm.ts';
import { buildWaiting } from '../engines/standby.ts';
import { noRoom } from '../questions/answered.ts';
import { type RenderPass, restrictionsOf } from '../render-pass.ts';
import type { Capabilities } from '../types.ts';
import type { Traced } from './engine-annotations.ts';
import { cleanMessage } from './engine-failure.ts';
import { type Foreseen, foresee } from './foresee.ts';
import { matchForeseen } from './match-foreseen.ts';
import type { EngineObject } from './output.ts';
import type { Stage } from './stage.ts';

/** One run of kustomize, whose objects tell in annotations where they come from. */
export async function attempt(analysis: Analysis, staged: Staged): Promise<Answer> {
  await addAll(staged);
  await staged.stage.annotate(analysis);
  return start(staged);
}

/**
 * The same without annotations, which cost as much as the build, where it is known without them where the
 * objects come from. Where that shows to be wrong, it is run again with them; and where it is refused, as the
 * refusal then names files.
 * @param text what the engine wrote of it together with others; null where it was not asked.
 */
export async function attemptBare(
  analysis: Analysis,
  staged: Staged,
  read: (text: string) => EngineObject[] | undefined,
  text: string | null,
): Promise<Answer> {
  const { stage } = staged;
  const foreseen = await foreseeStaged(analysis, staged);
  if (foreseen !== null) {
    const output: Answer = text === null ? await start(staged) : { ok: true, text };
    if (!output.ok && output.interrupted) return output;
    const objects = output.ok ? read(output.text) : undefined;
    const traced = objects === undefined ? null : matchForeseen(objects, foreseen);
    if (traced !== null) return { ...output, traced, objects };
  }
  await stage.annotate(analysis);
  return start(staged);
}

/** What is known of the objects of a build before it runs, over the copy that it runs over. */
export async function foreseeStaged(analysis: Analysis, staged: Staged): Promise<Foreseen[] | null> {
  await addAll(staged);
  const { closures, repository, engine } = staged.pass;
  if (!followsForesight(engine ?? (await engineOf(staged.pass)))) return null;
  return foresee(analysis, { closures, repository, readAs: (one) => staged.stage.readAs(one) });
}

async function addAll({ closure, removed, stage, pass }: Staged): Promise<void> {
  for (const one of closure.analyses) {
    const extra = removed.get(one) ?? [];
    await stage.add(one, extra, isTolerant(one, pass) || extra.length > 0);
  }
}

/**
 * Builds folders without charts by one start of the engine, in whatever order; by that which waits for it,
 * where there is one.
 */
export async function startTogether(
  directories: readonly string[],
  { stage, pass }: Pick<Staged, 'stage' | 'pass'>,
): Promise<BuildOutput> {
  const { waiting } = pass;
  delete pass.waiting;
  if (waiting !== undefined) {
    const text = stage.listing(waiting.target, directories);
    const output = await pass.patience.wait((limit) => buildWaiting(waiting, text, limit));
    if (output !== null) return output;
  }
  const folder = await stage.together(directories);
  return runOver(folder, restrictionsOf(pass), { stage, pass });
}

async function start({ directory, closure, stage, cluster, pass }: Staged): Promise<BuildOutput> {
  const parameters = restrictionsOf(pass);
  if (charts(closure) && pass.helm !== undefined)
    parameters.push('--enable-helm', '--helm-command', await stage.script('helm', wrapperScript(pass.helm)));
  const engine = await engineOf(pass);
  if (charts(closure) && knowsCluster(engine)) parameters.push(...clusterParameters(cluster));
  const output = await runOver(stage.directory(directory), parameters, { stage, pass });
  return output.ok ? output : { ...output, message: cleanMessage(stage.strip(output.message)) };
}

async function runOver(
  folder: string,
  parameters: string[],
  { stage, pass }: Pick<Staged, 'stage' | 'pass'>,
): Promise<BuildOutput> {
  const engine = await engineOf(pass);
  const output = await pass.limit(
    async () =>
      noRoom(pass) ??
      (await pass.patience.wait((limit) => runEngine(engine, folder, stage.home, parameters, limit))),
  );
  return output ?? notStarted('kustomize');
}

async function engineOf(pass: RenderPass): Promise<Engine> {
  pass.engine ??= await findEngine(pass.cache, pass.repository.home, pass.engines.kustomize);
  return pass.engine;
}

/**
 * As Argo CD gives them, and where kustomize takes them; what the entry of a chart says goes before. Source:
 * `parseKustomizeBuildOptions` of Argo CD's `util/kustomize`.
 */
function clusterParameters({ kubeVersion, apiVersions }: Capabilities): string[] {
  return [
    ...(kubeVersion === null ? [] : ['--helm-kube-version', kubeVersion]),
    ...apiVersions.flatMap((api) => ['--helm-api-versions', api]),
  ];
}

function knowsCluster({ version }: Engine): boolean {
  const [major, minor] = numbersOf(version);
  return major > 5 || (major === 5 && minor >= 3);
}

/** Whether it puts a build together in the order that is foreseen. */
function followsForesight({ version }: Engine): boolean {
  const [major, minor] = numbersOf(version);
  return major === 5 && minor >= 5;
}

function numbersOf(version: string): [major: number, minor: number] {
  const [, major = '0', minor = '0'] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  return [Number(major), Number(minor)];
}

export function charts(closure: Closure): boolean {
  return closure.analyses.some((one) => one.charts);
}

/**
 * True where patches may find nothing: where something was taken out; those of a Component, where it was out
 * of a kustomization that uses it.
 */
export function isTolerant(analysis: Analysis, pass: RenderPass): boolean {
  return pass.tolerant.has(analysis.directory) || pass.closures.closure(analysis.directory).incomplete;
}

interface Staged {
  directory: string;
  closure: Closure;
  /** What is taken out besides. */
  removed: ReadonlyMap<Analysis, JsonPath[]>;
  cluster: Capabilities;
  stage: Stage;
  pass: RenderPass;
}

export type Answer = BuildOutput & {
  /** Where the objects come from, unless that stands in the text. */
  traced?: readonly Traced[] | null;
  /** What was read of the text, where it was. */
  objects?: readonly EngineObject[] | undefined;
};
