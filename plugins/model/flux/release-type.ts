/** Flux's HelmRelease → the objects that Helm makes of its chart. Source: helm-controller, `fluxcd/pkg`. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { type JsonObject, listAt, objectAt, textAt, textsAt } from '../../base/index.ts';
import { type HelmRequest, noAnswers } from '../../render/index.ts';
import { holdsPlaceholder, type Place, unverifiedChart } from '../../source/index.ts';
import type { DeployerType } from '../deployers/deployer-type.ts';
import type { Deployment, DeploymentContext, Single, SourceError } from '../deployers/deployment-types.ts';
import { emptyDeployment } from '../deployers/empty-deployment.ts';
import { chartAcross, type FetchedChart } from '../deployers/fetched-chart.ts';
import { elsewhere, treeAcross } from '../deployers/fetched-tree.ts';
import { addRendered, askEngine } from '../deployers/rendered-source.ts';
import { createTreeTold, inTree } from '../deployers/tree-context.ts';
import { identityOf } from '../identity.ts';
import { withCommonMetadata } from './common-metadata.ts';
import { isSettled, noteRevision } from './deployment.ts';
import { fluxCluster } from './flux-cluster.ts';
import { releaseValues } from './release-values.ts';
import { type SourceReference, sourceReference } from './source-reference.ts';
import { fluxSource, folderIn } from './sources.ts';

export const releaseType: DeployerType = {
  kind: 'HelmRelease',
  group: 'helm.toolkit.fluxcd.io',
  perDeployer: true,
  deploymentOf,
  clusterOf: fluxCluster,
  namespaceOf: releaseNamespace,
};

/** Its own namespace, unless it says another. */
function releaseNamespace(value: JsonObject): string | null {
  return textAt(value, 'spec', 'targetNamespace') || identityOf(value).namespace;
}

/** As Helm is given it: at most 53 characters, the rest made a digest. */
export function releaseName(value: JsonObject): string {
  const { name } = identityOf(value);
  const target = textAt(value, 'spec', 'targetNamespace');
  const whole = textAt(value, 'spec', 'releaseName') || (target ? `${target}-${name}` : name);
  if (whole.length <= 53) return whole;
  return `${whole.slice(0, 40)}-${createHash('sha256').update(whole).digest('hex').slice(0, 12)}`;
}

/** The chart that a HelmRelease names, by itself or through a HelmChart or an artifact. */
export function chartOf(
  value: JsonObject,
  near: string,
  context: Pick<DeploymentContext, 'objects'>,
): AskedChart {
  const { namespace } = identityOf(value);
  const inline = objectAt(value, 'spec', 'chart', 'spec');
  const reference = objectAt(value, 'spec', 'chartRef');
  if (textAt(reference, 'name') === undefined) return ofTemplate(inline, namespace, near);
  const source = sourceReference(reference, namespace, near);
  if (source.kind !== 'HelmChart') return { source, chart: '', version: null, template: {} };
  const object = context.objects.find('HelmChart', source.namespace, source.name, near);
  return object === undefined
    ? { source, chart: '', version: null, template: {} }
    : ofTemplate(objectAt(object, 'spec'), source.namespace, near);
}

function ofTemplate(template: JsonObject, namespace: string | null, near: string): AskedChart {
  return {
    source: sourceReference(objectAt(template, 'sourceRef'), namespace, near),
    chart: textAt(template, 'chart') ?? '',
    version: textAt(template, 'version') || null,
    template,
  };
}

