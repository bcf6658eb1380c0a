/** Where the values of a chart are set: parameters, inline values, value files, the chart's own. */
import { posix } from 'node:path';
import {
  at,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  textAt,
} from '../../base/index.ts';
import type { HelmRequest } from '../../render/index.ts';
import {
  fetchedFile,
  fileAddress,
  fileMountedAt,
  type Place,
  parseYaml,
  type SourceDocument,
  type Sources,
  toJson,
  treeAt,
} from '../../source/index.ts';
import type { ReadPath } from './references.ts';

/**
 * The values at a path, each where it is set; more than one where the path leaves the item open. What sets a
 * path first hides what the others say of it. Source: `helm template`'s order, parameters over values over
 * value files over the chart's own.
 */
export function valuesAt(path: ReadPath, chart: ChartValues): Found[] {
  const open = path.indexOf(null);
  if (open < 0) return firstOf(path as JsonPath, chart);
  const above = path.slice(0, open) as JsonPath;
  return keysAt(above, chart)
    .slice(0, maxItems)
    .flatMap((key) => valuesAt([...above, key, ...path.slice(open + 1)], chart));
}

/** Mappings are merged, lists are not. */
function keysAt(path: JsonPath, chart: ChartValues): (string | number)[] {
  const keys = new Set<string>();
  for (const layer of layersOf(chart)) {
    const value = layer.valueAt(layer.pathOf(path));
    if (isObject(value)) for (const key of Object.keys(value)) keys.add(key);
    else if (value !== undefined)
      return keys.size === 0 && Array.isArray(value) ? [...value.keys()] : [...keys];
  }
  return [...keys];
}

function firstOf(path: JsonPath, chart: ChartValues): Found[] {
  for (const layer of layersOf(chart)) {
    const inLayer = layer.pathOf(path);
    const value = layer.valueAt(inLayer);
    if (value === undefined) continue;
    const place = layer.placeOf(inLayer);
    return place === undefined ? [] : [{ value, place }];
  }
  return [];
}

function layersOf(chart: ChartValues): Layer[] {
  const { request, over = [], sources, prefix, folder } = chart;
  // A part of a chart has its values under its name, all but the global ones.
  const within = (path: JsonPath): JsonPath => (path[0] === 'global' ? path : [...prefix, ...path]);
  const own = prefix.length === 0 ? [] : [ofFile(posix.join(folder, 'values.yaml'), sources, (path) => path)];
  return [
    ...over.toReversed().map((file) => ofFile(file, sources, within)),
    ...ofParameters(chart).map((layer) => ({ ...layer, pathOf: within })),
    ...ofInline(chart).map((layer) => ({ ...layer, pathOf: within })),
    ...request.valueFiles
      .toReversed()
      .map((file) => ofFetched(file, chart, within) ?? ofFile(file, sources, within)),
    ofFile(posix.join(request.directory, 'values.yaml'), sources, within),
    ...own,
  ];
}

function ofFile(file: string, sources: Sources, pathOf: Layer['pathOf']): Layer {
  const document = sources.files.get(posix.normalize(file))?.documents[0];
  return {
    pathOf,
    valueAt: (path) => at(document?.value, ...path),
    placeOf: (path) => placeIn(document, path),
  };
}

/** A value file of others: what it sets is told where it is named; undefined for one of this repository. */
function ofFetched(file: string, chart: ChartValues, pathOf: Layer['pathOf']): Layer | undefined {
  const { sources, blocks, locate } = chart;
  const found = fetchedFile(file, sources.store);
  if (found === undefined) return undefined;
  const url = fileMountedAt(file, sources.store)?.locked.url;
  const inner = treeAt(file, sources.store)?.inner;
  const isIt = (one: JsonValue): boolean =>
    typeof one === 'string' &&
    (url === undefined ? inner !== undefined && one.endsWith(`/${inner}`) : fileAddress(one) === url);
  return {
    pathOf,
    valueAt: (path) => at(found.documents[0]?.value, ...path),
    placeOf() {
      for (const { path: block, value } of blocks) {
        const index = listAt(value, 'valueFiles').findLastIndex(isIt);
        if (index >= 0) return locate([...block, 'valueFiles', index]);
      }
      return undefined;
    },
  };
}

