import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import {
  asText,
  at,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  oncePer,
  textAt,
} from '../../base/index.ts';
import {
  chartElsewhere,
  type EarlyDiagnostic,
  type LockedChart,
  type Place,
  parseYaml,
  type Reason,
  repositoryAddress,
  type SourceFile,
  saidOf,
  toJson,
  type Unverified,
  unverifiedChart,
} from '../../source/index.ts';
import { leavesRoot, type Repository } from '../repository-files.ts';
import type { Schemas } from '../schemas/fetched-schemas.ts';
import { mayHoldSchema, type SettledFile, settleFile } from '../schemas/settle-schemas.ts';
import { lockMismatch } from './lock-mismatch.ts';

/**
 * A chart of the repository with what Helm needs to render it offline: its files, the local charts that it
 * depends on, and its Chart.yaml without the dependencies that only a network has. Undefined where the folder
 * is no chart.
 */
export function readChart(
  directory: string,
  repository: Repository,
  budget = { charts: maxCharts },
): Chart | undefined {
  budget.charts -= 1;
  const found = repository.filesBelow(directory);
  const names = new Map(found.map((file) => [file.slice(prefixOf(directory)), file]));
  const main = names.get('Chart.yaml');
  if (main === undefined) return undefined;
  const raw = readMapping(repository, main);
  const chart: Chart = {
    directory,
    name: textAt(raw, 'name') ?? posix.basename(directory),
    files: [...names].map(([name, path]) => ({ name, path })),
    edits: new Map(),
    schemas: new Map(),
    folders: new Map([['', directory]]),
    archives: [],
    mismatch: null,
    unverified: [],
  };
  takeSchemas(chart, repository);
  const vendored = vendoredCharts(chart, repository);
  for (const [name, folder] of vendored)
    chart.folders.set(`charts/${name}/`, `${prefix(directory)}${folder}`);
  // Charts of API version v1 keep their dependencies in a file of their own.
  for (const file of ['Chart.yaml', 'requirements.yaml']) {
    const path = names.get(file);
    const value =
      path === undefined ? undefined : file === 'Chart.yaml' ? raw : readMapping(repository, path);
    if (path !== undefined && value !== undefined)
      takeDependencies(value, file, path, chart, vendored, repository, budget);
  }
  return chart;
}

function takeDependencies(
  value: JsonObject,
  file: string,
  path: string,
  chart: Chart,
  vendored: ReadonlyMap<string, string>,
  repository: Repository,
  budget: { charts: number },
): void {
  const kept = listAt(value, 'dependencies').filter((dependency, index) => {
    const name = textAt(dependency, 'name') ?? '';
    const repo = textAt(dependency, 'repository') ?? '';
    if (vendored.has(name) || chart.files.some((one) => isArchiveOf(one.name, name))) return true;
    const archive = archiveOf(dependency, repository);
    const place = placeOf(path, ['dependencies', index], repository);
    let hidden: Reason | null = null;
    if (archive !== undefined && 'sha256' in archive) {
      const { bytes, ...one } = archive;
      const { schemas, unknown, isUnreadable } = settleFile(one.name, bytes, repository.store);
      if (!isUnreadable) {
        if (unknown !== null) addSchema(chart, `of the chart ${name}`, unknown, place);
        addSchemas(chart, schemas);
        chart.archives.push(one);
        return true;
      }
      hidden = unknown;
    } else if (archive !== undefined) chart.mismatch ??= lockMismatch(archive.chart, archive.found, place);
    const local = repo.startsWith('file://') ? posix.join(chart.directory, repo.slice(7)) : undefined;
    const inner =
      local === undefined || leavesRoot(local) || budget.charts <= 0
        ? undefined
        : readChart(local, repository, budget);
    // The name becomes a folder of the copy.
    if (inner !== undefined && /^\w[\w.-]*$/.test(inner.name)) {
      vendor(inner, chart);
      return true;
    }
    const version = at(dependency, 'version');
    const why =
      hidden ??
      (repo === ''
        ? `\`${path}\` depends on it and \`charts/\` does not hold it`
        : local === undefined
          ? saidOf(`it comes from ${repo}`, chartElsewhere(repo))
          : `\`${local}\` is no chart of this repository`);
    const asked = { name: name || null, version: version === undefined ? null : asText(version) };
    chart.unverified.push(unverifiedChart(asked, why, place));
    return false;
  });
  if (kept.length < listAt(value, 'dependencies').length)
    chart.edits.set(file, JSON.stringify({ ...value, dependencies: kept }));
}

