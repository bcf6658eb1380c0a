/**
 * Flux's Kustomization → the objects that it applies. Source: kustomize-controller, `fluxcd/pkg/kustomize`.
 */
import { posix } from 'node:path';
import {
  compareText,
  isObject,
  isUnder,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
} from '../../base/index.ts';
import { isHidden, noAnswers } from '../../render/index.ts';
import { holdsPlaceholder, type Place } from '../../source/index.ts';
import { isKustomizationName } from '../argocd/sources/source-type.ts';
import type { DeployerType } from '../deployers/deployer-type.ts';
import type { Deployment, DeploymentContext, Single, SourceError } from '../deployers/deployment-types.ts';
import { emptyDeployment } from '../deployers/empty-deployment.ts';
import { artifactAcross, elsewhere, treeAcross } from '../deployers/fetched-tree.ts';
import { addBuild, addRendered, askEngine, isBuilt } from '../deployers/rendered-source.ts';
import { createTreeTold, inTree } from '../deployers/tree-context.ts';
import { identityOf } from '../identity.ts';
import { withCommonMetadata } from './common-metadata.ts';
import { isSettled, noteRevision } from './deployment.ts';
import { fluxCluster } from './flux-cluster.ts';
import { generatedResources } from './generated-resources.ts';
import { createIgnore } from './source-ignore.ts';
import { sourceReference } from './source-reference.ts';
import { fluxSource, folderIn } from './sources.ts';
import { substituted } from './substitution.ts';
import { variablesOf } from './variables.ts';

export const kustomizationType: DeployerType = {
  kind: 'Kustomization',
  group: 'kustomize.toolkit.fluxcd.io',
  perDeployer: true,
  deploymentOf,
  clusterOf: fluxCluster,
  namespaceOf: (value) => textAt(value, 'spec', 'targetNamespace') || null,
};

function deploymentOf(value: JsonObject, origin: Place, context: DeploymentContext): Deployment {
  const spec = objectAt(value, 'spec');
  const { namespace } = identityOf(value);
  const path = textAt(spec, 'path') ?? '';
  const source = fluxSource(
    sourceReference(objectAt(spec, 'sourceRef'), namespace, origin.file),
    path,
    context,
  );
  const inner = folderIn('.', path);
  const across =
    source.artifact !== null
      ? artifactAcross({ ...source.artifact, origin }, context)
      : source.git === null
        ? null
        : treeAcross({ ...source.git, paths: [inner], origin }, context);
  const tree = across !== null && 'tree' in across ? across.tree : null;
  const own = source.folder === null ? null : folderIn(source.folder, path);
  const folder = tree === null ? own : posix.join(tree.mount, inner);
  const deployment = emptyDeployment('Kustomize', [
    {
      repoURL: source.url ?? source.said,
      path: own ?? path,
      chart: null,
      targetRevision: source.revision,
      ref: null,
      local: own !== null,
    },
  ]);
  if (folder === null) {
    deployment.unverified.push({
      kind: 'repository',
      what: `path ${path || '.'} of ${source.said}`,
      ...elsewhere(across !== null && 'hint' in across ? across.hint : null, source.why),
      origin,
    });
    return deployment;
  }
  if (tree === null) noteRevision(source, folder, deployment, origin, context);
  const errors: SourceError[] = [];
  const single: Single = { ...deployment, errors };
  deploy(value, folder, single, origin, tree === null ? context : inTree(tree, context));
  deployment.refused = single.refused;
  deployment.pending = single.pending;
  if (tree !== null) {
    // Nothing of it is a file of this repository.
    const told = createTreeTold(tree, origin);
    deployment.objects = deployment.objects.map(told.object);
    deployment.unverified = deployment.unverified.map(told.unverified);
    for (const list of [deployment.directories, deployment.files, deployment.reads]) list.length = 0;
    errors.splice(0, errors.length, ...errors.map(told.error));
  }
  if (errors.length === 0) finish(value, deployment, errors, origin, context);
  const { included, said } = source;
  const inside = included.filter((to) => isUnder(inner, to));
  // A kustomization says which files count; else all below the folder do.
  if (errors.length === 0 && !isListed(folder, tree === null ? context : inTree(tree, context)))
    for (const to of inside)
      deployment.unverified.push({
        ...{ kind: 'repository', what: `path ${to} of ${said}`, origin },
        why: 'another source is copied there (`include`)',
      });
  for (const error of errors)
    if (tree === null && included.length === 0 && isSettled(value, source, context))
      deployment.errors.push({ ...error, path: error.about === 'path' ? ['spec', 'path'] : ['spec'] });
    else
      deployment.unverified.push({
        kind: 'source',
        what: `path ${path || '.'} of ${source.said}`,
        why: error.error,
        origin,
      });
  return errors.length > 0 || single.refused
    ? { ...deployment, objects: [], directories: [], files: [] }
    : deployment;
}

function isListed(folder: string, { filesIn }: DeploymentContext): boolean {
  return filesIn(folder).some(isKustomizationName);
}

