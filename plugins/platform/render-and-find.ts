/**
 * The loop between render and model: what an engine renders may hold what deploys, whose sources an engine
 * renders; and what brings an API to a cluster, which charts ask for.
 */

import { type Clusters, type Found, findDeployers, openClusters, servedApis } from '../model/index.ts';
import {
  type EngineUse,
  type KnownOutputs,
  noAnswers,
  openRendering,
  type Rendered,
  type RenderOptions,
} from '../render/index.ts';
import { type Config, distinctDiagnostics, type EarlyDiagnostic, type Sources } from '../source/index.ts';
import { type IgnoredOf, settleFaults } from './settle-faults.ts';

/**
 * Renders the kustomizations, then in rounds what the deployers ask for that were found in what is rendered:
 * each round follows one level of deployers that deploy deployers. Once nothing is left, charts that ask for
 * an API that is brought by what was found are rendered again, and no other.
 * @throws EngineMissingError
 */
export async function renderAndFind(
  sources: Sources,
  config: Config,
  { ignoredOf, ...options }: RenderOptions & { ignoredOf: IgnoredOf },
): Promise<Outcome> {
  let clusters: Clusters | undefined;
  const rendering = openRendering(sources, {
    ...options,
    engines: config.engines,
    capabilities: (questions) => clusters?.answer(null, questions) ?? noAnswers,
  });
  try {
    clusters = openClusters(config, await rendering.questions());
    let rendered = await rendering.kustomizations();
    let found = findDeployers({ sources, rendered, config, clusters });
    for (let round = 0, lessons = 0; round < maxRounds; ) {
      if (isAsking(found)) {
        const sourceBuilds = new Map([
          ...rendered.sourceBuilds,
          ...(await rendering.sources(found.requests)),
        ]);
        rendered = { ...(await rendering.kustomizations(found.folders)), sourceBuilds };
        round += 1;
      } else if (lessons++ >= maxLessons || !clusters.learn(servedApis(found, config))) break;
      found = findDeployers({ sources, rendered, config, clusters });
    }
    const settled = await settleFaults(sources, withFailures(rendered, found), found, {
      ignoredOf,
      elsewhere: config.repository.submodules,
    });
    return { found, engines: rendering.engines(), outputs: rendering.outputs(), ...settled };
  } finally {
    const closed = rendering.close();
    // A second reading waits for the results, and not for the clean-up.
    if (options.before === undefined) await closed;
    else closed.catch(() => undefined);
  }
}

function isAsking({ requests, folders }: Found): boolean {
  return requests.size + folders.size > 0;
}

/**
 * Adds what the engines refuse of the final requests. A deployer that another one changes was also asked for
 * as it is written, and what was refused of that does not count.
 */
function withFailures(rendered: Rendered, { asked }: Found): Rendered {
  const failures = [...rendered.sourceBuilds].flatMap(([key, { failure }]) =>
    failure !== null && asked.has(key) ? failure : [],
  );
  return { ...rendered, diagnostics: distinctDiagnostics([...rendered.diagnostics, ...failures]) };
}

/** Deployers that deploy deployers deeper than this are not followed. */
const maxRounds = 10;
/**
 * A chart may bring an API that makes another chart bring one: no more than this many in a row are followed.
 */
const maxLessons = 4;

interface Outcome {
  rendered: Rendered;
  found: Found;
  engines: EngineUse[];
  outputs: KnownOutputs;
  diagnostics: EarlyDiagnostic[];
}
