import { existsSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import { isInside, isUnder, nearest, realOf, slashed } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import { kustomizationNames } from '../../source/index.ts';
import { placeOfUrl } from '../place-of-url.ts';
import { isStandIn } from './namespaces.ts';
import type { CommandStatement, CommandWord } from './types.ts';

/**
 * A path of a command, from the root or from the page's own folder. Null where it may be anything: a URL, a
 * chart of a registry, a file that the reader makes, a path from another folder.
 */
export function findPath(
  { word, kustomization, chart = false }: PathOf,
  platform: Platform,
  { page, moves }: Pick<CommandStatement, 'page' | 'moves'>,
): FoundPath {
  // What `-f` is given is a file of the host (a release, a raw file), and no folder.
  const own = kustomization ? ownPath(word.text, platform) : null;
  if (own !== null) return ownFolder({ word, kustomization }, own, platform);
  const written = word.text.replace(/^\.\//, '').replace(/\/+$/, '');
  if (word.open || !/^[\w.@+-][\w./@+-]*$/.test(written) || /\/\/|path\/to\//.test(written)) return unknown;
  const { root } = platform.config;
  if (/^\.{0,2}$|^\.\.\//.test(written)) {
    // Relative to where the reader stands, which only a `cd` of the same fence says.
    const folder = moves.reduce<string | null>((from, move) => moved(from, move, root), root);
    if (moves.length === 0 || folder === null) return unknown;
    const path = insideOf(root, resolve(folder, written === '' ? '.' : written));
    return path === null ? unknown : held({ word, kustomization }, path, platform);
  }
  const starts = [root, ...(page.path === null ? [] : [dirname(page.path)])];
  for (const start of starts) {
    const path = insideOf(root, resolve(start, written));
    // What lies elsewhere under the name from the root was meant by none who wrote it so.
    if (path !== null && existsSync(resolve(root, path)))
      return held({ word, kustomization }, path, platform);
  }
  const path = insideOf(root, resolve(root, written));
  if (path === null || page.moves || !isManifestFolder(path, platform)) return unknown;
  // What the page has its reader make, or an author makes up for an example.
  if (page.made.some((folder) => isUnder(folder, path)) || hasStandIn(path, root)) return unknown;
  if (chart && isOfRegistry(word.text, platform)) return unknown;
  return { ok: false, path, word, lacks: 'file' };
}

/** Whether a part of a path is for the reader to exchange: a folder that is there is called so. */
function hasStandIn(path: string, root: string): boolean {
  const parts = path.split('/');
  return parts.some(
    (part, index) => isStandIn(part) && !existsSync(resolve(root, ...parts.slice(0, index + 1))),
  );
}

/** A path that is there, or in a folder that is, under what it must hold. */
function held({ word, kustomization }: PathOf, path: string, { config: { root } }: Platform): FoundPath {
  if (!existsSync(resolve(root, path))) return { ok: false, path, word, lacks: 'file' };
  const isHeld = !kustomization || kustomizationNames.some((name) => existsSync(resolve(root, path, name)));
  return isHeld
    ? { ok: true, path: path === '' ? '.' : path }
    : { ok: false, path, word, lacks: 'kustomization' };
}

/**
 * The first `cd` before a command that leads into a folder of manifests which is not there; null where none
 * does, where nobody can say, and where another command has been told of it.
 */
export function lostMove(statement: CommandStatement, platform: Platform): MissingPath | null {
  const { moves, page } = statement;
  const { root } = platform.config;
  let from: string | null = root;
  for (const move of moves) {
    const next: string | null = moved(from, move, root);
    if (from !== null && next === null) {
      const path = insideOf(root, resolve(from, move.text));
      const starts = page.path === null ? [] : [dirname(page.path)];
      const isLost =
        !move.open &&
        !page.writes &&
        /^[\w.@+-][\w./@+-]*$/.test(move.text) &&
        !move.text.split('/').some((part) => isStandIn(part) || !/[a-z]/.test(part)) &&
        !starts.some((start) => existsSync(resolve(start, move.text))) &&
        path !== null &&
        isManifestFolder(path, platform) &&
        !existsSync(resolve(root, path));
      const first = page.commands.find((one) => one.moves.some(({ place }) => place === move.place));
      return isLost && first === statement ? { ok: false, path, word: move, lacks: 'file' } : null;
    }
    from = next;
  }
  return null;
}

/** Where a `cd` leads to from a folder; null where nobody can say, or where that is not in the repository. */
function moved(from: string | null, { text, open }: CommandWord, root: string): string | null {
  if (from === null || open || /^[~/-]/.test(text)) return null;
  const path = insideOf(root, resolve(from, text));
  return path !== null && existsSync(resolve(root, path)) ? resolve(root, path) : null;
}

/**
 * The path in a URL of this repository, as `kubectl apply -k` takes it
 * (`https://host/owner/name//path?ref=main`); null for any other, and for one at a revision that is not what
 * is read.
 */
function ownPath(text: string, { config: { repository } }: Platform): string | null {
  const [url = '', query = ''] = text.split('?', 2);
  const revision = /(?:^|&)(?:ref|version)=([^&]*)/.exec(query)?.[1] ?? '';
  if (!['', 'HEAD', 'main', 'master', ...repository.branches].includes(revision)) return null;
  const asked = placeOfUrl(url);
  for (const own of repository.urls.map((one) => placeOfUrl(one).replace(/(?:\.git)?\/*$/, ''))) {
    if (own === '' || !asked.toLowerCase().startsWith(own.toLowerCase())) continue;
    const rest = /^(?:\.git)?\/+(.+?)\/*$/.exec(asked.slice(own.length))?.[1];
    if (rest !== undefined) return rest;
  }
  return null;
}

function ownFolder(asked: PathOf, path: string, platform: Platform): FoundPath {
  return insideOf(platform.config.root, resolve(platform.config.root, path)) === null
    ? unknown
    : held(asked, path, platform);
}

/**
 * What has the same name elsewhere, first that in most folders of the same names, else what stands beside it
 * under a similar name, else similar paths. Many folders have one name: one counts where it is near, or half
 * of what it lies in is the same.
 */
export function nearestPaths(path: string, files: readonly string[]): string[] {
  const known = [...new Set(files.flatMap((file) => [file, ...ancestorsOf(file)]))];
  const around = posix.dirname(path).toLowerCase().split('/');
  const shared = (one: string) => {
    const parts = new Set(posix.dirname(one).toLowerCase().split('/'));
    return around.filter((part) => parts.has(part)).length;
  };
  const named = known.filter((one) => posix.basename(one) === posix.basename(path));
  const isAround = (one: string) => files.includes(one) || shared(one) * 2 >= around.length;
  const moved = [...new Set([...nearest(path, named), ...named.filter(isAround)])];
  moved.sort((a, b) => shared(b) - shared(a));
  if (moved.length > 0) return moved.slice(0, 3);
  const folder = posix.dirname(path);
  const beside = known.filter((one) => posix.dirname(one) === folder).map((one) => posix.basename(one));
  const respelled = nearest(posix.basename(path), beside).map((name) => posix.join(folder, name));
  if (respelled.length > 0) return respelled;
  return nearest(path, known).filter((one) => !path.startsWith(`${one}/`));
}

function isManifestFolder(path: string, { sources }: Platform): boolean {
  const slash = path.indexOf('/');
  if (slash <= 0) return false;
  const top = path.slice(0, slash + 1);
  return [...sources.files.keys()].some((file) => file.startsWith(top));
}

/** `minio/minio`: Helm takes what is no folder for a chart of a repository that was added under the name. */
function isOfRegistry(text: string, { sources }: Platform): boolean {
  const [folder, , ...deeper] = text.split('/');
  const hasCharts = [...sources.files.keys()].some(
    (file) => file.startsWith(`${folder}/`) && file.split('/').length === 3 && file.endsWith('/Chart.yaml'),
  );
  return deeper.length === 0 && !hasCharts;
}

function ancestorsOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** Relative to the root; null where the path, or what it links to, lies outside. */
function insideOf(root: string, path: string): string | null {
  const real = realOf(path);
  return isInside(root, real) ? slashed(root, real) : null;
}

interface PathOf {
  word: CommandWord;
  /** True for a folder that must hold one. */
  kustomization: boolean;
  chart?: boolean;
}

const unknown = { ok: null } as const;

export type FoundPath = { ok: true; path: string } | MissingPath | typeof unknown;

export interface MissingPath {
  ok: false;
  /** From the root. */
  path: string;
  word: CommandWord;
  lacks: 'file' | 'kustomization';
}