/** What kustomize makes of the folder, with what the Kustomization adds to it. */
function deploy(
  value: JsonObject,
  folder: string,
  single: Single,
  origin: Place,
  context: DeploymentContext,
): void {
  const spec = objectAt(value, 'spec');
  if (holdsPlaceholder(folder)) {
    single.unverified.push({
      kind: 'path',
      what: `path ${folder}`,
      why: 'a variable in it is not known',
      origin,
    });
    return;
  }
  if (!context.repository.directories.has(folder)) {
    if (!context.repository.covers(folder))
      single.unverified.push({
        kind: 'path',
        what: `path ${folder}`,
        why: 'it lies outside the manifest folders that are read',
        origin,
      });
    else
      single.errors.push({
        error: `the path \`${folder}\` ${context.paths.has(folder) ? 'is a file, not a folder' : 'does not exist in this repository'}`,
        about: 'path',
      });
    return;
  }
  const names = context.filesIn(folder);
  const options = optionsOf(spec);
  const step = { origin, what: `Kustomization ${identityOf(value).name}` };
  if (listAt(options, 'patches').some(isHidden))
    single.unverified.push({
      kind: 'options',
      what: 'a patch of a Secret among the patches of the Kustomization',
      why: 'what it writes is not read',
      origin,
    });
  const request = {
    type: 'Kustomize' as const,
    origin,
    directory: folder,
    options,
    // kustomize-controller inflates no charts.
    cluster: noAnswers,
  };
  if (names.some(isKustomizationName)) {
    const isElsewhere = context.mount !== '';
    if (!isElsewhere && !isBuilt(folder, single, origin, context)) return;
    single.directories.push(folder);
    if (!isElsewhere && Object.keys(options).length === 0) {
      addBuild(folder, single, context);
      return;
    }
    const rendered = askEngine({ ...request, resources: null }, single, context);
    if (rendered) addRendered(rendered, 'kustomize', folder, single, step);
    else if (!isElsewhere) addBuild(folder, single, context);
    return;
  }
  const generated = scan(folder, names, value, origin.file, context);
  if ('error' in generated) {
    single.errors.push({ error: generated.error, about: 'content' });
    return;
  }
  const { folders, files } = generated;
  const inside = (name: string): string => posix.join(folder, name);
  single.reads.push(...folders.map(inside), ...files.map(inside));
  single.directories.push(...folders.map(inside));
  single.files.push(...files.map(inside));
  const resources = [...folders, ...files].sort((a, b) => compareText(walkKey(a), walkKey(b)));
  if (resources.length === 0) return;
  const rendered = askEngine({ ...request, resources }, single, context);
  if (rendered) addRendered(rendered, 'kustomize', folder, single, step);
}

function scan(
  folder: string,
  names: readonly string[],
  value: JsonObject,
  near: string,
  { fileAt, mount, objects, paths }: DeploymentContext,
): ReturnType<typeof generatedResources> {
  const inside = (name: string): string => posix.join(folder, name);
  const { kind, namespace, name } = sourceReference(
    objectAt(value, 'spec', 'sourceRef'),
    identityOf(value).namespace,
    near,
  );
  const own = objects.find(kind, namespace, name, near);
  const ignores = [...paths].filter((path) => posix.basename(path) === '.sourceignore');
  const isIgnored = createIgnore(
    textAt(own, 'spec', 'ignore') ?? null,
    ignores.map((path) => ({ path, text: fileAt(`${mount}${path}`)?.text ?? '' })),
  );
  return generatedResources(
    names.filter((path) => !isIgnored(inside(path).slice(mount.length))),
    (path) => {
      const file = fileAt(inside(path));
      return (
        file && {
          text: file.text,
          values: file.documents.map((document) => document.value),
          broken: file.role === 'broken',
        }
      );
    },
  );
}

/** What is done to the objects after kustomize: variables, then the labels and annotations of all. */
function finish(
  value: JsonObject,
  deployment: Deployment,
  errors: SourceError[],
  origin: Place,
  context: DeploymentContext,
): void {
  const { postBuild, commonMetadata } = objectAt(value, 'spec');
  const referrer = { namespace: identityOf(value).namespace, near: origin.file };
  const variables = isObject(postBuild) ? variablesOf(postBuild, referrer, context.objects) : null;
  const unknown = new Set<string>();
  if (variables !== null && 'error' in variables)
    errors.push({ error: `post build failed: ${variables.error}`, about: 'content' });
  else if (variables !== null)
    deployment.objects = deployment.objects.map((object) => {
      const made = substituted(object, variables);
      if ('error' in made) {
        errors.push({ error: made.error, about: 'content' });
        return object;
      }
      for (const name of made.names) unknown.add(name);
      if (made.unknown !== null) deployment.unverified.push(made.unknown);
      return made.object;
    });
  deployment.unknownVariables = [...unknown].sort(compareText);
  if (isObject(commonMetadata))
    deployment.objects = deployment.objects.map((object) => withCommonMetadata(object, commonMetadata));
}

/** What it writes into the kustomization, as options that kustomize is given. */
function optionsOf(spec: JsonObject): JsonObject {
  const options: JsonObject = {};
  for (const [field, option] of [
    ['targetNamespace', 'namespace'],
    ['namePrefix', 'namePrefix'],
    ['nameSuffix', 'nameSuffix'],
  ] as const)
    if (textAt(spec, field)) options[option] = spec[field] ?? null;
  const patches = [
    ...listAt(spec, 'patches'),
    ...listAt(spec, 'patchesStrategicMerge').map((patch) => ({ patch: JSON.stringify(patch) })),
    ...listAt(spec, 'patchesJson6902').map((one) => ({
      patch: JSON.stringify(listAt(one, 'patch')),
      target: objectAt(one, 'target'),
    })),
  ];
  if (patches.length > 0) options.patches = patches;
  for (const field of ['components', 'images'])
    if (listAt(spec, field).length > 0) options[field] = listAt(spec, field);
  if (spec.ignoreMissingComponents === true && options.components !== undefined)
    options.ignoreMissingComponents = true;
  return options;
}

/** A walk compares name by name. */
function walkKey(path: string): string {
  return path.replaceAll('/', '\0');
}
