/** Whether a `repoURL` of a manifest is the repository that is read. */
import { isUnder, stableStringify, whileSame } from '../../../base/index.ts';
import { type Config, pathsOf, type Sources } from '../../../source/index.ts';
import { isPlaceholder, normalizeGitUrl } from './git-url.ts';

/**
 * A placeholder is this repository, and so is any spelling of a URL that the configuration names. Where it
 * names none (a copy without a remote), a URL counts as this repository when the path that is asked for
 * exists here: better than leaving a whole platform unverified for want of one line of configuration. What a
 * registry holds is never this repository.
 */
export function createRepository(config: Config, sources: Sources): Repository {
  const paths = pathsOf(sources);
  const unread = [
    ...sources.unread,
    ...config.repository.submodules,
    ...sources.faults.flatMap(
      ({
        diagnostic: {
          sources: [at],
        },
      }) => (at ? [at.file] : []),
    ),
  ].filter((path) => path !== '');
  const said = stableStringify([config.repository, config.layers, unread]);
  return sameRepository(paths, [said], () => makeRepository(config, paths, unread));
}

const sameRepository = whileSame<readonly string[], Repository>();

/** @param unread folders that are not walked, links that are not followed: what is in them is not known. */
function makeRepository(config: Config, paths: readonly string[], unread: readonly string[]): Repository {
  const own = new Set(config.repository.urls.map(comparable).filter((url) => url !== ''));
  const directories = new Set<string>(['.']);
  for (const file of paths) {
    for (let slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1))
      directories.add(file.slice(0, slash));
  }
  const roots = [...config.layers.bootstrap, ...config.layers.gitops];
  const branches = new Set(['', 'HEAD', 'main', 'master', ...config.repository.branches]);
  return {
    directories,
    isLocal: (url, exists) =>
      isPlaceholder(url) ||
      (!url.startsWith('oci://') && (own.size > 0 ? own.has(comparable(url)) : exists())),
    covers: (path) => roots.some((root) => isUnder(root, path)) && !unread.some((one) => isUnder(one, path)),
    isRead: (revision) => branches.has(revision.replace(/^refs\/heads\//, '')),
  };
}

/**
 * Host and path alone: a remote is often SSH where manifests say HTTPS. Empty for a local path, which names
 * nothing in a manifest.
 */
function comparable(url: string): string {
  const normal = normalizeGitUrl(url);
  if (/^(file:|\.{0,2}\/)/.test(normal)) return '';
  return normal
    .replace(/^[a-z0-9+.-]+:\/\//, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/]+):\d+(?=\/)/, '$1')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

export interface Repository {
  /** Every directory that holds a file, relative to the root; `.` is the root. */
  directories: ReadonlySet<string>;
  /**
   * `exists` says whether what is asked for is here; asked only where the configuration names no repository.
   */
  isLocal(url: string, exists: () => boolean): boolean;
  /**
   * True where the path lies under a manifest root and is walked, so that what is not found there does not
   * exist.
   */
  covers(path: string): boolean;
  /**
   * True for `HEAD`, for the branch that is checked out, and for the usual names of the one that everything
   * is merged into.
   */
  isRead(revision: string): boolean;
}
