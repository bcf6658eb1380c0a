import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isInside, slashed, wholeCodeDigest } from '../../base/index.ts';
import { engineIdentities } from '../../render/engine-identity.ts';
import { cacheKey, openCache } from '../../source/cache.ts';
import { cacheDirectory } from '../../source/cache-directory.ts';
import { readCommit, readRemotes } from '../../source/git-state.ts';
import { walk } from '../../source/walk.ts';
import type { CheckOutcome } from './check-outcome.ts';
import type { SiteOptions } from './options.ts';

/**
 * A name for everything that a check could look at: the content of every file of the repository and the docs,
 * the commit, the engines, our own code. Links, excerpts and commands may name any file, so all of them
 * count; what a build writes does not. Null where that cannot be known, or would be more work than the check:
 * then it is done anew.
 */
export async function outcomeKey(options: SiteOptions): Promise<string | null> {
  const root = resolve(options.root);
  const { docs } = options;
  // Then the configuration says where the pages are, which may be anywhere.
  if (docs === undefined) return null;
  const folders = isInside(root, docs) ? [root] : [root, docs];
  const contents = folders.map((folder) => contentOf(folder, options.written));
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

function cacheOf(root: string) {
  return openCache(cacheDirectory(root));
}

/**
 * A hash of every file under a folder, by name and content; null where there are too many, they are too
 * large, or one goes away meanwhile.
 */
function contentOf(folder: string, written: string[]): string | null {
  if (!existsSync(folder)) return 'none';
  const skip = new Set(written.map((path) => slashed(folder, path)));
  const { files, refused } = walk(folder, ['.'], skip);
  if (files.length > maximumFiles) return null;
  const hash = createHash('sha256').update(JSON.stringify([files, refused]));
  try {
    let room = maximumBytes;
    for (const file of files) room -= statSync(join(folder, file)).size;
    if (room < 0) return null;
    for (const file of files) hash.update(readFileSync(join(folder, file))).update('\0');
  } catch {
    return null;
  }
  return hash.digest('hex');
}

const kind = 'outcome';
const maximumFiles = 20_000;
const maximumBytes = 256 * 2 ** 20;
