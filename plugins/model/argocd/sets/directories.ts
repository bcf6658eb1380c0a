/** The git directory generator. Source: `applicationset/generators/git.go`. */

import type { JsonObject } from '../../../base/index.ts';
import { compareText } from '../../../base/index.ts';
import { normalizeName } from '../../../template/index.ts';
import { literalStart, pathMatch } from '../projects/gobwas-glob.ts';

/**
 * Directories of a repository as Argo CD lists them: no root, nothing hidden, in the order of a lexical walk.
 */
export function listDirectories(files: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const file of files) {
    const parts = file.split('/');
    for (let length = 1; length < parts.length; length += 1) {
      if (parts[length - 1]?.startsWith('.')) break;
      found.add(parts.slice(0, length).join('/'));
    }
  }
  // A lexical walk compares name by name: `a/b` comes before `a-b`.
  return [...found].sort((a, b) => compareText(a.replaceAll('/', '\0'), b.replaceAll('/', '\0')));
}

/** Those that some item matches and no excluding item does; the order of items does not matter. */
export function matchDirectories(items: readonly DirectoryItem[], directories: readonly string[]): string[] {
  const take = items.filter((item) => !item.exclude).map(matcherOf);
  const leave = items.filter((item) => item.exclude).map(matcherOf);
  return directories.filter(
    (directory) => take.some((match) => match(directory)) && !leave.some((match) => match(directory)),
  );
}

/** Most directories are told by how they begin. */
function matcherOf({ path }: DirectoryItem): (directory: string) => boolean {
  const start = literalStart(path);
  const matches = pathMatch(path);
  return (directory) => directory.startsWith(start) && matches(directory);
}

/** Parameters of one directory: flat texts, or nested ones for Go templates. */
export function directoryParameters(path: string, goTemplate: boolean, prefix = ''): JsonObject {
  const segments = path.split('/');
  const basename = segments.at(-1) ?? '';
  if (goTemplate) {
    const own = { path: { path, basename, basenameNormalized: normalizeName(basename), segments } };
    return prefix === '' ? own : { [prefix]: own };
  }
  const key = prefix === '' ? 'path' : `${prefix}.path`;
  const flat: JsonObject = {
    [key]: path,
    [`${key}.basename`]: basename,
    [`${key}.basenameNormalized`]: normalizeName(basename),
  };
  for (const [index, segment] of segments.entries()) flat[`${key}[${index}]`] = segment;
  return flat;
}

export interface DirectoryItem {
  path: string;
  exclude: boolean;
}
