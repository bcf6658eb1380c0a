import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { isInside, realOf } from './paths.ts';

/**
 * The first program of that name on PATH that does not lie in the repository that is read, where anybody may
 * have put it (npm puts the repository's own `node_modules/.bin` first).
 */
export function onPath(name: string, root: string): string | undefined {
  const top = realOf(root);
  const names = process.platform === 'win32' ? [`${name}.exe`, name] : [name];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !isInside(top, realOf(folder)))
    .flatMap((folder) => names.map((one) => join(folder, one)))
    .find((path) => isExecutable(path) && !isInside(top, realOf(path)));
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
