import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import {
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  temporaryFolder,
} from '../../base/index.ts';
import {
  parseYaml,
  placeholderLines,
  type SourceFile,
  secretPaths,
  toJson,
  unpackChart,
} from '../../source/index.ts';

import type { Analysis } from '../analysis/analysis.ts';
import { applyOptions } from '../analysis/options.ts';
import { unnamedRelease } from '../analysis/plugins.ts';
import { rewriteAll } from '../analysis/rewrites.ts';
import { type Variant, withStandIns } from '../changing/functions.ts';
import { bytesFor, copyFor } from '../changing/stand-ins.ts';
import type { PlainFile, Started } from '../engines/standby.ts';
import { writeChart } from '../helm/write-chart.ts';
import type { Repository } from '../repository-files.ts';
import { mayHoldSchema, settleFile, settleFiles } from '../schemas/settle-schemas.ts';
import { openSchemas, type WrittenSchemas } from '../schemas/write-schemas.ts';
import { tolerantPatches } from './patches.ts';

/**
 * A copy of what the builds need, in the repository's own layout, in a temporary folder: so `../..` works,
 * nothing else is there to be read, and a kustomization can be edited. Each file is written once, whoever
 * asks for it.
 * @param variant one of two copies in which charts call nothing that answers otherwise each time.
 * @param begun where it is made, and what lies there already, if an engine waits in it.
 */
export function openStage(
  repository: Repository,
  variant: Variant | null = null,
  begun?: Pick<Started, 'folder' | 'copied'>,
): Stage {
  const folder = begun?.folder ?? temporaryFolder('render');
  const top = folder.path;
  const copies = new Map<string, Promise<void>>();
  const values = new Map<string, JsonObject>();
  const schemas = openSchemas(top);
  const folders = new Map<string, Promise<unknown>>();
  const plain = new Map<string, PlainFile>();
  let batches = 0;
  const make = (folder: string): Promise<unknown> => {
    const started = folders.get(folder) ?? mkdir(folder, { recursive: true });
    folders.set(folder, started);
    return started;
  };
  const once = (path: string, write: (target: string) => Promise<void>) => {
    const running = copies.get(path);
    if (running !== undefined) return running;
    const target = join(top, 'root', path);
    const started = make(dirname(target)).then(() => write(target));
    copies.set(path, started);
    return started;
  };
  const copyOf = (path: string): Promise<void> => {
    const [known, from] = [repository.file(path), repository.pathOf(path)];
    if (known?.role !== 'manifest' || !isPlain(path, known))
      return once(path, (target) => copy(from, target, null, known));
    plain.set(path, { path, hash: known.hash, from });
    if (begun?.copied.get(path) === known.hash) return Promise.resolve();
    return once(path, (target) => copyFor(from, target, null));
  };
  const removeGone = () => {
    const gone = [...(begun?.copied.keys() ?? [])].filter((path) => repository.file(path) === undefined);
    return Promise.all(gone.map((path) => rm(join(top, 'root', path))));
  };
  let ready: Promise<unknown> | undefined;
  const listing = (folder: string, directories: readonly string[]): string =>
    JSON.stringify({ resources: directories.map((path) => relative(folder, join(top, 'root', path))) });
  return {
    directory: (path) => join(top, 'root', path),
    home: join(top, 'home'),
    async add(analysis, extra, incomplete) {
      ready ??= Promise.all([make(join(top, 'home')), removeGone()]);
      await ready;
      const writes = [...analysis.inputs].map((path) => {
        if (path === analysis.file.path)
          return once(path, (target) => {
            const value = edit(repository, analysis, extra, incomplete, variant);
            if (!isBlank(value)) values.set(path, value);
            return writeFile(target, JSON.stringify(value, null, 1));
          });
        if (!analysis.chartFiles.has(path)) return copyOf(path);
        return once(path, (target) => copyOfChart(repository, path, target, { schemas, variant }));
      });
      const charts = analysis.packed.map(({ folder, chart }) =>
        once(folder, async (target) => {
          const { bytes } = repository.store.read(chart);
          if (bytes === null) return;
          const settled = settleFiles(await unpackChart(bytes), repository.store, schemas.folder);
          await schemas.add(settled.schemas);
          await writeChart(settled.files, target, variant);
        }),
      );
      await Promise.all([...writes, ...charts]);
    },
    readAs: ({ file }) => values.get(file.path),
    async annotate({ file }) {
      const value = values.get(file.path);
      if (value === undefined) return;
      const asked = Array.isArray(value.buildMetadata) ? value.buildMetadata : [];
      const buildMetadata = [...new Set([...asked, 'originAnnotations', 'transformerAnnotations'])];
      const path = join(top, 'root', file.path);
      // In one step, as another engine may be reading it: of what it includes it takes all but this.
      await writeFile(`${path}~`, JSON.stringify({ ...value, buildMetadata }, null, 1));
      await rename(`${path}~`, path);
    },
    async script(name, text) {
      const path = join(top, 'home', name);
      const started = copies.get(path) ?? writeFile(path, text, { mode: 0o755 });
      copies.set(path, started);
      await started;
      return path;
    },
    async together(directories) {
      const folder = join(top, 'together', String(++batches));
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'kustomization.yaml'), listing(folder, directories));
      return folder;
    },
    listing,
    strip: (message) =>
      schemas
        .told(message)
        .replaceAll(`${join(top, 'root')}/`, '')
        .replaceAll(join(top, 'root'), '.')
        .replaceAll(top, ''),
    plain: () => (plain.size > mostPlain ? [] : [...plain.values()]),
    dispose: folder.dispose,
  };
}

