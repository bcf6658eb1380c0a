import type { SourceFile, Sources } from '../source/index.ts';

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
