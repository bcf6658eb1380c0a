import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, oncePer, stableStringify } from '../../base/index.ts';
import type { SourceBuild } from '../../render/index.ts';
import type { Place } from '../../source/index.ts';
import type { DeployerType } from './deployer-type.ts';
import type { Deployment, DeploymentContext } from './deployment-types.ts';

/**
 * What a deployer deploys, as it was found before in this process where the deployer is the very same and all
 * that was asked for it is answered as it was: by the engine, or not yet. One for which more was looked at
 * than can be asked again is looked at anew each time.
 */
export function keptDeployment(
  { deploymentOf }: DeployerType,
  value: JsonObject,
  origin: Place,
  context: DeploymentContext,
): Deployment {
  const before = kept.get(value);
  const parts = [...partsOf(context), ...placeParts(origin)];
  for (const known of [before?.answered, before?.waiting])
    if (
      known?.parts.every((part, index) => part === parts[index]) &&
      known.asked.every((ask) => ask(context))
    )
      return known.deployment;
  const { watched, asked, isAll, isAnswered } = watch(context);
  const deployment = deploymentOf(value, origin, watched);
  if (isAll())
    kept.set(value, { ...before, [isAnswered() ? 'answered' : 'waiting']: { parts, asked, deployment } });
  return deployment;
}

/** Each reading asks before the engine has answered, and again when it has. */
const kept = new WeakMap<JsonObject, { answered?: Kept; waiting?: Kept }>();

/** What is looked at whatever it deploys. */
const partsOf = oncePer((context: DeploymentContext): unknown[] => {
  const { repository, paths, mount, cluster, enabled, homes, valueSchemes } = context;
  const said = [homesText(homes), stableStringify(enabled), valueSchemes?.join('\0')];
  return [repository, paths, mount, cluster, ...said];
});

function placeParts({ file, line, column, endLine, endColumn }: Place): unknown[] {
  return [file, line, column, endLine, endColumn];
}

const homesText = oncePer((homes: DeploymentContext['homes']): string =>
  stableStringify([...homes].map(([name, namespaces]) => [name, ...namespaces])),
);

/** Notes what else is asked, with the answer, and whether that is all. */
function watch(context: DeploymentContext): Watched {
  const asked: Kept['asked'] = [];
  let isAll = true;
  let isAnswered = true;
  const note = <Ask extends Asking>(question: Question<Ask>, ...words: Parameters<Ask>): ReturnType<Ask> => {
    const answer = question.of(context)(...(words as never[])) as ReturnType<Ask>;
    asked.push(sameAnswer(question, words, answer));
    return answer;
  };
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
    fileAt: (path) => note(questions.fileAt, path),
    buildOf: (folder) => note(questions.buildOf, folder),
    ask(key, request) {
      const build = note(questions.ask, key, request);
      isAnswered &&= build !== undefined;
      return build;
    },
    clusters: {
      asked: {
        ofChart: (chart) => note(questions.ofChart, chart),
        ofKustomization: (folder) => note(questions.ofKustomization, folder),
      },
      answer: (cluster, asking) => note(questions.answer, cluster, asking),
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
    get wanted() {
      return more('wanted');
    },
    get wantedFiles() {
      return more('wantedFiles');
    },
  };
  return { watched, asked, isAll: () => isAll, isAnswered: () => isAnswered };
}

/** Apart from whoever notes it, so that nothing else of what it was asked of is held on to. */
function sameAnswer<Ask extends Asking>(
  { of, isSame }: Question<Ask>,
  words: Parameters<Ask>,
  answer: ReturnType<Ask>,
): (now: DeploymentContext) => boolean {
  return (now) => isSame(of(now)(...(words as never[])) as ReturnType<Ask>, answer);
}

const questions: Questions = {
  fileAt: { of: ({ fileAt }) => fileAt, isSame: Object.is },
  buildOf: { of: ({ buildOf }) => buildOf, isSame: Object.is },
  ask: { of: ({ ask }) => ask, isSame: areSameBuilds },
  ofChart: { of: ({ clusters }) => clusters.asked.ofChart, isSame: isDeepStrictEqual },
  ofKustomization: { of: ({ clusters }) => clusters.asked.ofKustomization, isSame: isDeepStrictEqual },
  answer: { of: ({ clusters }) => clusters.answer, isSame: isDeepStrictEqual },
};

/** Of what is deployed of them: the very same objects, and all else as it was. */
function areSameBuilds(one: SourceBuild | undefined, other: SourceBuild | undefined): boolean {
  if (one === other || one === undefined || other === undefined) return one === other;
  return (
    one.objects === other.objects &&
    isDeepStrictEqual([one.unverified, one.failure], [other.unverified, other.failure])
  );
}

interface Questions {
  fileAt: Question<DeploymentContext['fileAt']>;
  buildOf: Question<DeploymentContext['buildOf']>;
  ask: Question<DeploymentContext['ask']>;
  ofChart: Question<Clusters['asked']['ofChart']>;
  ofKustomization: Question<Clusters['asked']['ofKustomization']>;
  answer: Question<Clusters['answer']>;
}

type Clusters = DeploymentContext['clusters'];

/** Something that may be asked again, and whether it is answered as it was. */
interface Question<Ask extends Asking> {
  of(context: DeploymentContext): Ask;
  isSame(one: ReturnType<Ask>, other: ReturnType<Ask>): boolean;
}

type Asking = (...words: never[]) => unknown;

interface Watched {
  watched: DeploymentContext;
  asked: Kept['asked'];
  isAll(): boolean;
  /** By an engine, where one was asked. */
  isAnswered(): boolean;
}

interface Kept {
  parts: unknown[];
  /** Whether each thing that was asked is answered as it was. */
  asked: ((context: DeploymentContext) => boolean)[];
  deployment: Deployment;
}
