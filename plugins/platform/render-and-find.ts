/**
 * The loop between render and model: what an engine renders may hold what deploys, whose sources an engine
 * renders.
 */

import { type Found, findDeployers } from '../model/index.ts';
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
 * Renders the kustomizations, then in rounds what the deployers ask for that were found in what is
 * rendered: each round follows one level of deployers that deploy deployers.
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
    let found = findDeployers({ sources, rendered, config });
    for (let round = 0; found.requests.size > 0 && round < maxRounds; round += 1) {
      rendered = withSources(rendered, await rendering.sources(found.requests));
      found = findDeployers({ sources, rendered, config });
    }
    const settled = await settleFaults(sources, withFailures(rendered, found), found);
    return { found, engines: rendering.engines(), ...settled };
  } finally {
    await rendering.close();
  }
}

function withSources(rendered: Rendered, built: ReadonlyMap<string, SourceBuild>): Rendered {
  return { ...rendered, sourceBuilds: new Map([...rendered.sourceBuilds, ...built]) };
}

/**
 * With what the engines refuse of what is asked for in the end: a deployer that another one changes was asked
 * for as it is written before.
 */
function withFailures(rendered: Rendered, { asked }: Found): Rendered {
  const failures = [...rendered.sourceBuilds].flatMap(([key, { failure }]) =>
    failure !== null && asked.has(key) ? failure : [],
  );
  return { ...rendered, diagnostics: distinctDiagnostics([...rendered.diagnostics, ...failures]) };
}

/** Deployers that deploy deployers deeper than this are not followed. */
const maxRounds = 10;

interface Outcome {
  rendered: Rendered;
  found: Found;
  engines: EngineUse[];
  diagnostics: EarlyDiagnostic[];
}
