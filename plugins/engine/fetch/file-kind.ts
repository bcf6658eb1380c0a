/** Files at an address of their own, as kustomizations and schemas name: each by one plain request. */
import { type LockedFile, lockName } from '../../source/index.ts';
import { type AskedFile, askedParts } from './asked-parts.ts';
import { getFile } from './get-file.ts';
import { type PartKind, placeInLock } from './part-kind.ts';

export const fileKind: PartKind<AskedFile, LockedFile> = {
  asked: (platform) => askedParts(platform).files,
  lockedIn: ({ files }) => files,
  withLocked: (_, files) => ({ files }),
  keyOf: ({ url }) => url,
  questionOf: ({ url }) => url,
  wordOf: ({ url }) => url,
  covers: () => true,
  holds(file, target, from) {
    if (target.file(file).path !== null) return true;
    const bytes = from.bytesOf(file);
    return bytes !== null && target.writeFile(file, bytes);
  },
  isMoved: (from, to) => from.sha256 !== to.sha256,
  async bring({ url }, locked, { limit }) {
    const got = await getFile(url, limit);
    if (!got.ok) return got;
    const { sha256, bytes } = got;
    if (locked !== undefined && sha256 !== locked.sha256) {
      const why = `what lies there now is another content: sha256 ${sha256} instead of ${locked.sha256}`;
      return { ok: false, why, isOther: true };
    }
    const found: LockedFile = { url, sha256, place: placeInLock(lockName) };
    return { ok: true, found, write: (target) => target.writeFile(found, bytes) };
  },
};
