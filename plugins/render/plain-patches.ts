import { posix } from 'node:path';
import { at, isObject, type JsonObject, type JsonValue, listAt, oncePer, textAt } from '../base/index.ts';
import { parseYaml, toJson } from '../source/index.ts';
import type { Repository } from './repository-files.ts';

/**
 * Whether after the patches of a kustomization every object still has its kind, its name, its namespace and
 * what others have written into its annotations, or is gone; and whether none is chosen by its annotations.
 */
export function keepsIdentities(value: JsonObject, directory: string, repository: Repository): boolean {
  const textOf = (path: string) => repository.file(posix.join(directory, path))?.text;
  for (const field of ['patches', 'patchesJson6902']) {
    for (const entry of listAt(value, field)) {
      if (!isObject(entry) || !isPlainEntry(entry)) return false;
      const path = textAt(entry, 'path');
      const text = path === undefined ? textAt(entry, 'patch') : textOf(path);
      if (text === undefined || !isKnownPlain(text, repository)) return false;
    }
  }
  for (const entry of listAt(value, 'patchesStrategicMerge')) {
    if (typeof entry !== 'string' || !isKnownPlain(textOf(entry) ?? entry, repository)) return false;
  }
  return listAt(value, 'labels').every((entry) => at(entry, 'fields') === undefined);
}

function isPlainEntry(entry: JsonObject): boolean {
  const { target } = entry;
  if (entry.options !== undefined && entry.options !== null) return false;
  return target === undefined || (isObject(target) && target.annotationSelector === undefined);
}

/** Clusters have the same patches. */
function isKnownPlain(text: string, repository: Repository): boolean {
  const known = patchesOf(repository);
  const isPlain = known.get(text) ?? isPlainPatch(text);
  known.set(text, isPlain);
  return isPlain;
}

const patchesOf = oncePer((_repository: Repository) => new Map<string, boolean>());

/** A text with bullets is one of which something is hidden. */
function isPlainPatch(text: string): boolean {
  if (text.trim() === '' || text.includes('\u2022') || unusual.test(text)) return false;
  const documents = parseYaml(text);
  return documents.every((document) => {
    const { value } = toJson(document.contents);
    if (document.errors.length > 0) return false;
    if (Array.isArray(value)) return value.every(isPlainOperation);
    return value === null || (isObject(value) && isPlainMerge(value));
  });
}

/** One of a JSON patch. */
function isPlainOperation(operation: JsonValue): boolean {
  const from = textAt(operation, 'from');
  const path = textAt(operation, 'path');
  return path !== undefined && !identity.test(path) && (from === undefined || !identity.test(from));
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

/**
 * What an object is known by, what holds that, and annotations: an operation on one may be refused where
 * there is no other.
 */
const identity =
  /^(?!\/)|^\/(?:apiVersion|kind|metadata(?:\/(?:name|namespace|annotations(?:\/.*)?))?)?(?:\/$|$)/;
/** Annotations that say something to kustomize, and anchors. */
const unusual = /config\.(?:kubernetes|k8s)\.io\/|(?:[:-]\s+|[[{,]\s*)&\w/;
