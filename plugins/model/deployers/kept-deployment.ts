import { type JsonObject, oncePer, stableStringify } from '../../base/index.ts';
import type { Place } from '../../source/index.ts';
import type { DeployerType } from './deployer-type.ts';
import type { Deployment, DeploymentContext } from './deployment-types.ts';

/**
 * What a deployer deploys, as it was found before in this process where the deployer is the very same and all
 * that was looked at for it is. One for which more was looked at than files and builds of this repository is
 * looked at anew each time.
 */
export function keptDeployment(
  { deploymentOf }: DeployerType,
  value: JsonObject,
  origin: Place,
  context: DeploymentContext,
): Deployment {
  const before = kept.get(value);
  const parts = partsOf(origin, context);
  if (
    before?.parts.every((part, index) => part === parts[index]) &&
    before.asked.every((ask) => ask(context))
  )
    return before.deployment;
  const { watched, asked, isAll } = watch(context);
  const deployment = deploymentOf(value, origin, watched);
  if (isAll()) kept.set(value, { parts, asked, deployment });
  else kept.delete(value);
  return deployment;
}

const kept = new WeakMap<JsonObject, Kept>();

/** What is looked at whatever it deploys. */
function partsOf({ file, line, column, endLine, endColumn }: Place, context: DeploymentContext): unknown[] {
  const { repository, paths, mount, cluster, enabled, homes, valueSchemes } = context;
  const said = [homesText(homes), stableStringify(enabled), valueSchemes?.join('\0')];
  return [file, line, column, endLine, endColumn, repository, paths, mount, cluster, ...said];
}

// Of all deployers the same, and as long as there are projects.
const homesText = oncePer((homes: DeploymentContext['homes']): string =>
  stableStringify([...homes].map(([name, namespaces]) => [name, ...namespaces])),
);

/** Notes what else is looked at, and whether that is all. */
function watch(context: DeploymentContext): Watched {
  const asked: Kept['asked'] = [];
  let isAll = true;
  const more = <Name extends keyof DeploymentContext>(name: Name): DeploymentContext[Name] => {
    isAll = false;
    return context[name];
  };
  const watched: DeploymentContext = {
    repository: context.repository,
    paths: context.paths,
    mount: context.mount,
    cluster: context.cluster,
    enabled: context.enabled,
    homes: context.homes,
    ...(context.valueSchemes && { valueSchemes: context.valueSchemes }),
    // The same for the same paths.
    filesIn: context.filesIn,
    fileAt(path) {
      const file = context.fileAt(path);
      asked.push((now) => now.fileAt(path) === file);
      return file;
    },
    buildOf(folder) {
      const build = context.buildOf(folder);
      asked.push((now) => now.buildOf(folder) === build);
      return build;
    },
    clusters: {
      asked: {
        ofChart: (chart) => more('clusters').asked.ofChart(chart),
        ofKustomization(folder) {
          const questions = context.clusters.asked.ofKustomization(folder);
          isAll &&= questions === null;
          asked.push((now) => now.clusters.asked.ofKustomization(folder) === null);
          return questions;
        },
      },
      answer: (cluster, questions) => more('clusters').answer(cluster, questions),
      learn: (served) => more('clusters').learn(served),
      ofDestination: (destination) => more('clusters').ofDestination(destination),
    },
    get sources() {
      return more('sources');
    },
    get rendered() {
      return more('rendered');
    },
    get objects() {
      return more('objects');
    },
    get folders() {
      return more('folders');
    },
    get requests() {
      return more('requests');
    },
    get asked() {
      return more('asked');
    },
    get wanted() {
      return more('wanted');
    },
    get wantedFiles() {
      return more('wantedFiles');
    },
  };
  return { watched, asked, isAll: () => isAll };
}

interface Watched {
  watched: DeploymentContext;
  asked: Kept['asked'];
  isAll(): boolean;
}

interface Kept {
  parts: unknown[];
  /** Whether each thing that was looked at is the very same. */
  asked: ((context: DeploymentContext) => boolean)[];
  deployment: Deployment;
}
