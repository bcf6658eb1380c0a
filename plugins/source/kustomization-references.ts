import {
  at,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  oncePer,
  textAt,
} from '../base/index.ts';

/**
 * Everything that a kustomization names as its input, remote or local, in the order of its fields. Also read
 * from the configuration of built-in plugins, whose paths are relative to the kustomization that lists them.
 * Follows `types.Kustomization` of kustomize v5.
 */
export const kustomizationReferences = oncePer((value: JsonObject): readonly Reference[] => {
  const found: Reference[] = [];
  const add = (use: ReferenceUse, path: JsonPath, target: JsonValue | undefined) => {
    if (typeof target === 'string' && target !== '' && !target.includes('\n'))
      found.push({ use, path, target });
  };
  for (const [field, use] of lists)
    for (const [index, item] of listAt(value, field).entries()) add(use, [field, index], item);
  for (const field of ['patches', 'patchesJson6902']) {
    for (const [index, item] of listAt(value, field).entries()) {
      const use = textAt(item, 'target', 'kind') === 'Secret' ? 'secret' : 'patch';
      add(use, [field, index, 'path'], at(item, 'path'));
    }
  }
  for (const [index, item] of listAt(value, 'patchesStrategicMerge').entries())
    if (typeof item === 'string' && !/^\s*[{$]|:\s/.test(item))
      add('patch', ['patchesStrategicMerge', index], item);
  for (const [index, item] of listAt(value, 'replacements').entries())
    add('configuration', ['replacements', index, 'path'], at(item, 'path'));
  add('configuration', ['openapi', 'path'], at(value, 'openapi', 'path'));
  for (const [field, use] of [
    ['configMapGenerator', 'data'],
    ['secretGenerator', 'secret'],
  ] as const)
    for (const [index, item] of listAt(value, field).entries()) addGenerator(add, use, [field, index], item);
  for (const field of ['helmCharts', 'helmChartInflationGenerator'])
    for (const [index, item] of listAt(value, field).entries()) addChart(add, [field, index], item);
  addPlugin(add, value);
  return found;
});

/**
 * True where kustomize would fetch a resource rather than read it: a URL, a Git address with or without a
 * user, or a bare path that begins with a host. Whether a local file of that name exists is for the caller to
 * see first.
 */
export function isRemote(target: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target) || /^(git::|gh:)/i.test(target)) return true;
  if (/^[\w.-]+@[\w.-]+[:/]/.test(target)) return true;
  if (/^(github|gitlab|bitbucket|codeberg|dev\.azure|ssh\.dev\.azure)\.(com|org)[:/]/i.test(target))
    return true;
  if (/[?&](ref|version|timeout|submodules)=/.test(target)) return true;
  return /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?[:/].*(\.git(\/|$)|\/\/|_git\/)/i.test(target);
}

function addGenerator(add: Add, use: ReferenceUse, path: JsonPath, item: JsonValue): void {
  for (const [index, file] of listAt(item, 'files').entries())
    if (typeof file === 'string') add(use, [...path, 'files', index], file.slice(file.indexOf('=') + 1));
  for (const [index, file] of listAt(item, 'envs').entries()) add(use, [...path, 'envs', index], file);
  add(use, [...path, 'env'], at(item, 'env'));
}

function addChart(add: Add, path: JsonPath, item: JsonValue): void {
  add('values', [...path, 'valuesFile'], at(item, 'valuesFile'));
  for (const [index, file] of listAt(item, 'additionalValuesFiles').entries())
    add('values', [...path, 'additionalValuesFiles', index], file);
}

function addPlugin(add: Add, value: JsonObject): void {
  const { kind } = value;
  if (kind === 'ConfigMapGenerator') addGenerator(add, 'data', [], value);
  if (kind === 'SecretGenerator') addGenerator(add, 'secret', [], value);
  if (kind === 'HelmChartInflationGenerator') addChart(add, [], value);
  if (typeof kind === 'string' && /^Patch(Json6902|StrategicMerge)?Transformer$/.test(kind)) {
    const paths = value.paths;
    add(isObject(value.target) && value.target.kind === 'Secret' ? 'secret' : 'patch', ['path'], value.path);
    if (Array.isArray(paths))
      for (const [index, path] of paths.entries()) add('patch', ['paths', index], path);
  }
}

const lists = [
  ['resources', 'resource'],
  ['bases', 'resource'],
  ['components', 'component'],
  ['crds', 'configuration'],
  ['configurations', 'configuration'],
  ['generators', 'plugin'],
  ['transformers', 'plugin'],
  ['validators', 'plugin'],
] as const;

type Add = (use: ReferenceUse, path: JsonPath, target: JsonValue | undefined) => void;

/** What kustomize does with an input; `secret` is data or a patch whose content must not be shown. */
export type ReferenceUse =
  | 'resource'
  | 'component'
  | 'patch'
  | 'data'
  | 'secret'
  | 'values'
  | 'configuration'
  | 'plugin';

export interface Reference {
  use: ReferenceUse;
  /** Where in the kustomization it is named. */
  path: JsonPath;
  /** As written, without the `key=` of a generator. */
  target: string;
}