/**
 * As it is, but for bare placeholder lines of a manifest: the engine gets what the model was read from.
 * @param known what was read of it, which most often tells that it has no such lines.
 */
async function copy(
  path: string,
  target: string,
  variant: Variant | null,
  known?: SourceFile,
): Promise<void> {
  if (variant !== null) return copyFor(path, target, variant);
  const text = isPlain(path, known) ? '' : await readFile(path, 'utf8');
  const mended = /^\s*apiVersion:/m.test(text) ? placeholderLines(text) : undefined;
  await (mended === undefined ? copyFor(path, target, null) : writeFile(target, mended.text));
}

function isPlain(path: string, known: SourceFile | undefined): boolean {
  if (!/\.ya?ml$/.test(path)) return true;
  return known !== undefined && isShown(known) && placeholderLines(known.text) === undefined;
}

/** A file that Helm reads for a chart of the repository: its schema with what it refers to beside it. */
async function copyOfChart(
  repository: Repository,
  path: string,
  target: string,
  { schemas, variant }: { schemas: WrittenSchemas; variant: Variant | null },
): Promise<void> {
  const source = repository.pathOf(path);
  if (!mayHoldSchema(path)) return copy(source, target, variant);
  const settled = settleFile(path, await readFile(source), repository.store, schemas.folder);
  if (settled.bytes === null) return copy(source, target, variant);
  await schemas.add(settled.schemas);
  await writeFile(target, variant === null ? settled.bytes : bytesFor(settled.bytes, path, variant));
}

/**
 * The kustomization without what cannot be rendered here, as JSON (which kustomize reads as the YAML that it
 * is). One with no field at all stays as it is: kustomize refuses it, and so do we.
 */
