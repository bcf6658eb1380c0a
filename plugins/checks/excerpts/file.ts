import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { compareText, entryAt, oncePer, slashed, takeSteps } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import { blankText, readSourceFile, type SourceFile } from '../../source/index.ts';

/**
 * The file that an excerpt names, by its path from the root. A link is followed and never out of the root.
 * What the manifests use as a Secret's data is hidden under each of its names; hidden files (`.git`,
 * `.npmrc`) are not shown at all, but for those of a CI.
 */
export function openExcerptFile(path: string, platform: Platform): OpenedFile {
  const { root } = platform.config;
  const stamp = stampOf(join(root, path));
  const known = lately(platform);
  const found = known.get(path);
  if (found?.stamp === stamp) return found.opened;
  const opened = openAnew(path, platform);
  // Excerpts of one file stand together, and a file may be large.
  if (known.size >= 8) known.clear();
  known.set(path, { opened, stamp });
  return opened;
}

/** What was opened last, as long as it lies there unchanged. */
const lately = oncePer<Platform, Map<string, Lately>>(() => new Map());

function stampOf(path: string): string | null {
  const info = entryAt(path);
  return info === undefined ? null : `${info.mtimeMs} ${info.size} ${info.ino}`;
}

function openAnew(path: string, platform: Platform): OpenedFile {
  const { root } = platform.config;
  const name = posix.normalize(path.replace(/^\.\//, ''));
  if (/^([/\\]|[A-Za-z]:)/.test(path) || path.includes('\\') || name === '..' || name.startsWith('../'))
    return { ok: false, why: 'outside' };
  const real = realNameOf(root, name);
  if (real?.startsWith('..')) return { ok: false, why: 'outside' };
  if ([name, real ?? ''].some(isHidden)) return { ok: false, why: 'hidden' };
  const { files, secrets } = platform.sources;
  const file = files.get(name) ?? (real === null ? undefined : readSourceFile(root, name));
  if (file === undefined) return { ok: false, why: 'missing' };
  if (!files.has(name) && secrets.paths.has(real ?? name)) return { ok: false, why: 'empty' };
  const same = [...files.values()].filter((one) => one.hash === file.hash);
  const shown = secrets.hashes.has(file.hash) ? hidden(file) : mostHidden([file, ...same]);
  if (shown.text.trim() === '') return { ok: false, why: 'empty' };
  return { ok: true, file: { ...shown, path: name, text: withoutSecretComments(shown) } };
}

/** Paths that a slip of the pen may have meant: every file that was read, and the neighbours on disk. */
export function knownPaths(path: string, platform: Platform): string[] {
  const { root } = platform.config;
  const folder = posix.dirname(posix.normalize(path));
  const real = realNameOf(root, folder);
  const isInside = real !== null && !real.startsWith('..');
  const found = (isInside ? filesIn(join(root, folder)) : []).map((name) =>
    folder === '.' ? name : `${folder}/${name}`,
  );
  if (!takeSteps((platform.sources.files.size + found.length) / 2)) return [];
  return [...new Set([...platform.sources.files.keys(), ...found])].filter((one) => !isHidden(one));
}

function filesIn(folder: string): string[] {
  if (!statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort(compareText);
}

/** Path from the root with its links followed; null where there is no such file. */
function realNameOf(root: string, name: string): string | null {
  try {
    return slashed(realpathSync(root), realpathSync(join(root, name)));
  } catch {
    return null;
  }
}

function isHidden(path: string): boolean {
  const [top = ''] = path.split('/');
  const allowed = /^\.(github|gitlab|circleci|gitlab-ci\.ya?ml|pre-commit-config\.ya?ml)$/.test(top);
  const segments = allowed ? path.split('/').slice(1) : path.split('/');
  return segments.some(
    (segment) => (segment.startsWith('.') && segment !== '.') || segment === 'node_modules',
  );
}

function hidden(file: SourceFile): SourceFile {
  return { ...file, text: blankText(file.text, [{ from: 0, to: file.text.length }]) };
}

/** In a file that holds a Secret any comment may be a value that was commented out. */
function withoutSecretComments({ text, documents }: SourceFile): string {
  const holdsSecret = text.includes('•') || documents.some(({ value }) => value.kind === 'Secret');
  return holdsSecret ? blankText(text, [{ from: 0, to: text.length, comments: true }]) : text;
}

/**
 * Of files with the same bytes the one of whose text least is shown: a Secret's data may also lie under
 * another name.
 */
function mostHidden(files: SourceFile[]): SourceFile {
  const bullets = ({ text }: SourceFile) => text.split('•').length;
  return files.reduce((most, file) => (file.text === '' || bullets(file) > bullets(most) ? file : most));
}

interface Lately {
  opened: OpenedFile;
  /** Of the file at that time; null where there was none. */
  stamp: string | null;
}

export type OpenedFile =
  | { ok: true; file: SourceFile }
  | { ok: false; why: 'outside' | 'hidden' | 'missing' | 'empty' };
