/** What a kustomization names at an address, where it was fetched: a folder or a file for kustomize. */
import { posix } from 'node:path';
import {
  broughtBy,
  contentElsewhere,
  coversPath,
  fileAddress,
  isFileAddress,
  isRemote,
  type Reason,
  remoteBase,
  saidOf,
} from '../../source/index.ts';
import type { Repository } from '../repository-files.ts';

/**
 * The folder of another repository, or the file, that stands for an address; else why there is none. Null
 * where it is no address.
 * @param directory of the kustomization; kustomize reads files from there down alone.
 */
export function fetchedPart(
  target: string,
  directory: string,
  isNested: boolean,
  repository: Repository,
): FetchedPart | null {
  if (isFileAddress(target)) {
    const { store } = repository;
    const url = fileAddress(target);
    const locked = store.findFile(url);
    const found = locked === undefined ? undefined : store.file(locked);
    if (locked === undefined || found === undefined) return missing(broughtBy('fetch'));
    if (found.path === null) return missing(contentElsewhere(found.found));
    const name = `.fetched-${locked.sha256.slice(0, 16)}${posix.extname(new URL(url).pathname)}`;
    const file = posix.join(directory, name);
    repository.borrow(file, found.path);
    return { file, url };
  }
  if (!isNested || !isRemote(target)) return null;
  const base = remoteBase(target);
  if (base === null) return { why: 'it is fetched from another repository, which needs a network' };
  const { store } = repository;
  const locked = store.findTree(base);
  if (locked === undefined) return missing(broughtBy('fetch'));
  const { tree, found } = store.tree(locked);
  if (tree === null) return missing(contentElsewhere(found));
  if (!coversPath(locked.paths, base.folder)) return missing(broughtBy('fetch'));
  const folder = base.folder === '.' ? tree.mount : `${tree.mount}/${base.folder}`;
  return repository.kustomizationIn(folder) === undefined
    ? { why: 'no kustomization lies there in what was fetched' }
    : { directory: folder };
}

function missing(reason: Reason): FetchedPart {
  return saidOf('it lies across a network', reason);
}

type FetchedPart = { directory: string } | { file: string; url: string } | Reason;
