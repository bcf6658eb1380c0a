import { readdirSync } from 'node:fs';
import { compareText } from '../../base/index.ts';

/** Names of the files in a folder that fit, in a fixed order; none where there is no such folder. */
export function neighbours(folder: string, fit: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => fit.test(name))
      .sort(compareText);
  } catch {
    return [];
  }
}
