/** The git generator: directories, or files. Source: `applicationset/generators/git.go`. */
import { posix } from 'node:path';
import { isObject, type JsonObject, listAt, textAt } from '../../../../base/index.ts';
import { directoryParameters, matchDirectories } from '../directories.ts';
import { fixtureOf, fromFixture } from './fixtures.ts';
import { eachWithValues } from './generator-values.ts';
import { matchFiles, parametersOfFile } from './git-files.ts';
import { type Generated, type GeneratorScope, type Result, refused, unknown } from './types.ts';

/**
 * Directories win where both are given. Another repository's are not known, and neither is what was not read
 * of this one.
 */
export function fromGit(generator: JsonObject, scope: GeneratorScope): Generated {
  const kind = listAt(generator, 'directories').length > 0 ? 'directories' : 'files';
  const items = listAt(generator, kind).map((item) => ({
    path: textAt(item, 'path') ?? '',
    exclude: isObject(item) && item.exclude === true,
  }));
  if (items.length === 0) return refused('a git generator needs `directories` or `files`');
  const found = kind === 'directories' ? directories(items, scope) : matchFiles(items, scope.context);
  const url = textAt(generator, 'repoURL') ?? '';
  if (!scope.context.isLocal(url, () => !found.ok || found.value.length > 0))
    return fromFixture('git', generator, scope, `the git generator reads another repository, \`${url}\``);
  const outside = items.find((item) => !item.exclude && !scope.context.covers(fixedPart(item.path)));
  if (outside) {
    const why = `\`${outside.path}\` lies outside the manifest folders that are read`;
    return fixtureOf('git', scope) === null
      ? unknown(why, [kind])
      : fromFixture('git', generator, scope, why);
  }
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

function directories(
  items: readonly { path: string; exclude: boolean }[],
  scope: GeneratorScope,
): Result<string[]> {
  return { ok: true, value: matchDirectories(items, scope.context.directories) };
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
