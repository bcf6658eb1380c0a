import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isInside, slashed, wholeCodeDigest } from '../../base/index.ts';
import { engineIdentities } from '../../render/engines/engine-identity.ts';
import { type Cache, cacheKey, openCache } from '../../source/cache/cache.ts';
import { cacheDirectory } from '../../source/cache/cache-directory.ts';
import { readCommit, readRemotes } from '../../source/git/git-state.ts';
import { walk } from '../../source/walk.ts';
import type { CheckOutcome } from './check-outcome.ts';
import type { SiteOptions } from './options.ts';

/**
 * A name for everything that a check could look at: the content of every file of the repository and the docs,
 * the commit, the engines, our own code. Links, excerpts and commands may name any file, so all of them
 * count; what a build writes does not. Null where that cannot be known, or would be more work than the check:
 * then it is done anew.
 */
export async function outcomeKey(options: SiteOptions, now = Date.now()): Promise<string | null> {
  const root = resolve(options.root);
  const { docs } = options;
  // Then the configuration says where the pages are, which may be anywhere.
  if (docs === undefined) return null;
  const folders = isInside(root, docs) ? [root] : [root, docs];
  const cache = cacheOf(root);
  const contents: (string | null)[] = [];
  for (const folder of folders) contents.push(await contentOf(folder, { ...options, cache, now }));
  if (contents.includes(null)) return null;
  const [commit, remotes] = await Promise.all([readCommit(root, []), readRemotes(root)]);
  return cacheKey(
    wholeCodeDigest(),
    process.version,
    options,
    contents,
    commit,
    remotes,
    engineIdentities(root),
  );
}

/** The outcome that was kept under a key for the repository at `root`; undefined where there is none. */
export async function readOutcome(root: string, key: string): Promise<CheckOutcome | undefined> {
  const text = await cacheOf(root).get(kind, key);
  return text === undefined ? undefined : (JSON.parse(text) as CheckOutcome);
}

/** Keeps an outcome without faults: those of a repository at fault are reported anew each time. */
export async function writeOutcome(root: string, key: string, outcome: CheckOutcome): Promise<void> {
  if (outcome.errors === 0) await cacheOf(root).set(kind, key, JSON.stringify(outcome));
}

function cacheOf(root: string): Cache {
  return openCache(cacheDirectory(root));
}

/**
 * A hash of every file under a folder, by name and content; null where there are too many, they are too
 * large, or one goes away meanwhile. Files are read that were written since they were read last, as Git does.
 */
async function contentOf(folder: string, { written, cache, now }: Content): Promise<string | null> {
  if (!existsSync(folder)) return 'none';
  const skip = new Set(written.map((path) => slashed(folder, path)));
  const { files, refused } = walk(folder, ['.'], skip);
  if (files.length > maximumFiles) return null;
  const list = JSON.stringify([files, refused]);
  try {
    const { marks, bytes, newest } = marksOf(folder, files);
    if (bytes > maximumBytes) return null;
    const key = cacheKey(folder, list, marks);
    const known = await cache.get(contentKind, key);
    if (known !== undefined) return known;
    const hash = createHash('sha256').update(list);
    for (const file of files) hash.update(readFileSync(`${folder}/${file}`)).update('\0');
    const content = hash.digest('hex');
    // Two writes at nearly the same time may bear the same.
    if (newest < now - nearly) await cache.set(contentKind, key, content);
    return content;
  } catch {
    return null;
  }
}

/**
 * By what files are told that were not written meanwhile: each write moves the time of the last change, which
 * is no program's to set.
 */
function marksOf(folder: string, files: readonly string[]): FileMarks {
  const marks: number[] = [];
  let [bytes, newest] = [0, 0];
  for (const file of files) {
    const { ino, size, mtimeMs, ctimeMs } = statSync(`${folder}/${file}`);
    marks.push(ino, size, mtimeMs, ctimeMs);
    bytes += size;
    newest = Math.max(newest, mtimeMs, ctimeMs);
  }
  return { marks: marks.join(' '), bytes, newest };
}

const kind = 'outcome';
const contentKind = 'content';
/** Milliseconds, more than the steps in which any file system counts. */
const nearly = 3000;
const maximumFiles = 20_000;
const maximumBytes = 256 * 2 ** 20;

interface Content {
  written: readonly string[];
  cache: Cache;
  /** Milliseconds, before the first file is looked at. */
  now: number;
}

interface FileMarks {
  /** Of all files. */
  marks: string;
  bytes: number;
  /** Milliseconds. */
  newest: number;
}
