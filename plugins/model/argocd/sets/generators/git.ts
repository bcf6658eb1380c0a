/** The git generator: directories, or files. Source: `applicationset/generators/git.go`. */
import { posix } from 'node:path';
import { isObject, type JsonObject, listAt, textAt } from '../../../../base/index.ts';
import { elsewhere } from '../../../deployers/fetched-tree.ts';
import { type DirectoryItem, directoryParameters, matchDirectories } from '../directories.ts';
import { fixtureOf, fromFixture } from './fixtures.ts';
import { eachWithValues } from './generator-values.ts';
import { matchFiles, parametersOfFile } from './git-files.ts';
import { type Generated, type GeneratorScope, type Result, refused, unknown } from './types.ts';

/**
 * Directories win where both are given. Another repository's are known as far as it was fetched; what was not
 * read of this one is not.
 */
export function fromGit(generator: JsonObject, scope: GeneratorScope): Generated {
  const kind = listAt(generator, 'directories').length > 0 ? 'directories' : 'files';
  const items = listAt(generator, kind).map((item) => ({
    path: textAt(item, 'path') ?? '',
    exclude: isObject(item) && item.exclude === true,
  }));
  if (items.length === 0) return refused('a git generator needs `directories` or `files`');
  const found = matched(kind, items, scope);
  const url = textAt(generator, 'repoURL') ?? '';
  if (!scope.context.isLocal(url, () => !found.ok || found.value.length > 0))
    return fromAcross(kind, items, url, generator, scope);
  const outside = items.find((item) => !item.exclude && !scope.context.covers(fixedPart(item.path)));
  if (outside) {
    const why = `\`${outside.path}\` lies outside the manifest folders that are read`;
    return fixtureOf('git', scope) === null
      ? unknown(why, [kind])
      : fromFixture('git', generator, scope, { why });
  }
  return parametersOf(kind, found, generator, scope);
}

/** Of another repository: nothing of it is a fault here, as it may be another tomorrow. */
function fromAcross(
  kind: Kind,
  items: readonly DirectoryItem[],
  url: string,
  generator: JsonObject,
  scope: GeneratorScope,
): Generated {
  const said = `the git generator reads another repository, \`${url}\``;
  if (fixtureOf('git', scope) !== null) return fromFixture('git', generator, scope, { why: said });
  const paths = items.filter((item) => !item.exclude).map(({ path }) => fixedPart(path));
  const revision = textAt(generator, 'revision') ?? null;
  const across = scope.context.across({ url, revision, paths });
  if ('hint' in across) return fromFixture('git', generator, scope, elsewhere(across.hint, said));
  const there = { ...scope, context: { ...scope.context, ...across } };
  const found = matched(kind, items, there);
  if (found.ok && found.value.length === 0) return unknown(`${said}, in which nothing matches`, [kind]);
  const made = parametersOf(kind, found, generator, there);
  return made.ok ? made : { ...made, refused: false };
}

function parametersOf(
  kind: Kind,
  found: Result<string[]>,
  generator: JsonObject,
  scope: GeneratorScope,
): Generated {
  if (!found.ok) return { ...found, path: [kind, ...found.path] };
  const prefix = textAt(generator, 'pathParamPrefix') ?? '';
  if (kind === 'directories') {
    const sets = found.value.map((path) => directoryParameters(path, scope.options.goTemplate, prefix));
    return eachWithValues(generator, sets, scope);
  }
  const sets: JsonObject[] = [];
  for (const path of found.value) {
    const own = ofFile(path, prefix, scope);
    if (!own.ok) return { ...own, path: [kind, ...own.path] };
    sets.push(...own.value);
  }
  return eachWithValues(generator, sets, scope);
}

function matched(kind: Kind, items: readonly DirectoryItem[], { context }: GeneratorScope): Result<string[]> {
  return kind === 'directories'
    ? { ok: true, value: matchDirectories(items, context.directories) }
    : matchFiles(items, context);
}

function ofFile(path: string, prefix: string, { context, options }: GeneratorScope): Generated {
  const text = context.textOf(path);
  if (text === undefined) return unknown(`the content of \`${path}\` is not read`);
  return parametersOfFile(path, text, options.goTemplate, prefix);
}

/** What it takes and leaves out, as written. */
export function gitPatterns(generator: JsonObject): { paths: string[]; exclude: string[] } {
  const kind = listAt(generator, 'directories').length > 0 ? 'directories' : 'files';
  const items = listAt(generator, kind).filter(isObject);
  const texts = (excluded: boolean): string[] =>
    items
      .filter((item) => (item.exclude === true) === excluded)
      .flatMap((item) => textAt(item, 'path') ?? []);
  return { paths: texts(false), exclude: texts(true) };
}

/** The part of a pattern before its first wildcard, whole names only. */
function fixedPart(pattern: string): string {
  const names = pattern.replace(/^:\([^)]*\)/, '').split('/');
  const wild = names.findIndex((name) => /[*?[\\{]/.test(name));
  return posix.normalize((wild < 0 ? names : names.slice(0, wild)).join('/') || '.').replace(/(.)\/$/, '$1');
}

type Kind = 'directories' | 'files';
