/**
 * What an application's source is, and which files a plain directory gives. Source: `util/app/discovery`,
 * `reposerver/repository`.
 */
import { compareText, isObject, type JsonObject, textAt } from '../../../base/index.ts';
import type { SourceType } from '../../types.ts';
import { gobwas } from '../projects/gobwas-glob.ts';

const blocks: [string, SourceType][] = [
  ['kustomize', 'Kustomize'],
  ['helm', 'Helm'],
  ['directory', 'Directory'],
  ['plugin', 'Plugin'],
];

/** The type that the source's own block names, or Argo CD's error where several do; null where none does. */
function explicitType(source: JsonObject): { type: SourceType } | { error: string } | null {
  const named = blocks.filter(([key]) => source[key] !== undefined && source[key] !== null);
  if (named.length > 1) {
    return { error: `multiple application sources defined: ${named.map(([, type]) => type).join(',')}` };
  }
  return named[0] ? { type: named[0][1] } : null;
}

/**
 * The type of an application: its own block, else what lies directly in its folder.
 * `files` are relative to the application's path; a type that is switched off becomes Directory.
 */
export function detectType(
  source: JsonObject,
  files: Iterable<string>,
  enabled: Partial<Record<SourceType, boolean>> = {},
): { type: SourceType } | { error: string } {
  const explicit = explicitType(source);
  if (explicit) {
    if ('error' in explicit) return explicit;
    return { type: enabled[explicit.type] === false ? 'Directory' : explicit.type };
  }
  let type: SourceType = 'Directory';
  for (const file of [...files].sort(compareText)) {
    if (file.includes('/')) continue;
    // The last one in byte order wins, so that a kustomization beats a Chart.yaml.
    if (file.endsWith('Chart.yaml') && enabled.Helm !== false) type = 'Helm';
    else if (isKustomizationName(file) && enabled.Kustomize !== false) type = 'Kustomize';
  }
  return { type };
}

/**
 * The types that argocd-cm leaves on: any text but `true` switches one off, and what would have been of it is
 * a folder.
 */
export function enabledTypes(settings: JsonObject): Partial<Record<SourceType, boolean>> {
  const isOn = (key: string): boolean => (textAt(settings, key) || 'true') === 'true';
  return {
    Kustomize: isOn('kustomize.enable'),
    Helm: isOn('helm.enable'),
    Directory: isOn('jsonnet.enable'),
  };
}

/** The names by which kustomize knows its file, directly in the folder. */
export function isKustomizationName(name: string): boolean {
  return name === 'kustomization.yaml' || name === 'kustomization.yml' || name === 'Kustomization';
}

/**
 * Blocks of a source that hold only zero values are no blocks (plugin excepted): Argo CD's normalisation of a
 * spec.
 */
export function normalizeSource(source: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(source)) {
    if (['kustomize', 'helm', 'directory'].includes(key) && isZero(value, key)) continue;
    result[key] = value;
  }
  return result;
}

// Argo CD's own test for an empty kustomize block does not look at these.
const overlooked = [
  'labelWithoutSelector',
  'forceCommonLabels',
  'labelIncludeTemplates',
  'commonAnnotationsEnvsubst',
  'forceCommonAnnotations',
];

function isZero(value: unknown, key = ''): boolean {
  if (value === null || value === undefined || value === '' || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isObject(value)) return false;
  return Object.entries(value).every(
    ([name, inner]) => (key === 'kustomize' && overlooked.includes(name)) || isZero(inner),
  );
}

/**
 * Files of a Directory source in the order in which they are read. `files` are relative to the application's
 * path. Globs are gobwas without separators on the relative path: `*.yaml` reaches into folders, `**` needs
 * one.
 */
export function selectFiles(files: Iterable<string>, directory: JsonObject): string[] {
  const include = typeof directory.include === 'string' ? directory.include : '';
  const exclude = typeof directory.exclude === 'string' ? directory.exclude : '';
  const included = include === '' ? null : gobwas(include);
  const excluded = exclude === '' ? null : gobwas(exclude);
  return [...files]
    .filter((file) => {
      if (directory.recurse !== true && file.includes('/')) return false;
      if (directory.disableExtensionFilter !== true && !/\.(yaml|yml|json|jsonnet)$/.test(file)) return false;
      return !excluded?.(file) && (included === null || included(file));
    })
    .sort((a, b) => compareText(walkKey(a), walkKey(b)));
}

/** A lexical walk compares name by name. */
function walkKey(path: string): string {
  return path.replaceAll('/', '\0');
}
