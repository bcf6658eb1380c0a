/** From a path of a rendered object back to the line that a person edits. */

import { at, type JsonObject, type JsonPath, stableStringify } from '../base/index.ts';
import type { Origin } from '../render/index.ts';
import type { Place, SourceDocument, Sources } from '../source/index.ts';
import { locateTransformer } from './transformers.ts';

/**
 * The place of `path`: in the object's own document where that says the same as what was rendered, else in
 * the kustomization or patch that wrote the value, else at the nearest ancestor that the document has.
 */
export function locateOrigin(sources: Sources, origin: Origin, rendered: JsonObject, path: JsonPath): Place {
  const document = documentOf(sources, origin);
  if (path.length === 0 || !document)
    return path.length === 0 || !document ? placeOf(origin) : document.place;
  const wanted = at(rendered, ...path);
  const written = at(document.value, ...path);
  if (
    origin.via.length > 0 &&
    wanted !== undefined &&
    stableStringify(written ?? null) !== stableStringify(wanted)
  ) {
    const transformer = locateTransformer(sources, origin.via, rendered, path);
    if (transformer) return transformer;
  }
  return nearestPlace(document, path) ?? placeOf(origin);
}

/**
 * The value at a path of a document; of a mapping or list its key, where a reader looks first; or the key of
 * its nearest ancestor there.
 */
function nearestPlace(document: SourceDocument, path: JsonPath): Place | undefined {
  const exact = document.locate(path);
  if (exact && (typeof path.at(-1) === 'number' || !isContainer(document, path))) return exact;
  if (exact) return document.locate(path, { key: true }) ?? exact;
  for (let length = path.length - 1; length > 0; length -= 1) {
    const part = path.slice(0, length);
    const place = document.locate(part, { key: true }) ?? document.locate(part);
    if (place) return place;
  }
  return undefined;
}

function isContainer(document: SourceDocument, path: JsonPath): boolean {
  const value = at(document.value, ...path);
  return typeof value === 'object' && value !== null;
}

/** The document that an origin names; undefined for objects that a generator made. */
function documentOf(sources: Sources, origin: Pick<Origin, 'file' | 'document'>): SourceDocument | undefined {
  const documents = sources.files.get(origin.file)?.documents ?? [];
  const candidate = documents[origin.document];
  return candidate?.index === origin.document
    ? candidate
    : documents.find((one) => one.index === origin.document);
}

export function placeOf({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

/** `spec.destinations[0].namespace`; keys that are no plain words are quoted. */
export function pathText(path: JsonPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[\w-]+$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}
