/**
 * Files of the git generator: which ones, and what each gives. Source: `applicationset/generators/git.go`.
 */
import { posix } from 'node:path';
import { compareText, isObject, type JsonObject } from '../../../../base/index.ts';
import { normalizeName } from '../../../../template/index.ts';
import { directoryParameters } from '../directories.ts';
import { doublestar, pathspec } from './git-glob.ts';
import { flatten } from './go-text.ts';
import { type Generated, type Result, refused, type SetContext, unknown } from './types.ts';
import { readYamlValues } from './yaml-values.ts';

/** All that some item includes and none excludes, bytewise; the order of items does not matter. */
export function matchFiles(
  items: readonly { path: string; exclude: boolean }[],
  context: Pick<SetContext, 'files' | 'fileGlobs'>,
): Result<string[]> {
  const included = new Set<string>();
  const excluded = new Set<string>();
  for (const item of items) {
    const matched = listFiles(item.path, context);
    if (!matched.ok) return matched;
    for (const path of matched.value) (item.exclude ? excluded : included).add(path);
  }
  const chosen = [...included].filter((path) => !excluded.has(path)).sort(compareText);
  const files = new Set(context.files);
  const directory = chosen.find((path) => !files.has(path));
  if (directory !== undefined) return refused(`the pattern takes \`${directory}\`, which is a directory`);
  return { ok: true, value: chosen };
}

/** What one pattern takes; of the new globbing directories as well, which then cannot be read as files. */
export function listFiles(
  pattern: string,
  context: Pick<SetContext, 'files' | 'fileGlobs'>,
): Result<string[]> {
  const old = context.fileGlobs === 'pathspec';
  const compiled = old ? pathspec(pattern) : doublestar(pattern);
  if (!compiled.ok) return unknown(compiled.why);
  const paths = old ? context.files : [...new Set([...context.files, ...allDirectories(context.files)])];
  return { ok: true, value: paths.filter(compiled.matches).sort(compareText) };
}

function allDirectories(files: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const file of files) {
    for (let path = posix.dirname(file); path !== '.' && !found.has(path); path = posix.dirname(path))
      found.add(path);
  }
  return found;
}

/**
 * One set for a mapping, one each for a list of mappings; the parameters of the path win over what the file
 * calls the same.
 */
export function parametersOfFile(path: string, text: string, goTemplate: boolean, prefix: string): Generated {
  const failed = `unable to process file '${path}': unable to parse file`;
  const read = readYamlValues(text);
  if (!read.ok) return refused(`${failed}: ${read.why}`);
  const value = read.value ?? {};
  const list = Array.isArray(value) ? value.map((item) => item ?? {}) : [value];
  if (!list.every(isObject)) return refused(`${failed}: it holds neither a mapping nor a list of mappings`);
  const own = pathParameters(path, goTemplate, prefix);
  return {
    ok: true,
    value: list.map((item) => ({ ...(goTemplate ? item : flatten(item)), ...own })),
  };
}

function pathParameters(path: string, goTemplate: boolean, prefix: string): JsonObject {
  const filename = posix.basename(path);
  const own = directoryParameters(posix.dirname(path), goTemplate, prefix);
  const names = { filename, filenameNormalized: normalizeName(filename) };
  if (!goTemplate) {
    const key = prefix === '' ? 'path' : `${prefix}.path`;
    return {
      ...own,
      [`${key}.filename`]: names.filename,
      [`${key}.filenameNormalized`]: names.filenameNormalized,
    };
  }
  const holder = prefix === '' ? own : own[prefix];
  const inner = isObject(holder) && isObject(holder.path) ? holder.path : {};
  const nested = { path: { ...inner, ...names } };
  return prefix === '' ? nested : { [prefix]: nested };
}
