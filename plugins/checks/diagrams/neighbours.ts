import { readdir } from 'node:fs/promises';
import { compareText } from '../../base/index.ts';

/** Names of the files in a folder that fit, in a fixed order; none where there is no such folder. */
export async function neighbours(folder: string, fit: RegExp): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => fit.test(name)).sort(compareText);
  } catch {
    return [];
  }
}
