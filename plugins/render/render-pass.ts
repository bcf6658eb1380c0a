import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { compareText, openPatience, type Patience } from '../base/index.ts';
import type { Cache, Sources } from '../source/index.ts';
import { type Closures, isBuildable, openClosures } from './analysis/closure.ts';
import { type Budget, openBudget } from './build-budget.ts';
import { openWork } from './build-work.ts';
import { engineTime } from './engines/engine-time.ts';
import type { Engine } from './engines/find-engine.ts';
import type { Helm } from './engines/run-helm.ts';
import type { Standby, Started } from './engines/standby.ts';
import { anyVersion, type WantedVersions } from './engines/wanted-version.ts';
import { type KnownOutputs, type Outputs, openOutputs } from './kept-outputs.ts';
import { type OutputMemo, openMemo } from './kustomize/output-memo.ts';
import type { Stage } from './kustomize/stage.ts';
import type { Twins } from './kustomize/twins.ts';
import { type Outside, watchOutside } from './outside.ts';
import { type Answers, openAnswers } from './questions/answered.ts';
import { isForeignApi, type Questions } from './questions/asked-apis.ts';
import { type ChartQuestions, openQuestions } from './questions/open-questions.ts';
import { isKustomization, openRepository, type Repository } from './repository-files.ts';
import type { BuildResult, Capabilities, Rendered } from './types.ts';

/** What all builds of these sources share; whoever opens it disposes of it. */
export function openPass(sources: Sources, options: RenderOptions): RenderPass {
  const read = openRepository(sources);
  const repository = options.outside === undefined ? read : watchOutside(read, sources, options.outside);
  const closures = openClosures(repository);
  const found = [...sources.files.values()].filter(isKustomization).map((file) => directoryOf(file.path));
  const directories = [...new Set(found)].sort(compareText);
  const budget = openBudget(options.work);
  const work = openWork(closures, repository);
  const asked = directories.filter((directory) => isBuildable(closures.analysis(directory)));
  const { taken, left } = budget.take(asked.map((directory) => [directory, work(directory)]));
  let questions: Promise<ChartQuestions> | undefined;
  return {
    sources,
    repository,
    closures,
    directories,
    cache: options.cache,
    outputs: openOutputs(options.cache, options.before),
    standby: options.standby,
    engines: options.engines ?? anyVersion,
    capabilities: options.capabilities ?? unanswered,
    questions: () => {
      questions ??= openQuestions(repository, options.cache);
      return questions;
    },
    onProgress: options.onProgress,
    limit: pLimit(Math.max(1, options.concurrency ?? Math.min(4, availableParallelism() + 1))),
    running: new Map(),
    memo: openMemo(),
    budget,
    answers: openAnswers(options.answers),
    patience: openPatience(waits, engineTime),
    buildable: new Set(taken),
    standing: standing(taken, closures),
    left,
    tolerant: tolerantComponents(taken, closures),
  };
}

/** Removes the copies that engines ran over, and ends when what they answered is in the cache. */
export async function disposePass(pass: RenderPass): Promise<void> {
  const { stage, waiting } = pass;
  delete pass.stage;
  delete pass.waiting;
  waiting?.end();
  if (pass.engine !== undefined) pass.standby?.prepare(pass.engine, restrictionsOf(pass), stage?.plain());
  pass.memo = openMemo();
  await Promise.all([pass.outputs.written(), stage?.dispose()]);
}

/** What kustomize is told of the files that it may read. */
export function restrictionsOf({ repository }: Pick<RenderPass, 'repository'>): string[] {
  return repository.unrestricted ? ['--load-restrictor', 'LoadRestrictionsNone'] : [];
}

/** To what asks nothing. */
export const noAnswers: Capabilities = { kubeVersion: null, apiVersions: [], unsure: [] };

/** Where nobody says what clusters serve. */
function unanswered({ apis }: Questions): Capabilities {
  return { ...noAnswers, unsure: Object.keys(apis).filter(isForeignApi) };
}