/** A dependency that was fetched, as `helm dependency build` puts it beside the chart. */
function archiveOf(
  dependency: JsonValue,
  { store }: Repository,
): (Archive & { bytes: Buffer }) | { chart: LockedChart; found: string } | undefined {
  const repository = textAt(dependency, 'repository') ?? '';
  const name = textAt(dependency, 'name') ?? '';
  if (!/^(https?|oci):\/\//.test(repository) || !/^\w[\w.-]*$/.test(name)) return undefined;
  const asked = asText(at(dependency, 'version') ?? '') || null;
  const found = store.find({ repository: repositoryAddress(repository), chart: name, asked });
  const path = found === undefined ? null : store.path(found);
  // Of other content than is locked nothing is used.
  if (found === undefined || path === null) return undefined;
  const content = store.read(found);
  if (content.bytes === null)
    return content.found === null ? undefined : { chart: found, found: content.found };
  const { bytes } = content;
  return { name: `charts/${name}-${found.sha256.slice(0, 12)}.tgz`, path, sha256: found.sha256, bytes };
}

/**
 * Helm fetches what a schema refers to, past any proxy where that is this machine: what was fetched stands
 * beside the chart instead, and a schema of which something is not here is left out.
 */
function takeSchemas(chart: Chart, repository: Repository): void {
  for (const { name, path } of chart.files.filter((one) => mayHoldSchema(one.name))) {
    const content = readFileSync(repository.pathOf(path));
    const { bytes, schemas, unknown, isUnreadable } = settleFile(name, content, repository.store);
    // Without its archive a dependency is one that only a network has.
    if (isUnreadable) chart.files = chart.files.filter((one) => one.path !== path);
    else if (bytes !== null && !name.endsWith('.tgz')) chart.edits.set(name, bytes.toString('utf8'));
    addSchemas(chart, schemas);
    if (unknown !== null) addSchema(chart, path, unknown, firstLine(path));
  }
}

function addSchema(chart: Chart, what: string, unknown: Reason, origin: Place): void {
  chart.unverified.push({ kind: 'schema', what: `schema ${what}`, ...unknown, origin });
}

function addSchemas(chart: Chart, schemas: Schemas): void {
  chart.schemas = new Map([...chart.schemas, ...schemas]);
}

/** What the schemas of a chart's folder need, those in packed charts included. */
export function schemasBelow(
  repository: Repository,
  directory: string,
): Pick<SettledFile, 'unknown' | 'isUnreadable' | 'schemas'> {
  const all = repository
    .filesBelow(directory)
    .filter(mayHoldSchema)
    .map((path) => settleFile(path, readFileSync(repository.pathOf(path)), repository.store));
  return {
    unknown: all.find(({ unknown }) => unknown !== null)?.unknown ?? null,
    isUnreadable: all.some(({ isUnreadable }) => isUnreadable),
    schemas: new Map(all.flatMap(({ schemas }) => [...schemas])),
  };
}

/** As `helm dependency build` does for a `file://` repository, without its archive. */
function vendor(inner: Chart, chart: Chart): void {
  const at = `charts/${inner.name}/`;
  for (const { name, path } of inner.files) chart.files.push({ name: `${at}${name}`, path });
  for (const [name, text] of inner.edits) chart.edits.set(`${at}${name}`, text);
  for (const archive of inner.archives) chart.archives.push({ ...archive, name: `${at}${archive.name}` });
  addSchemas(chart, inner.schemas);
  for (const [name, folder] of inner.folders) chart.folders.set(`${at}${name}`, folder);
  chart.unverified.push(...inner.unverified);
  chart.mismatch ??= inner.mismatch;
}

/** Folders under `charts/`, by the name of the chart that each holds: Helm names templates by it. */
function vendoredCharts(chart: Chart, repository: Repository): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, path } of chart.files) {
    const folder = name.match(/^(charts\/[^/]+)\/Chart\.yaml$/)?.[1];
    if (folder === undefined) continue;
    found.set(textAt(readMapping(repository, path), 'name') ?? posix.basename(folder), folder);
  }
  return found;
}

function readMapping(repository: Repository, path: string): JsonObject {
  const file = repository.file(path);
  return file === undefined ? {} : mappingIn(file);
}

const mappingIn = oncePer(({ text }: SourceFile): JsonObject => {
  const { value } = toJson(parseYaml(text)[0]?.contents);
  return isObject(value) ? value : {};
});

function placeOf(path: string, at: (string | number)[], repository: Repository): Place {
  const document = repository.file(path)?.documents[0];
  return document?.locate(at) ?? firstLine(path);
}

export function firstLine(file: string, line = 1): Place {
  return { file, line, column: 1, endLine: line, endColumn: 2 };
}

function isArchiveOf(path: string, name: string): boolean {
  return path.startsWith(`charts/${name}-`) && path.endsWith('.tgz');
}

function prefix(directory: string): string {
  return directory === '.' ? '' : `${directory}/`;
}

function prefixOf(directory: string): number {
  return prefix(directory).length;
}

/** Charts that one chart may draw in, at any depth: one that depends on itself must end. */
const maxCharts = 50;

export interface Chart {
  directory: string;
  name: string;
  /** `name` is relative to the chart, `path` to the root. */
  files: { name: string; path: string }[];
  /** New texts of files, by name. */
  edits: Map<string, string>;
  /** What schemas refer to, beside the chart, with `schemaFolder` for where that is. */
  schemas: Schemas;
  /**
   * Folder of the repository for each part of the chart that Helm names otherwise; the longest prefix counts.
   */
  folders: Map<string, string>;
  /** Dependencies that were fetched. */
  archives: Archive[];
  /** Of those the first whose content is not what the lock says. */
  mismatch: EarlyDiagnostic | null;
  /** Dependencies that were taken out. */
  unverified: Unverified[];
}

interface Archive {
  /** In the chart. */
  name: string;
  /** Absolute. */
  path: string;
  sha256: string;
}
