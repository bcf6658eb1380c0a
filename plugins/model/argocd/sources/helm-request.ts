/**
 * What an Application's `helm` block asks of Helm. Source: `helmTemplate` of Argo CD's
 * `reposerver/repository`.
 */
import { posix } from 'node:path';
import { asText, isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from '../../../base/index.ts';
import type { Capabilities, HelmRequest } from '../../../render/index.ts';
import type { Place, Reason } from '../../../source/index.ts';
import { withOwn } from '../../deployers/clusters.ts';
import type { FetchedChart } from '../../deployers/fetched-chart.ts';
import { elsewhere } from '../../deployers/fetched-tree.ts';
import { instanceNameOf, type ProjectHomes } from './instance-name.ts';
import type { Ref } from './owner.ts';
import { resolveValueFiles, substitute, type ValueFile } from './value-files.ts';

/**
 * The request, or why there is none: `error` for what Argo CD refuses, `unknown` for what only the network
 * has.
 */
export function helmRequest(
  source: JsonObject,
  directory: string,
  origin: Place,
  context: HelmContext,
): HelmRequest | { error: string } | { unknown: Reason } {
  const helm = objectAt(source, 'helm');
  const { packed } = context;
  const texts = (key: string) => textsAt(helm, key);
  const main = packed === null ? context.files : packed.files;
  const resolve = (valueFiles: string[], ignoreMissing: boolean) =>
    resolveValueFiles({
      ...{ appPath: directory, valueFiles, files: main, environment: context.env, ignoreMissing },
      ...(context.schemes === undefined ? {} : { schemes: context.schemes }),
      refs: new Map([...context.refs].map(([key, ref]) => [key, 'files' in ref ? ref.files : null])),
    });
  const files = resolve(texts('valueFiles'), helm.ignoreMissingValueFiles === true);
  if ('error' in files) return files;
  const across = new Map<string, string>();
  for (const { repository, path } of files.files) {
    if (repository === '') {
      const found = context.across(path);
      if ('why' in found) return { unknown: found };
      across.set(path, found.path);
      continue;
    }
    const ref = context.refs.get(repository);
    if (repository !== 'main' && (ref === undefined || 'hint' in ref))
      return {
        unknown: elsewhere(
          ref?.hint ?? null,
          `its value file ${repository}/${path} is in another repository`,
        ),
      };
  }
  const pathOf = ({ repository, path }: ValueFile) => {
    if (repository === 'main') return packed === null ? `${context.mount}${path}` : `/${path}`;
    const ref = context.refs.get(repository);
    if (repository === '') return across.get(path) ?? path;
    return ref !== undefined && 'mount' in ref ? `${ref.mount}${path}` : path;
  };
  const parameters = listAt(helm, 'parameters')
    .filter(isObject)
    .map((parameter) => ({
      name: textAt(parameter, 'name') ?? '',
      value: substitute(asText(parameter.value ?? ''), context.env),
      forceString: parameter.forceString === true,
    }));
  const fileParameters = listAt(helm, 'fileParameters')
    .filter(isObject)
    .flatMap((parameter) => {
      const path = textAt(parameter, 'path') ?? '';
      const resolved = resolve([path], false);
      const [file] = 'error' in resolved ? [] : resolved.files;
      return file === undefined ? [] : [{ name: textAt(parameter, 'name') ?? '', path: pathOf(file) }];
    });
  const inline = isObject(helm.valuesObject) ? helm.valuesObject : textAt(helm, 'values') || null;
  const request: HelmRequest = {
    type: 'Helm',
    origin,
    directory: `${context.mount}${posix.normalize(directory)}`.replace(/(.)\/\.$/, '$1'),
    packed: packed?.chart ?? null,
    release: textAt(helm, 'releaseName') || context.name,
    namespace: textAt(helm, 'namespace') || context.namespace,
    valueFiles: files.files.map(pathOf),
    values: typeof inline === 'string' ? knownVariables(inline, context.env) : inline,
    parameters,
    fileParameters,
    skipCrds: helm.skipCrds === true,
    skipTests: helm.skipTests === true,
    skipSchemaValidation: helm.skipSchemaValidation === true,
    cluster: {
      kubeVersion: textAt(helm, 'kubeVersion') || null,
      apiVersions: texts('apiVersions'),
      unsure: [],
    },
    // Argo CD renders with Helm and installs nothing with it.
    installed: false,
  };
  return { ...request, cluster: withOwn(context.answer(request), request.cluster) };
}

/** What Argo CD sets for every build of an application, as far as manifests tell. */
export function buildEnvironment(
  application: JsonObject,
  source: JsonObject,
  homes: ProjectHomes,
): Record<string, string> {
  const spec = objectAt(application, 'spec');
  return {
    ARGOCD_APP_NAME: instanceNameOf(application, homes),
    ARGOCD_APP_NAMESPACE: textAt(spec, 'destination', 'namespace') ?? '',
    ARGOCD_APP_PROJECT_NAME: textAt(spec, 'project') || 'default',
    ARGOCD_APP_SOURCE_PATH: textAt(source, 'path') ?? '',
    ARGOCD_APP_SOURCE_REPO_URL: textAt(source, 'repoURL') ?? '',
    ARGOCD_APP_SOURCE_TARGET_REVISION: textAt(source, 'targetRevision') ?? '',
  };
}

/** Only Argo CD's own variables: another placeholder is somebody else's, and is left alone. */
function knownVariables(text: string, env: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$(?:\{(ARGOCD_\w+)\}|(ARGOCD_\w+))/g, (whole, braced?: string, bare?: string) =>
    Object.hasOwn(env, braced ?? bare ?? '') ? substitute(whole, env) : whole,
  );
}

export interface HelmContext {
  /** Of the application. */
  name: string;
  /** Of its destination. */
  namespace: string | null;
  env: Readonly<Record<string, string>>;
  /** By `$key` of every source that has one. */
  refs: ReadonlyMap<string, Ref>;
  /** Files of the repository that the source is of, by their paths in it. */
  files: ReadonlySet<string>;
  /** What those paths begin with here: nothing where it is this repository. */
  mount: string;
  /** A chart that was fetched, and the files in it: then it is that chart's own files that are named. */
  packed: FetchedChart | null;
  /** Of addresses that value files may have; default Argo CD's. */
  schemes?: readonly string[] | undefined;
  /** Where a value file at an address stands, or why it is not known. */
  across(url: string): { path: string } | { why: string };
  /** What the cluster answers to the chart. */
  answer(chart: HelmRequest): Capabilities;
}