function deploymentOf(value: JsonObject, origin: Place, context: DeploymentContext): Deployment {
  const asked = chartOf(value, origin.file, context);
  const { chart, version } = asked;
  const isFolder = asked.source.kind === 'GitRepository' || asked.source.kind === 'Bucket';
  const source = fluxSource(asked.source, chart, context);
  const listed = textsAt(asked.template, 'valuesFiles').map((file) => folderIn('.', file));
  const inner = folderIn('.', chart);
  const across =
    isFolder && source.git !== null
      ? treeAcross({ ...source.git, paths: [inner, ...listed], origin }, context)
      : null;
  const tree = across !== null && 'tree' in across ? across.tree : null;
  const own = isFolder && source.folder !== null ? folderIn(source.folder, chart) : null;
  const folder = tree === null ? own : posix.join(tree.mount, inner);
  // The address of an OCIRepository ends in the name of its chart.
  const url = (source.url ?? '').replace(/\/+$/, '');
  const isArtifact = chart === '';
  const deployment = emptyDeployment('Helm', [
    {
      repoURL:
        source.url === null
          ? source.said
          : isArtifact
            ? url.slice(0, Math.max(0, url.lastIndexOf('/')))
            : url,
      path: isFolder ? (own ?? chart) : null,
      chart: isFolder ? null : isArtifact ? posix.basename(url) || asked.source.name : chart,
      // Flux takes this tag where a source says nothing.
      targetRevision: isFolder ? source.revision : isArtifact ? (source.revision ?? 'latest') : version,
      ref: null,
      local: own !== null,
    },
  ]);
  const [said] = deployment.sources;
  const found =
    folder === null && !isFolder && source.url !== null && source.otherChart === null && said?.chart
      ? chartAcross(
          { repository: said.repoURL, chart: said.chart, asked: said.targetRevision },
          origin,
          context.sources,
        )
      : null;
  const packed = found !== null && 'files' in found ? found : null;
  if (folder === null && packed === null) {
    deployment.unverified.push(
      isFolder
        ? {
            kind: 'repository',
            what: `path ${chart} of ${source.said}`,
            ...elsewhere(across !== null && 'hint' in across ? across.hint : null, source.why),
            origin,
          }
        : unverifiedChart(
            { name: said?.chart ?? null, version: said?.targetRevision ?? null },
            found !== null && 'why' in found ? found : (source.otherChart ?? source.why),
            origin,
          ),
    );
    return deployment;
  }
  if (own !== null) noteRevision(source, own, deployment, origin, context);
  const errors: SourceError[] = [];
  const single: Single = { ...deployment, errors };
  if (packed !== null) render(value, { folder: '.', packed }, asked, single, origin, context);
  else if (folder !== null) {
    const there = tree === null ? context : inTree(tree, context);
    if (isChart(folder, single, origin, there))
      render(value, { folder, packed: null }, asked, single, origin, there);
  }
  if (tree !== null) {
    const told = createTreeTold(tree, origin);
    deployment.objects = deployment.objects.map(told.object);
    deployment.unverified = deployment.unverified.map(told.unverified);
    errors.splice(0, errors.length, ...errors.map(told.error));
  }
  deployment.refused = single.refused;
  deployment.pending = single.pending;
  const common = objectAt(value, 'spec', 'commonMetadata');
  deployment.objects = deployment.objects.map((object) => withCommonMetadata(object, common));
  const path =
    textAt(value, 'spec', 'chartRef', 'name') === undefined
      ? ['spec', 'chart', 'spec', 'chart']
      : ['spec', 'chartRef'];
  for (const error of errors)
    if (tree === null && isSettled({ spec: asked.template }, source, context))
      deployment.errors.push({ ...error, path });
    else
      deployment.unverified.push({
        kind: 'source',
        what: `path ${chart} of ${source.said}`,
        why: error.error,
        origin,
      });
  return errors.length > 0 || single.refused ? { ...deployment, objects: [] } : deployment;
}

/** Where it is none, that is told. */
function isChart(
  folder: string,
  single: Single,
  origin: Place,
  { repository, fileAt }: DeploymentContext,
): boolean {
  if (holdsPlaceholder(folder) || (!repository.directories.has(folder) && !repository.covers(folder))) {
    const why = holdsPlaceholder(folder)
      ? 'a variable in it is not known'
      : 'it lies outside the manifest folders that are read';
    single.unverified.push({ kind: 'path', what: `path ${folder}`, why, origin });
    return false;
  }
  if (fileAt(posix.join(folder, 'Chart.yaml')) !== undefined) return true;
  single.errors.push(
    repository.directories.has(folder)
      ? { error: `\`${folder}\` holds no \`Chart.yaml\`: it is no chart`, about: 'content' }
      : { error: `the path \`${folder}\` does not exist in this repository`, about: 'path' },
  );
  return false;
}

function render(
  value: JsonObject,
  { folder, packed }: { folder: string; packed: FetchedChart | null },
  { template }: AskedChart,
  single: Single,
  origin: Place,
  context: DeploymentContext,
): void {
  const spec = objectAt(value, 'spec');
  const values = releaseValues(
    spec,
    { namespace: identityOf(value).namespace, near: origin.file },
    context.objects,
  );
  const listed = textsAt(template, 'valuesFiles').map((file) => folderIn('.', file));
  const unknown = [
    ...values.unread.map((one) => `values of ${one}`),
    ...(listAt(spec, 'postRenderers').length > 0 ? ['what its post-renderers change'] : []),
    ...(listed.length > 0 && !listed.includes(posix.join(folder.slice(context.mount.length), 'values.yaml'))
      ? ["that the chart's own values do not count beside its value files"]
      : []),
  ];
  for (const what of unknown)
    single.unverified.push({
      kind: 'options',
      what,
      why: 'it is not read; what is shown is without it',
      origin,
    });
  const ignoresMissing = template.ignoreMissingValuesFiles === true;
  const files = packed?.files ?? context.paths;
  const request: HelmRequest = {
    type: 'Helm',
    origin,
    directory: folder,
    packed: packed?.chart ?? null,
    release: releaseName(value),
    namespace: releaseNamespace(value),
    valueFiles: listed
      .filter((file) => !ignoresMissing || files.has(file))
      .map((file) => (packed === null ? `${context.mount}${file}` : `/${file}`)),
    values: values.known,
    parameters: [],
    fileParameters: [],
    skipCrds: textAt(spec, 'install', 'crds') === 'Skip' || objectAt(spec, 'install').skipCRDs === true,
    skipTests: objectAt(spec, 'test').enable !== true,
    skipSchemaValidation: objectAt(spec, 'install').disableSchemaValidation === true,
    cluster: noAnswers,
    installed: true,
  };
  request.cluster = context.clusters.answer(context.cluster, context.clusters.asked.ofChart(request));
  const rendered = askEngine(request, single, context);
  single.charts.push(request);
  const step = { origin, what: `HelmRelease ${identityOf(value).name}` };
  if (rendered) addRendered(rendered, 'helm', folder, single, step);
}

interface AskedChart {
  source: SourceReference;
  /** Name, or path in its source; empty where the source is the chart. */
  chart: string;
  version: string | null;
  /** The `spec` that says so; empty where there is none. */
  template: JsonObject;
}
