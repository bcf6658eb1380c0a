/** Folders and files of Git repositories, brought by Git, and OCI artifacts, which are brought whole. */
import { posix } from 'node:path';
import { firstOf, inCode } from '../../base/index.ts';
import {
  coversPath,
  isArtifact,
  keyOfTree,
  type LockedTree,
  lockName,
  questionOf,
  treeDigest,
} from '../../source/index.ts';
import { type AskedRepository, askedParts, leastPaths } from './asked-parts.ts';
import { withoutCredentials } from './fetch-words.ts';
import { type PartKind, placeInLock } from './part-kind.ts';

export const treeKind: PartKind<AskedRepository, LockedTree> = {
  asked: (platform) => askedParts(platform).trees,
  lockedIn: ({ trees }) => trees,
  withLocked: (_, trees) => ({ trees }),
  keyOf: keyOfTree,
  questionOf: (one) => [keyOfTree(one), ...one.paths].join('\n'),
  wordOf: ({ repository }) => posix.basename(repository.replace(/.*:/, '/')).replace(/\.git$/, ''),
  covers: (locked, { paths }) => paths.every((path) => coversPath(locked.paths, path)),
  holds(tree, target, from) {
    if (target.tree(tree).tree !== null) return true;
    const files = from.filesOf(tree);
    return files !== null && target.writeTree(tree, files);
  },
  isMoved: (from, to) => from.commit !== to.commit,
  async bring({ paths, ...asked }, locked, { cloneOf, mode }) {
    try {
      const clone = cloneOf(asked.repository);
      const commit = locked?.commit ?? (await clone.resolve(asked.asked, asked.tagPrefix));
      // What the lock says stays, whoever asks for less; with more it is another content of the same commit.
      const all =
        mode === 'locked' ? (locked?.paths ?? paths) : leastPaths([...(locked?.paths ?? []), ...paths]);
      const files = await clone.take(commit, all, asked.layer);
      if (files.size === 0)
        return {
          ok: false,
          why: `its commit ${commit.slice(0, 12)} holds nothing at ${firstOf(all, 3, inCode)}`,
        };
      const sha256 = treeDigest(files);
      if (locked !== undefined) {
        const same = [...files].filter(([path]) => coversPath(locked.paths, path));
        const digest = treeDigest(new Map(same));
        if (digest !== locked.sha256) return { ok: false, why: othersWords(locked, digest), isOther: true };
      }
      const place = placeInLock(lockName);
      const found: LockedTree = { ...questionOf(asked), commit, paths: all, sha256, place };
      return { ok: true, found, write: (target) => target.writeTree(found, files) };
    } catch (error) {
      return { ok: false, why: withoutCredentials(error instanceof Error ? error.message : String(error)) };
    }
  },
};

function othersWords({ commit, sha256, repository }: LockedTree, digest: string): string {
  if (isArtifact({ repository }))
    return `what is unpacked of it is another content: sha256 ${digest} instead of ${sha256}`;
  return `what is taken of the commit ${commit.slice(0, 12)} now is another content: sha256 ${digest} instead of ${sha256}`;
}
