import { join, posix } from 'node:path';
import { isInside, isUnder, realOf, slashed } from '../base/index.ts';
import type { Config } from './config.ts';
import { diagnostic, type EarlyDiagnostic, wholeFile } from './diagnostic.ts';
import { readLock } from './lock/lock-file.ts';
import { vendoredFolders } from './lock/store.ts';
import { readRaw, readUnlessKnown } from './raw-file.ts';
import { foldersOf } from './remembered-files.ts';
import type { RawFile, Sources } from './types.ts';
import { type Walked, walk } from './walk.ts';

/**
 * Every file under the manifest roots, read and hashed, and nothing made of any yet. Nothing outside the root
 * is read, and a file that cannot be read costs only itself.
 * @param before what this process has parsed of the same repository.
 */
export function gatherFiles(config: Config, before?: Sources['parsed']): Gathered {
  const { files, refused, unread } = walkManifests(config);
  const diagnostics = refused.map(({ path, why }) => refusal(path, why));
  const raw: RawFile[] = [];
  for (const path of files) {
    try {
      const absolute = `${config.root}/${path}`;
      const known = before?.get(path)?.raw;
      raw.push(before === undefined ? readRaw(path, absolute) : readUnlessKnown(path, absolute, known));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      diagnostics.push(unreadable(path, code));
    }
  }
  const charts = files.filter((path) => /(^|\/)Chart\.ya?ml$/.test(path)).map((path) => posix.dirname(path));
  return {
    raw,
    charts: new Set(charts),
    unread,
    diagnostics,
    isCovered: coverOf(config, unread, diagnostics),
  };
}

/**
 * True of a path that is among the files, or nowhere: of any under the roots, where each link was followed
 * and each file read.
 */
function coverOf(
  config: Config,
  unread: readonly string[],
  diagnostics: readonly unknown[],
): (path: string) => boolean {
  if (diagnostics.length > 0) return () => false;
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
 */
function walkManifests(config: Config): Walked & Pick<Sources, 'unread'> {
  const { root } = config;
  const folders = foldersOf(config);
  const docs = realOf(config.docs);
  // What was fetched into a folder of the repository is read as what it is, and not as manifests of its own.
  const fetched = vendoredFolders(readLock(root));
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

function refusal(path: string, why: string): EarlyDiagnostic {
  return diagnostic({
    rule: 'manifest-invalid',
    severity: 'warning',
    identity: [path, 'link', why],
    message: `\`${path}\` ${why}: it was not read`,
    sources: [wholeFile(path, 'actual')],
    help: 'Remove it, or make it a file or a link to a file of this repository.',
  });
}

function unreadable(path: string, code: string): EarlyDiagnostic {
  return diagnostic({
    rule: 'manifest-invalid',
    identity: [path, 'unreadable'],
    message: `\`${path}\` cannot be read: ${code}`,
    sources: [wholeFile(path, 'actual')],
    help: 'Check the permissions of the file.',
  });
}

export interface Gathered {
  /** In bytewise order of their paths. */
  raw: RawFile[];
  /** Folders with a `Chart.yaml`. */
  charts: ReadonlySet<string>;
  /** Folders under the manifest roots that were left out. */
  unread: string[];
  /** Of links that are not followed and files that cannot be read. */
  diagnostics: EarlyDiagnostic[];
  /** True of a path whose files are all among those that were read. */
  isCovered(path: string): boolean;
}
