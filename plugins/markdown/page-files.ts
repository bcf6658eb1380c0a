import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText, isInside, realOf, slashed } from '../base/index.ts';

/** Every Markdown file under a folder, sorted; hidden folders and `node_modules` are left out. */
export async function pagesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.mdx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !path
          .slice(folder.length)
          .split(/[\\/]/)
          .some((part) => part.startsWith('.') || part === 'node_modules'),
    )
    .sort(compareText);
}

/**
 * How a page is called in reports: relative to the root where it lies inside it, else to the working
 * directory.
 */
export function pageName(path: string, root: string): string {
  const real = realOf(path);
  const top = realOf(root);
  return slashed(isInside(top, real) ? top : process.cwd(), real);
}
