/** Which field of a kustomization, or which of its patches, wrote a value of a rendered object. */
import { posix } from 'node:path';
import {
  asText,
  at,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  objectAt,
  oncePer,
  textAt,
} from '../base/index.ts';
import {
  type Place,
  parseYaml,
  type SourceDocument,
  type Sources,
  toJson,
  type Via,
} from '../source/index.ts';
import { identityOf } from './identity.ts';

/**
 * The outermost kustomization on the way is applied last: it is asked first. Undefined where none is seen to
 * write the path.
 */
export function locateTransformer(
  sources: Sources,
  via: readonly Via[],
  rendered: JsonObject,
  path: JsonPath,
): Place | undefined {
  for (const file of new Set(via.map((step) => step.file))) {
    const found = sources.files.get(file);
    if (found?.role !== 'kustomization') continue;
    const document = found.documents[0];
    if (!document) continue;
    const place = inFields(document, rendered, path) ?? inPatches(sources, document, rendered, path);
    if (place) return place;
  }
  return undefined;
}

function inFields(document: SourceDocument, rendered: JsonObject, path: JsonPath): Place | undefined {
  const value = at(rendered, ...path);
  const [first, second, third] = path;
  if (first === 'metadata' && second === 'annotations' && typeof third === 'string') {
    if (at(document.value, 'commonAnnotations', third) === value)
      return document.locate(['commonAnnotations', third]);
  }
  if (path.at(-2) === 'labels' || path.at(-2) === 'matchLabels') {
    const key = String(path.at(-1));
    for (const index of listAt(document.value, 'labels').keys()) {
      if (at(document.value, 'labels', index, 'pairs', key) === value)
        return document.locate(['labels', index, 'pairs', key]);
    }
    if (at(document.value, 'commonLabels', key) === value) return document.locate(['commonLabels', key]);
  }
  if (path.at(-1) === 'namespace' && textAt(document.value, 'namespace') === value)
    return document.locate(['namespace']);
  if (first === 'metadata' && second === 'name' && path.length === 2) {
    for (const field of ['namePrefix', 'nameSuffix']) {
      const part = textAt(document.value, field);
      if (part !== undefined && asText(value).includes(part)) return document.locate([field]);
    }
  }
  if (path.at(-1) === 'replicas')
    return inList(document, 'replicas', ['count'], (item) => at(item, 'count') === value);
  if (path.at(-1) === 'image') {
    return inList(document, 'images', [], (item) => {
      const name = textAt(item, 'newName') ?? textAt(item, 'name');
      return name !== undefined && typeof value === 'string' && value.startsWith(name);
    });
  }
  return undefined;
}

function inList(
  document: SourceDocument,
  field: string,
  rest: JsonPath,
  test: (item: JsonValue) => boolean,
): Place | undefined {
  const index = listAt(document.value, field).findIndex(test);
  return index < 0
    ? undefined
    : (document.locate([field, index, ...rest]) ?? document.locate([field, index]));
}

function inPatches(
  sources: Sources,
  document: SourceDocument,
  rendered: JsonObject,
  path: JsonPath,
): Place | undefined {
  for (const field of ['patches', 'patchesJson6902', 'patchesStrategicMerge']) {
    for (const [index, item] of [...listAt(document.value, field).entries()].toReversed()) {
      if (!targets(objectAt(item, 'target'), rendered)) continue;
      const inline =
        typeof item === 'string' ? (item.includes('\n') ? item : undefined) : textAt(item, 'patch');
      const file = typeof item === 'string' && inline === undefined ? item : textAt(item, 'path');
      const place =
        inline !== undefined
          ? inText(
              patchText(sources, inline),
              document.locate(typeof item === 'string' ? [field, index] : [field, index, 'patch']),
              rendered,
              path,
            )
          : file !== undefined
            ? inFile(sources, posix.join(posix.dirname(document.file), file), rendered, path)
            : undefined;
      if (place) return place;
    }
  }
  return undefined;
}

/**
 * Target fields are anchored regular expressions in kustomize; only plain texts and `.*` are compared here.
 */
