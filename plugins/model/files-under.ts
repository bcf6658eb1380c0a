import { compareText } from '../base/index.ts';
import type { SourceFile, Sources } from '../source/index.ts';

/**
 * Files under a folder, relative to it, in bytewise order; found by halving, since every application asks.
 */
export function filesUnder(sources: Sources): (folder: string) => string[] {
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
}

/** Text of a file; undefined where it is not here, is no text, is too large, or is not shown. */
export function readableText(sources: Sources, path: string): string | undefined {
  return shownText(sources.files.get(path));
}

/** The same of a file, wherever it lies. */
export function shownText(file: SourceFile | undefined): string | undefined {
  return file === undefined || (file.text === '' && file.hash !== emptyHash) ? undefined : file.text;
}

/** SHA-256 of no bytes. */
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
