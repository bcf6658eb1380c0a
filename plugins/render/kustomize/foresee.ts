/** Where a build's objects come from, told from its files before the engine runs. */
import { posix } from 'node:path';
import { at, type JsonObject, type JsonValue, listAt, oncePer, textAt } from '../../base/index.ts';
import type { SourceFile } from '../../source/index.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { Closures } from '../analysis/closure.ts';
import type { Repository } from '../repository-files.ts';
import type { Traced } from './engine-annotations.ts';
import { type Change, changesOf } from './patch-changes.ts';
import { groupOf } from './patches.ts';

/**
 * What kustomize would write about the objects of a build into annotations, which take it as long as the
 * build itself: it reads and writes them anew for each object at each transformer. In most kustomizations
 * they follow from the files: an object keeps its kind from its file to the output, what it may be called
 * there is known, and every transformer of a kustomization runs over all that it holds until then. Source:
 * `accumulateTarget` of kustomize's `api/internal/target`, the same from 5.2 to 5.8.
 * @param readAs a kustomization as the engine reads it.
 * @returns null where something may make an object, call one by what is not known, or write over all its
 * annotations; then only the engine can tell.
 */
export function foresee(top: Analysis, { closures, repository, readAs }: ForeseeContext): Foreseen[] | null {
  if (top.generated !== null) return null;
  const open = new Set<Analysis>();
  /** Adds what a kustomization holds to what is there; false where it cannot be told. */
  const accumulate = (analysis: Analysis, way: string, held: Foreseen[]): boolean => {
    const value = readAs(analysis);
    if (value === undefined || open.has(analysis) || !isPlain(analysis, value)) return false;
    open.add(analysis);
    const here = posix.join(way, posix.basename(analysis.file.path));
    for (const target of listAt(value, 'resources')) {
      if (typeof target !== 'string' || !isPlainPath(target)) return false;
      const path = posix.join(analysis.directory, target);
      const file = repository.file(path);
      const inner = file === undefined ? closures.analysis(path) : undefined;
      const added = file === undefined ? [] : documentsOf(file, posix.join(way, target));
      if (added === null) return false;
      if (file === undefined && (!inner || !accumulate(inner, posix.join(way, target), added))) return false;
      held.push(...added);
    }
    for (const [field, kind] of generators) {
      for (const entry of listAt(value, field)) if (!addGenerated(entry, kind, here, held)) return false;
    }
    for (const target of listAt(value, 'components')) {
      if (typeof target !== 'string' || !isPlainPath(target)) return false;
      const inner = closures.analysis(posix.join(analysis.directory, target));
      if (!inner || !accumulate(inner, posix.join(way, target), held)) return false;
    }
    const changes = changesOf(value, analysis.directory, repository);
    if (changes === null || !rename(held, value, changes)) return false;
    if (!listAt(value, 'configurations').every((path) => isPlainConfiguration(path, analysis, repository)))
      return false;
    const namespace = textAt(value, 'namespace') ?? '';
    for (const one of held) {
      if (namespace !== '') putInto(namespace, one);
      if (transforms(value) && !one.touched.includes(here)) one.touched.push(here);
    }
    open.delete(analysis);
    return true;
  };
  const held: Foreseen[] = [];
  return accumulate(top, '', held) ? held : null;
}

/** Whether it tells of nothing but where else in objects images stand and others are referred to. */
function isPlainConfiguration(path: JsonValue, { directory }: Analysis, { file }: Repository): boolean {
  if (typeof path !== 'string' || !isPlainPath(path)) return false;
  const documents = file(posix.join(directory, path))?.documents ?? [];
  return (
    documents.length === 1 &&
    documents.every(({ value }) =>
      Object.entries(value).every(([field, entries]) => {
        if (!['images', 'nameReference'].includes(field) || !Array.isArray(entries)) return false;
        const fields = entries.flatMap((entry) => (field === 'images' ? entry : listAt(entry, 'fieldSpecs')));
        return fields.every((one) => /^\/?spec\//.test(textAt(one, 'path') ?? ''));
      }),
    )
  );
}

/** A Namespace gets the name of what a kustomization puts all into. */
function putInto(namespace: string, { kind, names, namespaces }: Foreseen): void {
  namespaces.add(namespace);
  if (kind === 'Namespace') names.add(namespace);
}

/** Adds what objects may be called from then on; false where patches and affixes do it in their turn. */
function rename(held: readonly Foreseen[], value: JsonObject, changes: readonly Change[]): boolean {
  const [prefix, suffix] = [textAt(value, 'namePrefix') ?? '', textAt(value, 'nameSuffix') ?? ''];
  if (prefix !== '' || suffix !== '') {
    // Some kinds keep their names.
    for (const { names } of held) for (const name of [...names]) names.add(`${prefix}${name}${suffix}`);
    return changes.length === 0;
  }
  for (const { kind, name, names, groups } of changes) {
    for (const one of held) {
      if ((kind !== null && kind !== one.kind) || (name !== null && !one.names.has(name))) continue;
      for (const given of names) one.names.add(given);
      for (const given of groups) one.groups.add(given);
    }
  }
  return true;
}

/** Whether it has nothing but fields whose doing is known here. */
function isPlain(analysis: Analysis, value: JsonObject): boolean {
  return (
    !analysis.charts &&
    analysis.rewrites.length === 0 &&
    Object.entries(value).every(([field, inner]) => known.has(field) || isEmpty(inner))
  );
}

function isEmpty(value: JsonValue): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === '';
}