function targets(target: JsonObject, rendered: JsonObject): boolean {
  const own = identityOf(rendered);
  const fields: [string, string | null][] = [
    ['group', own.group],
    ['version', own.version],
    ['kind', own.kind],
    ['name', own.name],
  ];
  return fields.every(([field, value]) => {
    const wanted = target[field];
    return (
      typeof wanted !== 'string' || wanted === '' || wanted === value || /[.*+?[\](){}|^$\\]/.test(wanted)
    );
  });
}

function inFile(sources: Sources, file: string, rendered: JsonObject, path: JsonPath): Place | undefined {
  const found = sources.files.get(file);
  if (!found) return undefined;
  for (const document of found.documents) {
    if (samePatched(document.value, rendered) && at(document.value, ...path) !== undefined)
      return document.locate(path);
  }
  const line = operationLine(patchText(sources, found.text), path);
  return line === undefined ? undefined : lineOf(file, found.text, line);
}

function inText(
  text: PatchText,
  block: Place | undefined,
  rendered: JsonObject,
  path: JsonPath,
): Place | undefined {
  if (!block) return undefined;
  const operation = operationLine(text, path);
  const merge = operation === undefined ? mergeLine(text, rendered, path) : undefined;
  const line = operation ?? merge;
  if (line === undefined) return undefined;
  // The text of a block scalar begins on the line after its `|`; of any other scalar the lines cannot be told
  // apart.
  const at = block.endLine > block.line ? block.line + line : block.line;
  return { file: block.file, line: at, column: 1, endLine: at, endColumn: 2 };
}

/** Line, from 1, of the JSON 6902 operation whose path is `path` or an ancestor of it. */
function operationLine({ operations }: PatchText, path: JsonPath): number | undefined {
  for (let length = path.length; length > 0 && operations.size > 0; length -= 1) {
    const pointer = `/${path
      .slice(0, length)
      .map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))
      .join('/')}`;
    const line = operations.get(pointer);
    if (line !== undefined) return line;
  }
  return undefined;
}

/** Line, from 1, of the last key of `path` in a strategic merge patch. */
function mergeLine({ lines, value }: PatchText, rendered: JsonObject, path: JsonPath): number | undefined {
  const written = value();
  if (!isObject(written) || !samePatched(written, rendered) || at(written, ...path) === undefined)
    return undefined;
  const key = String(path.at(-1));
  const index = lines.findIndex((line) => line.trim().replace(/^["']/, '').startsWith(key));
  return index < 0 ? undefined : index + 1;
}

/** One patch is asked about for each field of each resource that it may have written: it is read once. */
function patchText(sources: Sources, text: string): PatchText {
  const known = patchTexts(sources);
  const found = known.get(text) ?? readPatch(text);
  known.set(text, found);
  return found;
}

const patchTexts = oncePer((_sources: Sources) => new Map<string, PatchText>());

function readPatch(text: string): PatchText {
  const lines = text.split('\n');
  const operations = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (!/path"?:/.test(line)) continue;
    const pointer = line
      .replace(/^[\s-]*"?path"?:\s*/, '')
      .replace(/^["']|["'],?\s*$/g, '')
      .trim();
    if (!operations.has(pointer)) operations.set(pointer, index + 1);
  }
  let value: { read: JsonValue | undefined } | undefined;
  return {
    lines,
    operations,
    value() {
      if (value === undefined) {
        const [document] = parseYaml(text, {});
        value = { read: document === undefined ? undefined : toJson(document.contents).value };
      }
      return value.read;
    },
  };
}

interface PatchText {
  lines: string[];
  /** First line, from 1, of the operation on each pointer. */
  operations: ReadonlyMap<string, number>;
  /** What it says as YAML. */
  value(): JsonValue | undefined;
}

function samePatched(patch: JsonObject, rendered: JsonObject): boolean {
  return patch.kind === undefined || patch.kind === rendered.kind;
}

function lineOf(file: string, text: string, line: number): Place {
  const length = (text.split('\n')[line - 1] ?? '').trimEnd().length;
  const column = ((text.split('\n')[line - 1] ?? '').match(/^\s*/)?.[0].length ?? 0) + 1;
  return { file, line, column, endLine: line, endColumn: length + 1 };
}
