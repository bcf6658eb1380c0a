import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { entryAt, isInside, oncePer, realOf, slashed } from '../base/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Sources } from '../source/index.ts';
import { isStandIn, namespacesOf } from './commands/namespaces.ts';
import { matchPaths } from './globs.ts';

/**
 * A path of a page without its position in the file (`#L3`, `#L3-L9`, `:3`, `:3-9`, `:3:5`, `:3,9`,
 * `values.yaml:image.tag`), without a leading `./`, and with gaps of templates (`{{ name }}`) written as
 * other gaps.
 */
export function withoutLines(text: string): string {
  return text
    .replace(/^(?:\.\/)+/, '')
    .replaceAll(/\{\{[^{}/]*\}\}/g, '<name>')
    .replace(/(?<=\.(?:ya?ml|json|toml)):[A-Za-z_][\w.[\]-]*$/, '')
    .replace(/(?:#L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|(?::\d+){1,2}(?:-\d+)?(?:, ?\d+(?:-\d+)?){0,20})$/, '');
}

/** Of all files that are read. */
export const filePaths = oncePer(({ files }: Sources): readonly string[] => [...files.keys()]);

/**
 * The files of the repository that a path of a page means: from the root, from the page's own folder, or with
 * its gaps filled. `null` where it means none that could be held to the repository: a file for the reader to
 * make, what is on disk outside the folders that are read, a name of a namespace and of what is in it, what a
 * package exports.
 * @param pattern without lines.
 * @param page absolute path of the page; null where it has no file.
 */
export function filesMeant(
  pattern: string,
  platform: Platform,
  page: string | null,
): readonly string[] | null {
  const paths = filePaths(platform.sources);
  const { root } = platform.config;
  const near = page === null ? null : join(dirname(realOf(page)), pattern);
  const beside = near !== null && isInside(root, near) ? [near] : [];
  for (const one of [pattern, ...beside.map((path) => slashed(root, path)), withGaps(pattern)]) {
    const files = matchPaths(one, paths);
    if (files.length > 0) return files;
  }
  const isOnDisk = [join(root, pattern), ...beside].some((path) => isInside(root, path) && existsSync(path));
  return isOnDisk ||
    isForReader(pattern, paths) ||
    isSymbol(pattern, root) ||
    isTail(pattern, paths) ||
    isNamespaced(pattern, platform) ||
    remoteKeys(platform.model).has(pattern) ||
    isUsual(pattern, platform) ||
    (page !== null && tellsOfThePast(page))
    ? null
    : [];
}

/**
 * True for a changelog, which names files that may be gone or lie in the repository of a chart, and for a
 * numbered record of a decision, which tells of how things were then.
 */
export function tellsOfThePast(page: string): boolean {
  return (
    /^(?:changelog|changes|history|release[-_ ]?notes?)(?:\.[^.]+)?$/i.test(posix.basename(page)) ||
    /(?:^|\/)(?:adrs?|decisions|decision-records)\/(?:adr-?)?\d{2,}[^/]*$/i.test(page)
  );
}

/** Where secrets lie in their stores: `apps/web/database` may be one of Vault's. */
const remoteKeys = oncePer(
  ({ secrets }: Platform['model']): Set<string> =>
    new Set(
      secrets.flatMap(({ keys, pushes }) =>
        [...keys, ...pushes].map(({ remote }) => remote.split('#', 1)[0] ?? ''),
      ),
    ),
);

/**
 * A segment in capitals (`ENV`) or one that an author makes up (`my-team`) stands for any name; the last
 * segment does not.
 */
function withGaps(pattern: string): string {
  const segments = pattern.split('/');
  const isOpen = (segment: string, index: number) =>
    index > 0 && index < segments.length - 1 && (isGap(segment) || isMadeUp(segment));
  return segments.map((segment, index) => (isOpen(segment, index) ? '*' : segment)).join('/');
}

/**
 * True where the last segment has a gap, or one is made up, and the folder before it is there: what the
 * reader is to put into it need not exist yet.
 */
function isForReader(pattern: string, paths: readonly string[]): boolean {
  const segments = pattern.replace(/\/$/, '').split('/');
  // An existing folder is no gap, whatever its name.
  const isThere = (index: number) =>
    matchPaths(`${segments.slice(0, index + 1).join('/')}/`, paths).length > 0;
  const madeUp = segments.findIndex(
    (segment, index) => index > 0 && isMadeUp(segment) && (index === segments.length - 1 || !isThere(index)),
  );
  const last = segments.at(-1) ?? '';
  const at =
    madeUp > 0
      ? madeUp
      : /\$\w|\$?\{[^{},]*\}|<[^<>]+>|\[[^[\]]+\]/.test(last) || isGap(last)
        ? segments.length - 1
        : 0;
  return at > 0 && matchPaths(`${withGaps(segments.slice(0, at).join('/'))}/`, paths).length > 0;
}

/** True where a pattern is the end of paths: it is told from a folder that the page has spoken of. */
function isTail(pattern: string, paths: readonly string[]): boolean {
  return /[<[{$*]/.test(pattern) && matchPaths(`**/${pattern}`, paths).length > 0;
}

function isGap(segment: string): boolean {
  return (
    /^[A-Z][A-Z\d]*(?:[_-][A-Z\d]+)*(?:\.\w+)?$/.test(segment) &&
    !/^(?:README|LICENSE|CHANGELOG)\b/.test(segment)
  );
}

function isMadeUp(segment: string): boolean {
  const name = posix.basename(segment, posix.extname(segment));
  return (isStandIn(name) && /-|example/.test(segment)) || /(?:^|[-_])xxx+(?:[-_]|$)/i.test(name);
}

/** `internal/pipeline.Build`: what a Go package exports, where its folder is there. */
function isSymbol(pattern: string, root: string): boolean {
  const folder = /^(.+?)\.[A-Z]\w*(?:\.[A-Z]\w*)?$/.exec(pattern)?.[1];
  return folder !== undefined && entryAt(join(root, folder))?.isDirectory() === true;
}

/** `team-a/database`: no path, where `team-a` is a namespace, and has that, or may have what was not read. */
function isNamespaced(pattern: string, platform: Platform): boolean {
  const [namespace = '', name = '', ...rest] = pattern.split('/');
  if (rest.length > 0 || name === '' || name.includes('.') || !namespacesOf(platform).has(namespace))
    return false;
  const { resources, unverified } = platform.model;
  return unverified.length > 0 || resources.some((one) => one.namespace === namespace && one.name === name);
}

/**
 * True in a hidden folder that every repository may have (`.github/`, `.tekton/`) and no layer names:
 * another's may be meant.
 */
function isUsual(pattern: string, { model }: Platform): boolean {
  return (
    pattern.startsWith('.') &&
    !model.layers.some(({ paths }) => paths.some((path) => path.startsWith('.') && path.length > 1))
  );
}
