import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { at, isObject, type JsonObject, type JsonValue, listAt, oncePer, textAt } from '../../base/index.ts';
import { parseYaml, toJson } from '../../source/index.ts';
import type { Repository } from '../repository-files.ts';
import { groupOf } from './patches.ts';

/**
 * What the patches of a kustomization may change of what objects are known by. After them every object still
 * has its kind, its namespace and what others have written into its annotations, or is gone.
 * @returns null where that is not certain, and where one is chosen by its annotations.
 */
export function changesOf(value: JsonObject, directory: string, repository: Repository): Change[] | null {
  const textOf = (path: string) => wholeText(posix.join(directory, path), repository);
  const changes: Change[] = [];
  for (const field of ['patches', 'patchesJson6902']) {
    for (const entry of listAt(value, field)) {
      if (!isObject(entry) || !isPlainEntry(entry)) return null;
      const path = textAt(entry, 'path');
      const text = path === undefined ? textAt(entry, 'patch') : textOf(path);
      const given = text === undefined ? null : knownGiven(text, repository);
      if (given === null) return null;
      if (given.names.length + given.groups.length > 0)
        changes.push({ ...given, kind: literally(entry, 'kind'), name: literally(entry, 'name') });
    }
  }
  for (const entry of listAt(value, 'patchesStrategicMerge')) {
    if (typeof entry !== 'string' || knownGiven(textOf(entry) ?? entry, repository) === null) return null;
  }
  return listAt(value, 'labels').every((entry) => at(entry, 'fields') === undefined) ? changes : null;
}

/** With what is hidden of it in the model. */
function wholeText(path: string, { file, pathOf }: Repository): string | undefined {
  const text = file(path)?.text;
  return text?.includes('\u2022') ? readFileSync(pathOf(path), 'utf8') : text;
}

function isPlainEntry(entry: JsonObject): boolean {
  const { target } = entry;
  if (entry.options !== undefined && entry.options !== null) return false;
  return target === undefined || (isObject(target) && target.annotationSelector === undefined);
}

/** What a patch's target says, where that is no expression; null for any. */
function literally(entry: JsonObject, field: string): string | null {
  const text = textAt(entry, 'target', field) ?? '';
  return /^[\w-]+$/.test(text) ? text : null;
}

/** Clusters have the same patches. */
function knownGiven(text: string, repository: Repository): Given | null {
  const known = patchesOf(repository);
  const earlier = known.get(text);
  if (earlier !== undefined) return earlier;
  const given = givenBy(text);
  known.set(text, given);
  return given;
}

const patchesOf = oncePer((_repository: Repository) => new Map<string, Given | null>());

function givenBy(text: string): Given | null {
  if (text.trim() === '' || unusual.test(text)) return null;
  const given: Given = { names: [], groups: [] };
  const isPlain = parseYaml(text).every((document) => {
    const { value } = toJson(document.contents);
    if (document.errors.length > 0) return false;
    if (Array.isArray(value)) return value.every((operation) => addGiven(operation, given));
    return value === null || (isObject(value) && isPlainMerge(value));
  });
  return isPlain ? given : null;
}

/** Adds what an operation of a JSON patch gives; false where it does something else to an identity. */
function addGiven(operation: JsonValue, given: Given): boolean {
  const from = textAt(operation, 'from');
  const path = textAt(operation, 'path');
  if (path === undefined || (from !== undefined && !isPlainPointer(from))) return false;
  if (isPlainPointer(path)) return true;
  const value = textAt(operation, 'value') ?? '';
  const isGiven = ['add', 'replace'].includes(textAt(operation, 'op') ?? '') && value !== '';
  if (isGiven && path === '/metadata/name') given.names.push(value);
  else if (isGiven && path === '/apiVersion') given.groups.push(groupOf({ apiVersion: value }));
  else return false;
  return true;
}

/** Whether it is of nothing that an object is known by, nor of all its annotations. */
function isPlainPointer(pointer: string): boolean {
  return !identity.test(pointer) && !kustomizesOwn.test(pointer.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function isPlainMerge(value: JsonObject): boolean {
  const { $patch: directive, metadata } = value;
  if (directive !== undefined && directive !== 'delete') return false;
  if (metadata === undefined) return true;
  if (!isObject(metadata) || Object.keys(metadata).some((key) => key.startsWith('$'))) return false;
  const { annotations } = metadata;
  if (annotations === undefined) return true;
  return isObject(annotations) && !Object.keys(annotations).some((key) => key.startsWith('$'));
}

/** What an object is known by, and what holds that. */
const identity = /^(?!\/)|^\/(?:apiVersion|kind|metadata(?:\/(?:name|namespace|annotations)?)?)?(?:\/$|$)/;
/** Annotations that say something to kustomize, */
const kustomizesOwn = /config\.(?:kubernetes|k8s)\.io\//;
/** and anchors. */
const unusual = new RegExp(`${kustomizesOwn.source}|(?:[:-]\\s+|[[{,]\\s*)&\\w`);

interface Given {
  names: string[];
  groups: string[];
}

/** Names and groups of which the objects may have one that are chosen by their kind and name. */
export interface Change extends Given {
  /** Null for any, as of `name`. */
  kind: string | null;
  name: string | null;
}
