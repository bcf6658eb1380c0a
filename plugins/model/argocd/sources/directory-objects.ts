/**
 * Which documents of a Directory source's file Argo CD applies. Source: `reposerver/repository`
 * getObjsFromYAMLOrJson, findManifests.
 */
import { isObject, type JsonObject, textAt } from '../../../base/index.ts';

/** What a file says that it is not to be read. */
const skipMarker = '+argocd:skip-file-rendering';

/**
 * Argo CD's error where a folder's manifests are larger together than it reads, 10 MiB where nothing else is
 * set; null where they are not. Jsonnet does not count.
 */
export function combinedSizeFault(
  files: Iterable<{ name: string; text: string }>,
  limit = 10 * 1024 * 1024,
): string | null {
  let total = 0;
  for (const { name, text } of files) if (!name.endsWith('.jsonnet')) total += Buffer.byteLength(text);
  return total > limit ? `exceeded max combined manifest file size: ${total} bytes of ${limit}` : null;
}

/**
 * The documents that are objects. A JSON file holds exactly one. In YAML, a document without a kind ends the
 * reading: as a fault where the file clearly means to be a manifest, else without a word and without the rest
 * of the file.
 */
export function objectDocuments<T extends { value: JsonObject }>(
  file: DirectoryFile<T>,
): { documents: T[] } | { error: string } {
  const { name, text, documents } = file;
  if (text.includes(skipMarker)) return { documents: [] };
  if (name.endsWith('.json') || name.endsWith('.jsonnet')) {
    return file.broken ||
      file.count !== 1 ||
      documents.some(({ value }) => textAt(value, 'kind') === undefined)
      ? { error: `failed to unmarshal \`${name}\`: it is not exactly one object` }
      : { documents: [...documents] };
  }
  const bad = documents.findIndex(({ value }) => (textAt(value, 'kind') ?? '') === '');
  const good = bad < 0 ? documents : documents.slice(0, bad);
  if (bad < 0 && !file.broken) return { documents: [...documents] };
  const meant = good.length > 0 || ['apiVersion:', 'kind:', 'metadata:'].every((key) => text.includes(key));
  if (meant)
    return {
      error: `failed to unmarshal \`${name}\`: ${bad < 0 ? 'it is not valid YAML' : 'a document has no kind'}`,
    };
  return { documents: [] };
}

/**
 * The objects of one document: those of a list, none where `items` is null and nothing else says what it is.
 */
export function expandList(value: JsonObject): JsonObject[] {
  if (Array.isArray(value.items)) return value.items.filter(isObject);
  if (value.items === null && value.spec === undefined && value.status === undefined) return [];
  return [value];
}

export interface DirectoryFile<T> {
  /** Relative to the application's path. */
  name: string;
  text: string;
  /** In order; those that could not be parsed are not among them. */
  documents: readonly T[];
  /** How many values the file holds, lists not taken apart. */
  count: number;
  /** True where a part of the file could not be parsed. */
  broken: boolean;
}
