import { readFileSync } from 'node:fs';
import { at } from '../base/index.ts';
import { loginMark, loginWords, parseYaml, type SourceFile, secretPaths, toJson } from '../source/index.ts';
import type { Repository } from './repository-files.ts';

/**
 * What the files of a build hold that must not be shown: values of Secrets as they are written and decoded,
 * whole and in the parts that a replacement with a delimiter would copy. Read anew, because nothing that was
 * kept of the files has them; kept in no cache.
 */
export function secretWords(
  { pathOf }: Pick<Repository, 'pathOf'>,
  files: readonly SourceFile[],
): Set<string> {
  const delimiters = new Set(
    files.flatMap(({ text }) => [...text.matchAll(delimiter)].map(([, one = '']) => one)),
  );
  const words = files
    .flatMap((file) => secretsIn(file, pathOf(file.path)))
    .flatMap((value) => [value, value.slice(value.indexOf('=') + 1), ...value.split(/\r?\n/)])
    .flatMap((one) => [one, Buffer.from(one, 'base64').toString('utf8')])
    .flatMap((form) => [form, ...[...delimiters].flatMap((mark) => form.split(mark))])
    .filter((part) => part.length >= shortest && !part.includes('\ufffd'))
    .map((part) => part.trim());
  return new Set(words.filter((word) => word !== ''));
}

/** Of a file of many builds they are read once a run. */
function secretsIn(file: SourceFile, path: string): readonly string[] {
  const secrets = known.get(file) ?? readSecrets(file, path);
  known.set(file, secrets);
  return secrets;
}

const known = new WeakMap<SourceFile, readonly string[]>();

function readSecrets(file: SourceFile, path: string): string[] {
  // What was hidden has bullets in its place; a file of a generator of Secrets is not shown at all.
  if (file.text !== '' && !file.text.includes('\u2022')) return [];
  const text = readFileSync(path, 'utf8');
  // A picture is no password.
  if (text.includes('\0') || text.length > longest) return [];
  const lines = file.documents.length === 0 ? text.split('\n').map((line) => line.trim()) : [];
  const values = parseYaml(text).flatMap(({ contents }) => {
    const { value } = toJson(contents);
    return secretPaths(value).flatMap(({ path, replacement }) => {
      const hidden = at(value, ...path);
      return typeof hidden === 'string' && replacement.includes(loginMark) ? loginWords(hidden) : [hidden];
    });
  });
  return [
    ...lines,
    ...values.flatMap((secret) =>
      typeof secret === 'string' || typeof secret === 'number' ? String(secret) : [],
    ),
  ];
}

/**
 * An engine's message without them; where there are any, also without what it quotes or lists, as it may have
 * cut or escaped them.
 */
export function withoutSecretWords(message: string, words: ReadonlySet<string>): string {
  if (words.size === 0) return message;
  let shown = message;
  for (const word of [...words].sort((a, b) => b.length - a.length)) shown = shown.replaceAll(word, '\u2026');
  return shown
    .replaceAll(/\[(?:[^[\]]*[=:\s][^[\]]*)\]/g, '[\u2026]')
    .replaceAll(/(?<=\b(?:contents|alias|value|literal|scalar)s?:? )["'`]?[^\s,;)\]]+/gi, '\u2026')
    .replaceAll(/node contents: .*/g, 'node contents: \u2026');
}

const delimiter = /\bdelimiter["']?[ \t]*:[ \t]*["']?([^"'\n,}]+)/g;
/** Shorter ones would take innocent words with them. */
const shortest = 4;
const longest = 2 ** 20;
