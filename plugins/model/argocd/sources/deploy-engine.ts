/** Sources that an engine renders: kustomizations, and charts of this repository. */

import { asText, isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from '../../../base/index.ts';
import {
  type Capabilities,
  isHidden,
  knownOptions,
  noAnswers,
  refusedMetadata,
} from '../../../render/index.ts';
import { type Place, unverifiedChart } from '../../../source/index.ts';
import { withOwn } from '../../deployers/clusters.ts';
import type { DeploymentContext, Single } from '../../deployers/deployment-types.ts';
import { valuesAcross } from '../../deployers/fetched-tree.ts';
import { addBuild, addRendered, askEngine, isBuilt, type Step } from '../../deployers/rendered-source.ts';
import { buildEnvironment, type HelmContext, helmRequest } from './helm-request.ts';
import type { Owner } from './owner.ts';
import { isKustomizationName } from './source-type.ts';
import { asksForRevision, substitute } from './value-files.ts';

/** A kustomization: its own build, or with the application's options one that is asked for. */
export function deployBuild(
  folder: string,
  source: JsonObject,
  single: Single,
  owner: Owner,
  context: DeploymentContext,
): Single {
  const { origin } = owner;
  const build = context.buildOf(folder);
  if (!build && !context.filesIn(folder).some(isKustomizationName)) {
    const error = `\`${folder}\` holds no kustomization: there is nothing that \`kustomize\` could change`;
    single.errors.push({ error, about: 'content' });
    return single;
  }
  const isElsewhere = context.mount !== '';
  if (!isElsewhere && !isBuilt(folder, single, origin, context)) return single;
  single.directories.push(folder);
  const written = objectAt(source, 'kustomize');
  const { kubeVersion: _, apiVersions: __, ...rest } = written;
  const options = Object.fromEntries(Object.entries(rest).filter(([key]) => knownOptions.has(key)));
  const others = Object.keys(written).filter((key) => !knownOptions.has(key));
  if (others.length > 0) {
    single.unverified.push({
      kind: 'options',
      what: `\`kustomize\` options of the application: ${others.sort().join(', ')}`,
      why: 'it is not known what they do; what is shown is without them',
      origin,
    });
  }
  if (listAt(options, 'patches').some(isHidden)) {
    single.unverified.push({
      kind: 'options',
      what: 'a patch of a Secret among the options of the application',
      why: 'what it writes is not read',
      origin,
    });
  }
  const refused = refusedMetadata(kustomizationOf(folder, context), options);
  if (refused !== null) {
    single.errors.push({ error: refused, about: 'content' });
    return single;
  }
  const cluster = clusterFor(folder, written, context);
  const changes = Object.keys(options).some((key) => key !== 'version');
  if (changes || cluster.isOwn || isElsewhere) {
    const env = buildEnvironment(owner.application, source, context.homes);
    noteRevision(
      JSON.stringify([options.images, options.commonLabels, options.commonAnnotations]),
      single,
      origin,
    );
    const rendered = askEngine(
      {
        type: 'Kustomize',
        origin,
        directory: folder,
        options: withEnvironment(options, env),
        resources: null,
        cluster: cluster.answer,
      },
      single,
      context,
    );
    if (rendered) return addRendered(rendered, 'kustomize', folder, single, stepOf(owner));
  }
  return addBuild(folder, single, context);
}

/**
 * What Argo CD tells the charts of a kustomization of the cluster. `isOwn`: it is another answer than they
 * get whoever deploys them.
 */
function clusterFor(
  folder: string,
  written: JsonObject,
  { clusters, cluster }: DeploymentContext,
): { answer: Capabilities; isOwn: boolean } {
  const questions = clusters.asked.ofKustomization(folder);
  if (questions === null) return { answer: noAnswers, isOwn: false };
  const answer = withOwn(clusters.answer(cluster, questions), {
    kubeVersion: textAt(written, 'kubeVersion') || null,
    apiVersions: textsAt(written, 'apiVersions'),
  });
  return { answer, isOwn: JSON.stringify(answer) !== JSON.stringify(clusters.answer(null, questions)) };
}

function kustomizationOf(folder: string, { filesIn, fileAt }: DeploymentContext): JsonObject {
  const name = filesIn(folder).find(isKustomizationName) ?? '';
  return fileAt(folder === '.' ? name : `${folder}/${name}`)?.documents[0]?.value ?? {};
}

/**
 * A chart: what Helm renders of it with what the application says.
 * @param packed the chart where it was fetched; the folder is then the one that it is packed from.
 */
export function deployChart(
  folder: string,
  source: JsonObject,
  single: Single,
  owner: Owner,
  context: DeploymentContext,
  packed: HelmContext['packed'] = null,
): Single {
  const { application, origin, refs } = owner;
  const request = helmRequest(source, withoutMount(folder, context), origin, {
    name: textAt(application, 'metadata', 'name') ?? '',
    namespace: textAt(application, 'spec', 'destination', 'namespace') || null,
    env: buildEnvironment(application, source, context.homes),
    refs,
    files: context.paths,
    mount: context.mount,
    packed,
    schemes: context.valueSchemes,
    across: (url) => valuesAcross(url, origin, context),
    answer: (chart) => context.clusters.answer(context.cluster, context.clusters.asked.ofChart(chart)),
  });
  if ('error' in request) {
    single.errors.push({ error: request.error, about: 'content' });
    return single;
  }
  if ('unknown' in request) {
    const named =
      packed === null
        ? { directory: withoutMount(folder, context) }
        : { name: packed.chart.chart, version: packed.chart.version };
    single.unverified.push(unverifiedChart(named, request.unknown, origin));
    return single;
  }
  noteRevision(request.parameters.map(({ value }) => value).join('\n'), single, origin);
  const rendered = askEngine(request, single, context);
  single.charts.push(request);
  return rendered ? addRendered(rendered, 'helm', folder, single, stepOf(owner)) : single;
}

/** A folder as its own repository calls it. */
function withoutMount(folder: string, { mount }: DeploymentContext): string {
  return mount === '' ? folder : folder.slice(mount.length) || '.';
}

/** The Application as a step on the way to what it deploys. */
function stepOf({ application, origin }: Owner): Step {
  return { origin, what: `Application ${textAt(application, 'metadata', 'name') ?? ''}` };
}

/**
 * The commit that is deployed is known to no manifest: where it is asked for, the name of the variable is
 * shown.
 */
function noteRevision(text: string, single: Single, origin: Place): void {
  if (asksForRevision(text))
    single.unverified.push({
      kind: 'options',
      what: '`$ARGOCD_APP_REVISION` in the options of the application',
      why: 'the commit that is deployed is not known; what is shown names the variable',
      origin,
    });
}

/** Labels, annotations and images may hold the variables of a build. */
function withEnvironment(options: JsonObject, env: Readonly<Record<string, string>>): JsonObject {
  const images = listAt(options, 'images').map((image) =>
    typeof image === 'string' ? substitute(image, env) : image,
  );
  const changed: JsonObject = images.length > 0 ? { ...options, images } : { ...options };
  for (const field of ['commonLabels', 'commonAnnotations']) {
    const own = objectAt(options, field);
    if (field === 'commonAnnotations' && options.commonAnnotationsEnvsubst !== true) continue;
    if (isObject(options[field]))
      changed[field] = Object.fromEntries(
        Object.entries(own).map(([key, value]) => [key, substitute(asText(value ?? ''), env)]),
      );
  }
  return changed;
}
