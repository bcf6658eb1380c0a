/** Git repositories that lie across a network, as far as they were fetched. */
import { posix } from 'node:path';
import {
  type AskedTree,
  artifactAddress,
  broughtBy,
  contentElsewhere,
  coversPath,
  fileAddress,
  gitAddress,
  holdsPlaceholder,
  isPlainAddress,
  mountOfFile,
  type Place,
  questionOf,
  type Reason,
  type Sources,
  saidOf,
  type Tree,
  treeFile,
  treeFilesBelow,
} from '../../source/index.ts';
import { listDirectories } from '../argocd/sets/directories.ts';
import { shownText } from '../readable-text.ts';

/**
 * The files of another repository at a revision, where all that is asked of it is here; or what brings it,
 * null where nothing does. That it is asked for is noted either way.
 * @param asked.paths folders and files of it; one that leaves it is nobody's.
 */
export function treeAcross(asked: AskedAcross, context: Asking): Across {
  const { url, revision, paths } = asked;
  const repository = gitAddress(url);
  const inner = paths.map((path) => innerPath(path)).filter((path) => path !== null);
  return repository === null
    ? { hint: null }
    : openTree(
        { ...asked, url: repository, revision: revision === 'HEAD' ? null : revision },
        inner,
        context,
      );
}

/**
 * The same of an OCI artifact, which is brought whole. One that is asked for by no tag, range or digest is
 * nobody's to choose. Source: Argo CD's `util/oci`.
 * @param asked.layer which layer Flux takes; left out where Argo CD asks.
 */
export function artifactAcross(
  asked: Omit<AskedAcross, 'paths'> & { layer?: string },
  context: Asking,
): Across {
  const address = artifactAddress(asked.url);
  return address === null || (asked.revision ?? '') === ''
    ? { hint: null }
    : openTree({ ...asked, url: address }, ['.'], context);
}

function openTree(
  { url: repository, revision, origin, ...more }: Omit<AskedAcross, 'paths'> & { layer?: string },
  inner: string[],
  { sources: { store }, wanted }: Asking,
): Across {
  const question = questionOf({ repository, asked: revision || null, ...more });
  if (holdsPlaceholder(JSON.stringify([question, inner]))) return { hint: null };
  if (inner.length > 0) wanted?.push({ ...question, paths: inner, origin });
  const locked = store.findTree(question);
  if (locked === undefined) return { hint: broughtBy('fetch') };
  const { tree, found } = store.tree(locked);
  if (tree === null) return { hint: contentElsewhere(found) };
  return inner.every((path) => coversPath(locked.paths, path))
    ? { tree }
    : { hint: saidOf('that part of it is not here', broughtBy('fetch')) };
}

/** What a generator reads of another repository, by the paths that it has there. */
export function filesAcross(asked: AskedAcross, context: Asking) {
  const across = treeAcross(asked, context);
  if ('hint' in across) return across;
  const { tree } = across;
  const files = treeFilesBelow(tree, '.');
  return {
    files,
    directories: listDirectories(files),
    textOf: (path: string) => shownText(treeFile(tree, path)),
  };
}

/**
 * Where a value file at an address stands, where it is here; or why it is not known. That it is asked for is
 * noted either way.
 */
export function valuesAcross(
  url: string,
  origin: Place,
  { sources: { store }, wantedFiles }: { sources: Sources; wantedFiles?: WantedFile[] | undefined },
): { path: string } | Reason {
  const address = fileAddress(url);
  const shown = address.replace(/[?#].*$/s, '?…');
  if (!isPlainAddress(address) || holdsPlaceholder(address))
    return { why: `its value file ${shown} is fetched from the network` };
  wantedFiles?.push({ url: address, origin });
  const locked = store.findFile(address);
  const found = locked === undefined ? undefined : store.file(locked);
  const across = `its value file ${shown} lies across a network`;
  if (locked === undefined || found === undefined) return saidOf(across, broughtBy('fetch'));
  return found.path === null ? saidOf(across, contentElsewhere(found.found)) : { path: mountOfFile(locked) };
}

/** Why what lies in another repository is not known. */
export function elsewhere(hint: Reason | null, what = 'it is another repository'): Reason {
  return hint === null ? { why: what } : saidOf(what, hint);
}

/** Relative to the root of the repository; null where it leaves it. */
export function innerPath(path: string): string | null {
  const inner = posix.normalize(path.replace(/^\/+/, '')).replace(/\/+$/, '') || '.';
  return inner === '..' || inner.startsWith('../') ? null : inner;
}

type Across = { tree: Tree } | { hint: Reason | null };

interface AskedAcross {
  url: string;
  revision: string | null;
  /** What tags begin with that count. */
  tagPrefix?: string;
  paths: readonly string[];
  /** Where it is asked for. */
  origin: Place;
}

interface Asking {
  sources: Sources;
  /** Takes what is asked of other repositories. */
  wanted?: WantedTree[] | undefined;
}

/** What a deployer or a generator asks of another repository. */
export interface WantedTree extends AskedTree {
  origin: Place;
}

/** What a deployer asks of an address. */
export interface WantedFile {
  url: string;
  origin: Place;
}