/** No address, and none that kustomize could take for one. */
export function isPlainPath(target: string): boolean {
  return /^[\w./+-]+$/.test(target) && !/^\/|\/\/|\.git|_git|github\.com/i.test(target);
}

/** Whether any transformer comes of its fields. */
function transforms(value: JsonObject): boolean {
  return transformers.some((field) => value[field] !== undefined && !isEmpty(value[field]));
}

function documentsOf(file: SourceFile, path: string): Foreseen[] | null {
  const origin = { path, generator: null, generatorKind: null };
  return (
    plainObjects(file)?.map(({ group, kind, name, namespace }) => ({
      kind,
      ...origin,
      groups: new Set([group]),
      names: new Set([name]),
      namespaces: new Set([namespace]),
      hashed: false,
      touched: [],
    })) ?? null
  );
}

/** Null for a file with something else than plain objects in it. */
const plainObjects = oncePer(({ role, text, documents }: SourceFile): PlainObject[] | null => {
  if (role !== 'manifest' || unusual.test(text)) return null;
  const found: PlainObject[] = [];
  for (const { value } of documents) {
    const [kind, name] = [textAt(value, 'kind') ?? '', textAt(value, 'metadata', 'name') ?? ''];
    const namespace = at(value, 'metadata', 'namespace');
    if (kind === '' || kind.endsWith('List') || name === '' || typeof value.apiVersion !== 'string')
      return null;
    if (namespace !== undefined && (typeof namespace !== 'string' || namespace === '')) return null;
    found.push({ group: groupOf(value), kind, name, namespace });
  }
  return found;
});

/**
 * What a generator makes, or does to what was made before: one that is merged stays where it comes from, one
 * that is replaced is of the generator from then on. False where it is not certain which one that is.
 */
function addGenerated(entry: JsonValue, kind: string, generator: string, held: Foreseen[]): boolean {
  const name = textAt(entry, 'name') ?? '';
  const behavior = textAt(entry, 'behavior') ?? 'create';
  if (name === '') return false;
  const own = { path: null, generator, generatorKind: `${kind}Generator` };
  if (behavior === 'create') {
    const namespaces = new Set([textAt(entry, 'namespace')]);
    const called = { kind, groups: new Set(['']), names: new Set([name]), namespaces };
    held.push({ ...called, hashed: true, ...own, touched: [] });
    return true;
  }
  const [one, another] = held.filter(
    (made) => made.groups.has('') && made.kind === kind && made.names.has(name),
  );
  if (one === undefined || another !== undefined || one.names.size > 1) return false;
  one.hashed = true;
  if (behavior === 'replace') Object.assign(one, own);
  return behavior === 'replace' || behavior === 'merge';
}

const generators = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;

const transformers = [
  'patchesStrategicMerge',
  'patches',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'commonLabels',
  'labels',
  'commonAnnotations',
  'patchesJson6902',
  'replicas',
  'images',
];

const known = new Set([
  ...['apiVersion', 'kind', 'metadata', 'resources', 'components', 'generatorOptions', 'sortOptions'],
  'configurations',
  ...generators.map(([field]) => field),
  ...transformers,
]);

/**
 * Annotations that say something to kustomize, lists, which it takes apart, and anchors, behind which two
 * places are one.
 */
const unusual = /config\.(?:kubernetes|k8s)\.io\/|kind["']?\s*:\s*["']?\w*List\b|(?:[:-]\s+|[[{,]\s*)&\w/;

interface PlainObject {
  group: string;
  kind: string;
  name: string;
  namespace: string | undefined;
}

interface ForeseeContext {
  closures: Closures;
  repository: Repository;
  readAs(analysis: Analysis): JsonObject | undefined;
}

/** An object that the output will hold, unless a patch removes it. */
export interface Foreseen extends Traced {
  kind: string;
  /** One of them, */
  groups: Set<string>;
  /** of these, which are those that it had on the way, too, */
  names: Set<string>;
  /** whether a hash may follow it, */
  hashed: boolean;
  /** and of these. */
  namespaces: Set<string | undefined>;
}
