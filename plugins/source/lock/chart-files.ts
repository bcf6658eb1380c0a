/** What is in a fetched chart, as files that stand among those of the repository for who looks into them. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { digestOf, entryAt, oncePer } from '../../base/index.ts';
import { isKustomizationPath } from '../file-role.ts';
import { parseRaw } from '../parse-raw.ts';
import type { SourceFile } from '../types.ts';
import type { LockedChart } from './lock-file.ts';
import { treeAt } from './mounts.ts';
import type { Store } from './store.ts';
import { unpackNow } from './unpack-now.ts';

/**
 * A chart by the folder that it stands in: one that was packed, or a folder of a tree.
 * @param directory of the request that renders it.
 * @returns null for a chart of the repository, and where the content is not what was locked.
 */
export function fetchedChart(
  packed: LockedChart | null,
  directory: string,
  store: Store,
): FetchedChartFiles | null {
  const known = openedIn(store);
  const key = packed === null ? directory : packed.sha256;
  if (!known.has(key)) known.set(key, packed === null ? ofTree(directory, store) : ofPacked(packed, store));
  return known.get(key) ?? null;
}

const openedIn = oncePer((_: Store) => new Map<string, FetchedChartFiles | null>());

function ofPacked(packed: LockedChart, store: Store): FetchedChartFiles | null {
  const { bytes } = store.read(packed);
  if (bytes === null) return null;
  const directory = `.fetched/charts/${packed.sha256}`;
  const words = `chart ${packed.chart} ${packed.version} of ${packed.repository}`;
  return { directory, root: directory, words, files: read(directory, unpackNow(bytes)) };
}

function ofTree(directory: string, store: Store): FetchedChartFiles | null {
  const found = treeAt(directory, store);
  if (found === undefined) return null;
  const { tree, inner } = found;
  const below = inner === '.' ? '' : `${inner}/`;
  const contents = new Map<string, Uint8Array>();
  for (const path of tree.paths) {
    const file = join(tree.folder, path);
    if (path.startsWith(below) && (entryAt(file)?.size ?? largestFile) < largestFile)
      contents.set(path.slice(below.length), readFileSync(file));
  }
  const { repository, asked, commit } = tree.locked;
  const words = `${repository} at ${asked ?? commit.slice(0, 12)}`;
  return { directory, root: tree.mount, words, files: read(directory, contents) };
}

/** The chart's own and those of its parts; nothing else says where a value is written. */
function read(directory: string, contents: ReadonlyMap<string, Uint8Array>): Map<string, SourceFile> {
  const files = new Map<string, SourceFile>();
  for (const [path, bytes] of contents) {
    const [, part = '', inner = ''] = /^((?:charts\/[^/]+\/)*)(.+)$/.exec(path) ?? [];
    if (!/^(templates\/.*\.(ya?ml|tpl)|[^/]+\.ya?ml)$/.test(inner)) continue;
    const chart = posix.join(directory, part).replace(/\/$/, '');
    files.set(posix.join(directory, path), fileOf(chart, inner, bytes));
  }
  return files;
}

/** Values of Secrets are hidden in it as in any other. */
function fileOf(chart: string, inner: string, content: Uint8Array): SourceFile {
  const path = `${chart}/${inner}`;
  const structured = /\.ya?ml$/i.test(inner) || isKustomizationPath(path);
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const memory = { get: () => undefined, put: () => undefined };
  return parseRaw({ path, structured, hash: digestOf(bytes), bytes }, chart, memory, {
    find: (_path, _hash, _question, locate) => locate(),
  }).file;
}

const largestFile = 2 ** 20;

export interface FetchedChartFiles {
  /** That its files are named below. */
  directory: string;
  /** That they are told below: of the chart, or of the repository that it lies in. */
  root: string;
  /** `chart shop 1.4.2 of https://charts.example.com`. */
  words: string;
  files: ReadonlyMap<string, SourceFile>;
}
