import { openCache } from '../../source/cache.ts';
import { cacheDirectory } from '../../source/cache-directory.ts';
import { ownDigest } from '../run/own-digest.ts';
import type { CheckedPages } from '../run/site-run.ts';
import { keptMarkdown } from './kept-markdown.ts';
import { type BuiltSite, writeMarkdown } from './markdown-files.ts';

/**
 * Writes the pages of a built site as Markdown; those that say what they said are taken from the cache.
 * @param root of the repository that the pages speak of.
 */
export async function publishMarkdown(
  built: Omit<BuiltSite, 'things' | 'read'>,
  root: string,
  checked: CheckedPages | undefined,
): Promise<void> {
  const things = new Set(checked?.named.map(({ slug }) => slug));
  const read = keptMarkdown(openCache(cacheDirectory(root)), ownDigest(), checked?.commit ?? null);
  await writeMarkdown({ ...built, things, read });
}
