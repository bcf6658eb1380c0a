import { compareText, oncePer } from '../base/index.ts';
import type { Sources } from './types.ts';

/** Paths of all files; the very same list as long as no file comes or goes. */
export function pathsOf({ gathered, files }: Pick<Sources, 'gathered' | 'files'>): readonly string[] {
  return gathered?.paths.length === files.size ? gathered.paths : pathsIn(files);
}

const pathsIn = oncePer((files: Sources['files']): readonly string[] => [...files.keys()]);

/**
 * Files under a folder, relative to it, in bytewise order; found by halving, since every application asks.
 */
export function filesUnder(sources: Sources): (folder: string) => readonly string[] {
  return under(pathsOf(sources));
}

const under = oncePer((listed: readonly string[]): ((folder: string) => readonly string[]) => {
  const paths = [...listed].sort(compareText);
  const known = new Map<string, readonly string[]>();
  const find = (folder: string) => {
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
  return (folder) => {
    const found = folder === '.' ? paths : (known.get(folder) ?? find(folder));
    known.set(folder, found);
    return found;
  };
});
