import { codeDigest } from '../base/index.ts';

/** What reads and renders, in words of a key: the same input is rendered again once it is another. */
export function renderCode(): string {
  return codeDigest(['base', 'words', 'source', 'render']);
}
