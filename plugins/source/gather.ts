import { lstatSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isInside, isUnder, realOf, slashed, stableStringify } from '../base/index.ts';
import type { Config } from './config/config.ts';
import { diagnostic, wholeFile } from './diagnostic.ts';
import { readLock } from './lock/lock-file.ts';
import { vendoredFolders } from './lock/store.ts';
import { readRaw, readUnlessKnown } from './raw-file.ts';
import { foldersOf } from './remembered-files.ts';
import type { SourceFault } from './source-fault.ts';
import type { Gathered, RawFile, Sources } from './types.ts';
import { type Walked, walk } from './walk.ts';

/**
 * Every file under the manifest roots, read and hashed, and nothing made of any yet. Nothing outside the root
 * is read, and a file that cannot be read costs only itself.
 * @param before what this process has read of the same repository.
 * @param touched paths of files from the root; where they are known, no other is looked at.
 */
export function gatherFiles(config: Config, before?: Gathered, touched?: readonly string[]): Gathered {
  const fetched = vendoredFolders(readLock(config.root));
  const from = stableStringify([config.root, realOf(config.docs), foldersOf(config), fetched]);
  const again = touched && before && rereadTouched(config, before, from, touched);
  if (again !== undefined) return again;
  const known = before && new Map(before.raw.map((one) => [one.path, one]));
  const { files, refused, unread, isLinked } = walkManifests(config, fetched);
  const faults = refused.map(({ path, why }) => refusal(path, why));
  const raw: RawFile[] = [];
  for (const path of files) {
    try {
      const absolute = `${config.root}/${path}`;
      raw.push(known ? readUnlessKnown(path, absolute, known.get(path)) : readRaw(path, absolute));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      faults.push(unreadable(path, code));
    }
  }
  const charts = files.filter((path) => /(^|\/)Chart\.ya?ml$/.test(path)).map((path) => posix.dirname(path));
  return {
    raw,
    paths: samePaths(raw, before?.paths),
    charts: new Set(charts),
    unread,
    faults,
    isCovered: coverOf(config, unread, faults),
    isLinked,
    from,
  };
}

/**
 * What was gathered before, with these files as they are now; undefined where that may not be all that has
 * changed: one that is new or gone, a link, other folders.
 */
function rereadTouched(
  { root }: Config,
  before: Gathered,
  from: string,
  touched: readonly string[],
): Gathered | undefined {
  if (before.from !== from || before.isLinked || before.faults.length > 0) return undefined;
  const left = new Set(touched);
  try {
    const raw = before.raw.map((one) => {
      if (!left.delete(one.path)) return one;
      const absolute = `${root}/${one.path}`;
      if (!lstatSync(absolute).isFile()) left.add(one.path);
      return readUnlessKnown(one.path, absolute, one);
    });
    return left.size === 0 ? { ...before, raw } : undefined;
  } catch {
    return undefined;
  }
}

function samePaths(raw: readonly RawFile[], before: readonly string[] = []): readonly string[] {
  const isSame = raw.length === before.length && raw.every(({ path }, index) => path === before[index]);
  return isSame ? before : raw.map(({ path }) => path);
}

/** Whether everything is as it was gathered before. */
export function isGathered(now: Gathered, before: Gathered): boolean {
  return (
    now.from === before.from &&
    now.raw.length === before.raw.length &&
    now.raw.every(({ path, hash }, index) => {
      const other = before.raw[index];
      return other?.path === path && other.hash === hash;
    }) &&
    isDeepStrictEqual([now.unread, now.faults], [before.unread, before.faults])
  );
}

/**
 * True of a path that is among the files, or nowhere: of any under the roots, where each link was followed
 * and each file read.
 */
function coverOf(
  config: Config,
  unread: readonly string[],
  faults: readonly unknown[],
): (path: string) => boolean {
  if (faults.length > 0) return () => false;
  const roots = foldersOf(config);
  return (path) =>
    roots.some((folder) => isUnder(folder, path)) &&
    // A folder that was left out may lie in another one.
    !unread.some((folder) => isUnder(folder, path) || isUnder(path, folder)) &&
    !/(^|\/)(\.git|node_modules)(\/|$)/.test(path);
}

/**
 * The files of the layers without the pages, whose YAML is examples. Pages that lie among the manifests are
 * no reason to leave the manifests out: a docs folder that holds a layer, or most of the YAML, is read like
 * any other.
 * @param fetched what was fetched into folders of the repository, which is read as what it is, and not as
 * manifests of its own.
 */
function walkManifests(config: Config, fetched: string[]): Walked & Pick<Sources, 'unread'> {
  const { root } = config;
  const folders = foldersOf(config);
  const docs = realOf(config.docs);
  const whole = () => ({ ...walk(root, folders, new Set(fetched)), unread: fetched });
  if (folders.some((folder) => isInside(docs, join(root, folder)))) return whole();
  const name = slashed(root, docs);
  const without = walk(root, folders, new Set([name, ...fetched]));
  if (!folders.some((folder) => isInside(join(root, folder), docs))) return { ...without, unread: fetched };
  const isMost = countYaml(walk(root, [name], new Set())) > countYaml(without);
  return isMost ? whole() : { ...without, unread: [name, ...fetched] };
}

function countYaml({ files }: Walked): number {
  return files.filter((path) => /\.ya?ml$/i.test(path)).length;
}

function refusal(path: string, why: string): SourceFault {
  const told = diagnostic({
    rule: 'manifest-invalid',
    severity: 'warning',
    identity: [path, 'link', why],
    message: `\`${path}\` ${why}: it was not read`,
    sources: [wholeFile(path, 'actual')],
    help: 'Remove it, or make it a file or a link to a file of this repository.',
  });
  return { kind: 'link', diagnostic: told };
}

function unreadable(path: string, code: string): SourceFault {
  const told = diagnostic({
    rule: 'manifest-invalid',
    identity: [path, 'unreadable'],
    message: `\`${path}\` cannot be read: ${code}`,
    sources: [wholeFile(path, 'actual')],
    help: 'Check the permissions of the file.',
  });
  return { kind: 'unreadable', diagnostic: told };
}
