/**
 * `.argocd-source.yaml` and `.argocd-source-<application>.yaml`. Source: `reposerver/repository`
 * mergeSourceParameters.
 */
import { parseDocument } from 'yaml';
import { byName, isObject, type JsonObject, type JsonValue } from '../../../base/index.ts';
import { yamlValue } from '../../../base/yaml-value.ts';

/**
 * Names of the files that may change the source of an application, in the order in which they are applied.
 */
export function overrideNames(application: string): string[] {
  return ['.argocd-source.yaml', ...(application === '' ? [] : [`.argocd-source-${application}.yaml`])];
}

/**
 * The source after a file's patch. It is a JSON merge patch whose result Go decodes into the source as it
 * was: `null` removes nothing, maps only gain keys, an object in a list keeps what it does not name from the
 * one that stood there. Where the source comes from cannot be changed; fields that the API does not know are
 * dropped.
 */
export function mergeSource(source: JsonObject, text: string): { source: JsonObject } | { error: string } {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [fault] = document.errors;
  if (fault) return { error: fault.message.split('\n')[0] ?? 'it is no YAML' };
  let patch: unknown;
  try {
    patch = yamlValue(document);
  } catch {
    return { error: 'it cannot be read' };
  }
  if (patch === null || patch === undefined) return { source };
  if (!isObject(patch)) return { error: 'it is no mapping' };
  const merged: JsonObject = { ...source };
  for (const [key, fields] of Object.entries(blocks)) {
    const value = patch[key];
    if (value === undefined || value === null) continue;
    if (!isObject(value)) return { error: `\`${key}\` is no mapping` };
    const wrong = fields.lists.find(
      (field) => value[field] !== undefined && value[field] !== null && !Array.isArray(value[field]),
    );
    if (wrong !== undefined) return { error: `\`${key}.${wrong}\` is no list` };
    const known = [...fields.lists, ...fields.others];
    const own = isObject(source[key]) ? source[key] : {};
    merged[key] = decode(
      own,
      Object.fromEntries(Object.entries(value).filter(([field]) => known.includes(field))),
    );
  }
  for (const key of ['ref', 'name']) if (typeof patch[key] === 'string') merged[key] = patch[key];
  return { source: merged };
}

function decode(old: JsonObject, patch: JsonObject): JsonObject {
  const result: JsonObject = { ...old };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) continue;
    const own = result[key];
    // Raw JSON is taken whole after the merge, so that here `null` does remove.
    if (key === 'valuesObject') result[key] = mergePatch(own ?? null, value);
    else if (isObject(value)) result[key] = decode(isObject(own) ? own : {}, value);
    else if (Array.isArray(value)) result[key] = decodeList(Array.isArray(own) ? own : [], value);
    else result[key] = value;
  }
  return result;
}

function decodeList(old: readonly JsonValue[], list: readonly JsonValue[]): JsonValue[] {
  return list.map((item, index) => {
    const own = old[index];
    return isObject(item) ? decode(isObject(own) ? own : {}, item) : item;
  });
}

/** RFC 7396. */
function mergePatch(target: JsonValue, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key] ?? null, value);
  }
  return result;
}

// biome-ignore format: one table, read as one.
const blocks: Record<string, { lists: string[]; others: string[] }> = byName({
  helm: {
    lists: ['valueFiles', 'parameters', 'fileParameters', 'apiVersions'],
    others: ['releaseName', 'values', 'valuesObject', 'version', 'passCredentials', 'ignoreMissingValueFiles', 'skipCrds', 'skipTests',
      'skipSchemaValidation', 'namespace', 'kubeVersion'],
  },
  kustomize: {
    lists: ['images', 'replicas', 'patches', 'components', 'apiVersions'],
    others: ['namePrefix', 'nameSuffix', 'commonLabels', 'version', 'commonAnnotations', 'forceCommonLabels', 'forceCommonAnnotations',
      'namespace', 'commonAnnotationsEnvsubst', 'ignoreMissingComponents', 'labelWithoutSelector', 'labelIncludeTemplates', 'kubeVersion'],
  },
  directory: { lists: [], others: ['recurse', 'jsonnet', 'exclude', 'include', 'disableExtensionFilter'] },
  plugin: { lists: ['env', 'parameters'], others: ['name'] },
});
