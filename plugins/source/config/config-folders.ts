import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { entryAt, isInside, realOf, slashed } from '../../base/index.ts';
import { ConfigError } from './config-error.ts';

/** Absolute, and where a link leads to. */
export function resolveRoot(path: string): string {
  const root = resolve(path);
  if (!entryAt(root)?.isDirectory())
    throw new ConfigError(
      `the root \`${path}\` is not a folder`,
      'Give the folder of a repository: `--root DIR`.',
    );
  return realpathSync(root);
}

/**
 * A folder of pages that is named must exist, so that a slip in its name is no green check of nothing; the
 * usual one need not.
 */
export function docsFolder(root: string, asked: string | undefined, configured: string | undefined): string {
  const named = asked ?? configured;
  const path = asked === undefined ? resolve(root, named ?? 'docs') : resolve(asked);
  // Only the caller may name pages, which are read and written, outside of what is read.
  if (asked === undefined && !isInside(realOf(root), realOf(path)))
    throw new ConfigError(
      `the docs folder \`${named ?? 'docs'}\` leads out of the root`,
      'Name a folder of the repository in the configuration, or another one with `--docs DIR`.',
    );
  if (named === undefined || isFolder(path)) return path;
  const message = `the docs folder \`${named}\` ${existsSync(path) ? 'is not a folder' : 'does not exist'}`;
  if (asked === undefined)
    throw new ConfigError(message, `Mend \`docs\` in the configuration: it is a folder under ${root}.`);
  const fromRoot = resolve(root, named);
  throw new ConfigError(
    message,
    isFolder(fromRoot)
      ? `\`--docs\` is taken from the working directory: write \`--docs ${slashed(process.cwd(), fromRoot) || '.'}\`.`
      : 'Name an existing folder of pages: `--docs DIR`, from the working directory.',
  );
}

/** It is read and written, so it is a file of the repository; whether there is one is for who reads it. */
export function baselineFile(root: string, given: string): string {
  const path = resolve(root, given);
  if (isInside(realOf(root), realOf(path)) && isInside(root, path)) return path;
  throw new ConfigError(
    `the baseline \`${given}\` leads out of the root`,
    'Name a file of the repository in the configuration, or another one with `--baseline FILE`.',
  );
}

/** A folder of manifests, relative to the root. */
export function resolveFolder(root: string, path: string, key: 'layers' | 'deploy' = 'layers'): string {
  const what = key === 'layers' ? 'layer folder' : 'folder';
  const absolute = resolve(root, path);
  const inside = slashed(root, absolute) || '.';
  // A link is where it leads: the root is a wall for it, too.
  if (isAbsolute(path) || !isInside(root, absolute) || !isInside(realOf(root), realOf(absolute)))
    throw new ConfigError(
      `the ${what} \`${path}\` is outside the root`,
      `Folders of \`${key}\` are relative paths under the root.`,
    );
  if (!entryAt(absolute)?.isDirectory())
    throw new ConfigError(
      `the ${what} \`${path}\` does not exist under ${root}`,
      `Mend \`${key}\` in the configuration.`,
    );
  return inside;
}

/** A value file of a chart, relative to the root. */
export function resolveValues(root: string, path: string): string {
  const absolute = resolve(root, path);
  if (isAbsolute(path) || !isInside(realOf(root), realOf(absolute)) || !entryAt(absolute)?.isFile())
    throw new ConfigError(
      `the value file \`${path}\` is no file under ${root}`,
      'Mend `deploy` in the configuration: value files are relative paths under the root.',
    );
  return slashed(root, absolute);
}

function isFolder(path: string): boolean {
  return entryAt(path)?.isDirectory() === true;
}
