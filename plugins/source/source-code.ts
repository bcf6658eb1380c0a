import { codeDigest } from '../base/index.ts';

/** What reads files, in words of a key: files are read again once it is another. */
export function sourceCode(): string {
  return codeDigest(['base', 'words', 'source']);
}
