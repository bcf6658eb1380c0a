import { readdir } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { compareText } from '../../base/index.ts';

/** Names of the files in a folder that fit, in a fixed order; none where there is no such folder. */
export async function neighbours(folder: string, fit: RegExp): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => fit.test(name)).sort(compareText);
  } catch {
    return [];
  }
}

/** Whether a path lies in a folder; both with their symbolic links followed. */
export function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