/** Milliseconds that an engine is waited for. */
const waits = { each: 60_000, quick: 10_000, together: 60_000 };

/** Those that no other one includes; of folders that include each other all. */
function standing(directories: readonly string[], closures: Closures): string[] {
  const included = new Set<string>();
  for (const directory of directories) {
    const { analyses, cyclic } = closures.closure(directory);
    if (!cyclic) for (const inner of analyses.slice(1)) included.add(inner.directory);
  }
  return directories.filter((directory) => !included.has(directory));
}

function tolerantComponents(directories: readonly string[], closures: Closures): Set<string> {
  const tolerant = new Set<string>();
  for (const directory of directories) {
    const closure = closures.closure(directory);
    if (!closure.incomplete) continue;
    for (const one of closure.analyses)
      for (const { directory: component } of one.components) tolerant.add(component);
  }
  return tolerant;
}

export function directoryOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

export interface RenderOptions {
  cache: Cache;
  /** Engines at a time; default one more than processors, as one may wait for the disk, at most four. */
  concurrency?: number;
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Steps of work that the engines may have; default what a run has. */
  work?: number | undefined;
  /** Characters that they may answer to what Applications ask; default what a run has. */
  answers?: number | undefined;
  /** Has an engine waiting. */
  standby?: Standby | undefined;
  /** What a rendering of the same repository used before in this process. */
  before?: KnownOutputs | undefined;
  /** Notes what is looked at beyond the sources. */
  outside?: Outside | undefined;
  /** Versions of the engines; default any. */
  engines?: WantedVersions | undefined;
  /** What clusters answer to charts of kustomizations, whoever deploys them; default nothing. */
  capabilities?: ((questions: Questions) => Capabilities) | undefined;
}

export interface Together {
  /** What the engine writes of a folder that can be built on its own; null where it is to be built alone. */
  textOf(directory: string): Promise<string | null>;
}

export interface RenderPass extends Pick<RenderOptions, 'cache' | 'onProgress' | 'standby'> {
  sources: Sources;
  repository: Repository;
  outputs: Outputs;
  closures: Closures;
  /** What charts ask of a cluster, looked for when the first wants to know. */
  questions(): Promise<ChartQuestions>;
  capabilities(questions: Questions): Capabilities;
  /** What the cluster answers that the build is made for, where that is told. */
  cluster?: Capabilities;
  /** Every folder with a kustomization, sorted. */
  directories: string[];
  engines: WantedVersions;
  /** Found when the first build asks for it. */
  engine?: Engine;
  /** Found when the first chart asks for it. */
  helm?: Helm;
  limit: ReturnType<typeof pLimit>;
  /** The pass that this one is for a single build of: folders are built there for everybody. */
  shared?: RenderPass;
  /** By folder: each is built once, whoever asks for it. */
  running: Map<string, Promise<BuildResult>>;
  /** What was told last of all of them, and how many there were. */
  told?: { builds: number; rendered: Rendered };
  /** What was read of outputs. */
  memo: OutputMemo;
  /** Folders that can be built by themselves. */
  buildable: Set<string>;
  /** Those of them that no other one includes, sorted. */
  standing: string[];
  /** Folders that would be, and why there is too much work in them. */
  left: ReadonlyMap<string, string>;
  /** Work that is left for what Applications ask for. */
  budget: Budget;
  /** Room that is left for what engines answer them. */
  answers: Answers;
  /** Time that is left for what takes long. */
  patience: Patience;
  /**
   * Components whose patches may find nothing, because something was taken out of a kustomization that uses
   * them.
   */
  tolerant: Set<string>;
  /** Why there is no room for an answer, asked when an engine would start. */
  refusal?: () => string | null;
  /** Of those that stand, which are the same; found when the first is built. */
  twins?: Twins;
  /** Builds several of them at once; made when the first is built. */
  together?: Together;
  /** The copy that engines run over, made when the first needs one. */
  stage?: Stage;
  /** The engine that waits for what is to be built in it. */
  waiting?: Started;
}