function edit(
  repository: Repository,
  analysis: Analysis,
  extra: JsonPath[],
  incomplete: boolean,
  variant: Variant | null,
): JsonObject {
  const value = analysis.generated ? structuredClone(analysis.generated) : readRaw(repository, analysis.file);
  if (isBlank(value)) return value;
  if (analysis.options !== null) applyOptions(value, analysis.options);
  rewriteAll(value, analysis.rewrites);
  removeAll(value, [...analysis.removals, ...extra]);
  if (Array.isArray(value.helmCharts) && value.helmCharts.length === 0) delete value.helmCharts;
  for (const chart of listAt(value, 'helmCharts'))
    if (isObject(chart) && !chart.releaseName) chart.releaseName = unnamedRelease;
  if (variant !== null && value.helmCharts !== undefined)
    value.helmCharts = JSON.parse(withStandIns(JSON.stringify(value.helmCharts), variant));
  if (incomplete) tolerantPatches(value, analysis.directory, repository);
  if (value.resources === undefined) value.resources = [];
  return value;
}

function isBlank(value: JsonObject): boolean {
  return Object.keys(value).every((key) => key === 'apiVersion' || key === 'kind' || key === 'metadata');
}

/**
 * Whether the text of a file is that on disk; false for one that was not read or is secret, which has no
 * text.
 */
function isShown({ text }: SourceFile): boolean {
  return text !== '' && !text.includes('\u2022');
}

/**
 * The value on disk, which unlike the one in the model holds everything: it goes into the copy and nowhere
 * else.
 */
function readRaw(repository: Repository, file: SourceFile): JsonObject {
  const [known] = file.documents;
  if (known !== undefined && isAllShown(file)) return structuredClone(known.value);
  const document = parseYaml(readFileSync(repository.pathOf(file.path), 'utf8'))[0];
  const { value } = toJson(document?.contents);
  return isObject(value) ? value : {};
}

/** Whether it is one document of which nothing is hidden: then the model's is the value on disk. */
function isAllShown(file: SourceFile): boolean {
  return (
    isShown(file) &&
    !file.text.includes('\n---') &&
    file.documents.every(({ value }) => secretPaths(value).length === 0)
  );
}

/** All paths are those of the whole value, so entries of lists are taken out together at the end. */
function removeAll(value: JsonObject, paths: JsonPath[]): void {
  const gaps = new Map<JsonValue[], Set<number>>();
  for (const path of paths) {
    let holder: JsonValue | undefined = value;
    for (const step of path.slice(0, -1))
      holder = (holder as Record<string | number, JsonValue> | undefined)?.[step];
    const last = path.at(-1);
    if (Array.isArray(holder) && typeof last === 'number')
      gaps.set(holder, (gaps.get(holder) ?? new Set()).add(last));
    else if (isObject(holder) && typeof last === 'string') delete holder[last];
  }
  for (const [list, indices] of gaps)
    list.splice(0, list.length, ...list.filter((_item, index) => !indices.has(index)));
}

/** More files than the build of a folder or two takes are not copied again before they are asked for. */
const mostPlain = 200;

export interface Stage {
  /** Where a folder of the repository lies in the copy. */
  directory(path: string): string;
  /** An empty folder that stands for the user's. */
  home: string;
  /**
   * Copies what a kustomization reads.
   * @param extra more to take out: included kustomizations that do not build.
   * @param incomplete lets patches find nothing to patch.
   */
  add(analysis: Analysis, extra: JsonPath[], incomplete: boolean): Promise<void>;
  /** A kustomization as it stands in the copy; undefined where it has no field at all. */
  readAs(analysis: Analysis): JsonObject | undefined;
  /** Lets a build of this kustomization tell where each of its objects comes from, in annotations. */
  annotate(analysis: Analysis): Promise<void>;
  /** Writes a program of our own, once, beside the copy; its path. */
  script(name: string, text: string): Promise<string>;
  /** A folder beside the copy whose kustomization lists these folders of it. */
  together(directories: readonly string[]): Promise<string>;
  /** The kustomization of such a folder. */
  listing(folder: string, directories: readonly string[]): string;
  /** A message of the engine in the repository's own paths. */
  strip(message: string): string;
  /** Manifests that were copied as they are, of which nothing is hidden; none where there are many. */
  plain(): PlainFile[];
  dispose(): Promise<void>;
}
