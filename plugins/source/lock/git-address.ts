/** Addresses of Git repositories and of what lies in them, as Argo CD, Flux and kustomize write them. */
import { posix } from 'node:path';
import type { AskedTree } from './lock-file.ts';

/**
 * The address that Git is asked with, and that is shown: without whoever asks (but for the user of SSH, who
 * is part of the address), without slashes at its end. Null for what no network has: a path, a program of a
 * user's own (`ext::`), a word.
 */
export function gitAddress(url: string): string | null {
  const written = url.trim().replace(/\/+$/, '');
  if (/[\s\p{Cc}]/u.test(written) || written.startsWith('-')) return null;
  const [, scheme = '', rest = ''] = /^(https?|ssh|git):\/\/(.+)$/i.exec(written) ?? [];
  if (scheme !== '') {
    const isSsh = scheme.toLowerCase() === 'ssh';
    const bare = rest.replace(/^([^/@]*)@/, (_, user: string) => (isSsh ? `${user.split(':')[0]}@` : ''));
    return /^(\w[\w.-]*@)?[\w.[\]:-]+\/./.test(bare) ? `${scheme.toLowerCase()}://${bare}` : null;
  }
  return /^(\w[\w.-]*@)?[A-Za-z0-9][\w.-]*\.[\w.-]+:(?!\/\/)[^:]+$/.test(written) ? written : null;
}

/**
 * A resource of a kustomization that is a folder of a Git repository: which, at what revision. Null where
 * kustomize takes it for none. Source: `NewRepoSpecFromURL` of kustomize's `api/internal/git`.
 */
export function remoteBase(target: string): (AskedTree & { folder: string }) | null {
  if (target.startsWith('/')) return null;
  const [address = '', query = ''] = cut(target, '?');
  const parameters = new URLSearchParams(query);
  const host = hostOf(address.replace(/^git::/, ''));
  if (host === null) return null;
  const split = splitPath(host.rest);
  if (split === null) return null;
  const folder = posix.normalize(split.inner.replace(/^\/+/, '').replace(/\/+$/, '') || '.');
  const repository = gitAddress(`${host.host}${split.repository}`);
  if (repository === null || folder === '..' || folder.startsWith('../')) return null;
  const asked = parameters.get('ref') || parameters.get('version') || null;
  return { repository, asked, paths: [folder], folder };
}

/** An address of one file, which kustomize gets as it is rather than as part of a repository. */
export function isFileAddress(target: string): boolean {
  const path = /^https?:\/\/[^/?#\s]+(\/[^?#\s]*)/i.exec(target)?.[1];
  return path !== undefined && /\.(ya?ml|json)$/i.test(path) && !/\/\/|_git\//.test(path);
}

/** An address of values for Helm: of any name, but without a query, which may be somebody's password. */
export function isPlainAddress(url: string): boolean {
  return /^https?:\/\/[^/?#\s]+\/[^?#\s]*$/i.test(url);
}

/** An address of a file as it is asked for and shown: without whoever asks. */
export function fileAddress(url: string): string {
  return url.trim().replace(/^(https?:\/\/)[^/@]*@/i, '$1');
}

function hostOf(address: string): { host: string; rest: string } | null {
  const [, scheme = '', afterScheme = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(address) ?? [];
  const [, user = '', named = ''] = /^([a-zA-Z][a-zA-Z0-9-]*@)?(.*)$/s.exec(afterScheme) ?? [];
  const gitHub = /^(?:gh:|github\.com[:/])/i.exec(named)?.[0];
  if (gitHub !== undefined) {
    const rest = named.slice(gitHub.length).replace(/^\/+/, '');
    const isSsh = /^ssh:/i.test(scheme) || user !== '';
    return { host: isSsh && !/^https?:/i.test(scheme) ? 'git@github.com:' : 'https://github.com/', rest };
  }
  const isScp = scheme === '' && user !== '';
  if (!isScp && !/^(ssh|https?):\/\/$/i.test(scheme)) return null;
  const end = isScp ? named.search(/[:/]/) : named.indexOf('/');
  if (end < 0) return null;
  return { host: `${scheme}${user}${named.slice(0, end + 1)}`, rest: named.slice(end + 1) };
}

/** `_git/` before the name of the repository, `//` after it, `.git` at its end; else two names. */
function splitPath(path: string): { repository: string; inner: string } | null {
  const marked = path.indexOf('_git/');
  if (marked >= 0) {
    const [name = '', ...rest] = path.slice(marked + 5).split('/');
    return { repository: `${path.slice(0, marked + 5)}${name}`, inner: rest.join('/') };
  }
  for (const [mark, kept] of [
    ['//', 0],
    ['.git', 4],
  ] as const) {
    const at = path.indexOf(mark);
    if (at >= 0) return { repository: path.slice(0, at + kept), inner: path.slice(at + mark.length) };
  }
  const [owner = '', name = '', ...rest] = path.split('/');
  return owner === '' || name === '' ? null : { repository: `${owner}/${name}`, inner: rest.join('/') };
}

function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}
