import { compareText, oncePer } from '../base/index.ts';
import type { Sources } from './types.ts';

/**
 * Files under a folder, relative to it, in bytewise order; found by halving, since every application asks.
 */
export const filesUnder = oncePer((sources: Sources): ((folder: string) => string[]) => {
  const paths = [...sources.files.keys()].sort(compareText);
  return (folder) => {
    if (folder === '.') return paths;
    const prefix = `${folder}/`;
    let low = 0;
    let high = paths.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((paths[middle] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    const found: string[] = [];
    for (let index = low; paths[index]?.startsWith(prefix); index += 1)
      found.push((paths[index] ?? '').slice(prefix.length));
    return found;
  };
});
