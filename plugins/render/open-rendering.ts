import type { Sources } from '../source/index.ts';
import type { KnownOutputs } from './kept-outputs.ts';
import { type Questions, unitedQuestions } from './questions/asked-apis.ts';
import { renderAll } from './render-all.ts';
import { disposePass, openPass, type RenderOptions } from './render-pass.ts';
import { renderSources } from './render-sources.ts';
import type { EngineUse, HelmRequest, Rendered, SourceBuild, SourceRequest } from './types.ts';

/**
 * One pass of the engines over these sources, which must not change under it. What it gives is the caller's,
 * and never changed later.
 */
export function openRendering(sources: Sources, options: RenderOptions): Rendering {
  const pass = openPass(sources, options);
  return {
    kustomizations: (folders = []) => renderAll(pass, folders),
    sources: (requests) => renderSources(requests, pass),
    questions: async () => {
      const { ofChart, ofClosure } = await pass.questions();
      return {
        ofChart: ({ directory, packed, values }) =>
          ofChart(directory, packed, typeof values === 'string' ? values : JSON.stringify(values)),
        ofKustomization(directory) {
          const entries = pass.closures.analysis(directory)
            ? ofClosure(pass.closures.closure(directory))
            : [];
          return entries.length === 0 ? null : unitedQuestions(entries.map(({ questions }) => questions));
        },
      };
    },
    engines: () => [
      ...(pass.engine ? [used('kustomize', pass.engine)] : []),
      ...(pass.helm ? [used('helm', pass.helm)] : []),
    ],
    outputs: () => pass.outputs.known,
    close: () => disposePass(pass),
  };
}

function used(name: EngineUse['name'], { version, from }: Omit<EngineUse, 'name'>): EngineUse {
  return { name, version, from };
}

/** What charts ask of the cluster that they are rendered for. */
export interface AskedQuestions {
  ofChart(chart: Pick<HelmRequest, 'directory' | 'packed' | 'values'>): Questions;
  /** Of all charts that a folder's kustomization inflates; null where it inflates none. */
  ofKustomization(directory: string): Questions | null;
}

export interface Rendering {
  /**
   * Builds the kustomizations under the roots (a Component alone is none) with the real engine, over a copy
   * without what needs a network or would run something: those that no other one includes, those that one
   * includes which the engine refuses, and these folders. What was built before from the same bytes comes
   * from the cache, and nothing is started. Asked again, it has what was built until then, too.
   * @throws EngineMissingError where there are kustomizations and no engine.
   */
  kustomizations(folders?: Iterable<string>): Promise<Rendered>;
  /**
   * Renders what Applications say of their sources, each different request once: charts by Helm,
   * kustomizations with the Application's options. What was rendered before from the same bytes comes from
   * the cache.
   * @param requests by their `requestKey`, as the answers are.
   * @throws EngineMissingError where something is asked and its engine is missing.
   */
  sources(requests: ReadonlyMap<string, SourceRequest>): Promise<ReadonlyMap<string, SourceBuild>>;
  /** What the charts ask of a cluster; nothing is rendered for it. */
  questions(): Promise<AskedQuestions>;
  /** What was asked until now; where all came from the cache, what it was made by. */
  engines(): EngineUse[];
  /** Answers of engines that were used, for the next rendering of the same repository. */
  outputs(): KnownOutputs;
  /** Removes the copies that the engines ran over. */
  close(): Promise<void>;
}
