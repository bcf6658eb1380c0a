/**
 * The loop between render and model: what an engine renders may hold Applications, whose sources an engine
 * renders.
 */

import { type Found, findApplications } from '../model/index.ts';
import {
  type EngineUse,
  openRendering,
  type Rendered,
  type RenderOptions,
  type SourceBuild,
} from '../render/index.ts';
import { type Config, distinctDiagnostics, type EarlyDiagnostic, type Sources } from '../source/index.ts';
import { settleFaults } from './settle-faults.ts';

/**
 * Renders the kustomizations, then in rounds what the Applications ask for that were found in what is
 * rendered: each round follows one level of Applications that deploy Applications.
 * @throws EngineMissingError
 */
export async function renderAndFind(
  sources: Sources,
  config: Config,
  options: RenderOptions,
): Promise<Outcome> {
  const rendering = openRendering(sources, options);
  try {
    let rendered = await rendering.kustomizations();
    let found = findApplications({ sources, rendered, config });
    for (let round = 0; found.requests.size > 0 && round < maxRounds; round += 1) {
      rendered = withSources(rendered, await rendering.sources(found.requests));
      found = findApplications({ sources, rendered, config });
    }
    return { found, engines: rendering.engines(), ...(await settleFaults(sources, rendered, found)) };
  } finally {
    await rendering.close();
  }
}

function withSources(rendered: Rendered, built: ReadonlyMap<string, SourceBuild>): Rendered {
  const failures = [...built.values()].flatMap(({ failure }) => failure ?? []);
  return {
    ...rendered,
    sourceBuilds: new Map([...rendered.sourceBuilds, ...built]),
    diagnostics: distinctDiagnostics([...rendered.diagnostics, ...failures]),
  };
}

/** Applications that deploy Applications deeper than this are not followed. */
const maxRounds = 10;

interface Outcome {
  rendered: Rendered;
  found: Found;
  engines: EngineUse[];
  diagnostics: EarlyDiagnostic[];
}