/** The value, or of a mapping or list its key. */
function placeIn(document: SourceDocument | undefined, path: JsonPath): Place | undefined {
  const value = at(document?.value, ...path);
  return document?.locate(path, { key: typeof value === 'object' && value !== null });
}

/** `image.tag` of `parameters`, the last of equal ones first. */
function ofParameters({ request, blocks, locate }: ChartValues): Omit<Layer, 'pathOf'>[] {
  const indexOf = (path: JsonPath): number =>
    request.parameters.findLastIndex(({ name }) => sameName(name, path));
  if (request.parameters.length === 0) return [];
  return [
    {
      valueAt: (path) => request.parameters[indexOf(path)]?.value,
      placeOf(path) {
        const { name } = request.parameters[indexOf(path)] ?? {};
        for (const { path: block, value } of blocks) {
          const index = listAt(value, 'parameters').findLastIndex((one) => textAt(one, 'name') === name);
          if (index >= 0) return locate([...block, 'parameters', index, 'value']);
        }
        return undefined;
      },
    },
  ];
}

/** `a.b[0].c`, with dots in names escaped. */
function sameName(name: string, path: JsonPath): boolean {
  const steps = [...name.matchAll(/\[(\d+)\]|((?:\\.|[^.[\\])+)/g)].map(([, index, key = '']) =>
    index === undefined ? key.replaceAll(/\\(.)/g, '$1') : index,
  );
  return steps.length === path.length && steps.every((step, index) => step === String(path[index]));
}

function ofInline({ request, blocks, locate, sources }: ChartValues): Omit<Layer, 'pathOf'>[] {
  const { values } = request;
  if (values === null) return [];
  const known = typeof values === 'string' ? readValues(values) : values;
  return [
    {
      valueAt: (path) => at(known, ...path),
      placeOf(path) {
        for (const { path: block, value } of blocks) {
          const object =
            ['valuesInline', 'valuesObject'].find((field) => isObject(at(value, field))) ?? 'values';
          if (at(value, object, ...path) !== undefined) return locate([...block, object, ...path]);
          if (textAt(value, 'values') !== undefined && typeof values === 'string')
            return inBlock(values, path, locate([...block, 'values']), sources);
        }
        return undefined;
      },
    },
  ];
}

function readValues(text: string): JsonValue {
  return toJson(parseYaml(text)[0]?.contents).value;
}

/** The line of a text block that sets a path; the block where it is written otherwise than it is read. */
export function inBlock(text: string, path: JsonPath, block: Place, sources: Sources): Place {
  const document = parseYaml(text)[0];
  const node = document?.getIn(path, true) as { range?: [number, number, number] | null } | undefined;
  const offset = node?.range?.[0];
  if (offset === undefined) return block;
  const before = text.slice(0, offset).split('\n');
  const written = text.split('\n')[before.length - 1] ?? '';
  const line = block.line + before.length;
  const actual = sources.files.get(block.file)?.text.split('\n')[line - 1] ?? '';
  const indent = actual.length - actual.trimStart().length - (written.length - written.trimStart().length);
  if (actual.trim() !== written.trim() || indent < 0) return block;
  const column = indent + (before.at(-1)?.length ?? 0) + 1;
  return { file: block.file, line, column, endLine: line, endColumn: actual.trimEnd().length + 1 };
}

const maxItems = 1000;

export interface ChartValues {
  request: Pick<HelmRequest, 'directory' | 'release' | 'namespace' | 'valueFiles' | 'values' | 'parameters'>;
  /** Value files that count over inline values. */
  over?: readonly string[];
  sources: Sources;
  /** Names of the parts of the chart that the template lies in; none for the chart itself. */
  prefix: JsonPath;
  /** Of the chart or part. */
  folder: string;
  /** What holds `parameters`, `values`, `valuesObject` or `valuesInline` in what asks for it, and where. */
  blocks: readonly { path: JsonPath; value: JsonObject }[];
  /** Paths, in what deploys it, of the release's name and namespace. */
  release: JsonPath;
  namespace: JsonPath;
  /** In what deploys it. */
  locate(path: JsonPath): Place;
}
export interface Found {
  value: JsonValue;
  place: Place;
}
interface Layer {
  /** The path in this layer of a path of the template's values. */
  pathOf(path: JsonPath): JsonPath;
  valueAt(path: JsonPath): JsonValue | undefined;
  placeOf(path: JsonPath): Place | undefined;
}
