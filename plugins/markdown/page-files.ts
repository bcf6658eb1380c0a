import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { compareText, isInside, oncePer, realOf, realPath, slashed } from '../base/index.ts';

/**
 * Every Markdown file under a folder, sorted; hidden folders and `node_modules` are left out. A site
 * publishes what links lead to as well, so they are followed: to what lies in the root, and is not under the
 * folder already.
 */
export async function pagesUnder(folder: string, root: string): Promise<string[]> {
  const [top, own] = [realOf(root), realOf(folder)];
  const found: string[] = [];
  const visit = async (directory: string, linked: string[]): Promise<void> => {
    const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = join(directory, entry.name);
      const isPage = /\.mdx?$/.test(entry.name);
      if (entry.isDirectory()) await visit(path, linked);
      else if (entry.isFile() && isPage) found.push(path);
      else if (entry.isSymbolicLink()) {
        const target = realPath(path);
        if (target === undefined || !isInside(top, target) || isInside(own, target)) continue;
        const info = await stat(target).catch(() => null);
        if (info?.isFile() && isPage) found.push(path);
        // A folder that holds the pages, or one that led here, would be gone through for ever.
        else if (
          info?.isDirectory() &&
          linked.length < 4 &&
          ![own, ...linked].some((one) => isInside(target, one))
        )
          await visit(path, [...linked, target]);
      }
    }
  };
  await visit(folder, []);
  return found.sort(compareText);
}

/** A file that other pages import, and that Astro makes no page of. */
export function isPart(path: string): boolean {
  return basename(path).startsWith('_');
}

/**
 * How a page is called in reports: relative to the root where it lies inside it, else to the working
 * directory. One of a copy is called as it would be where the repository lies.
 */
export function pageName(path: string, config: Folders & { home: string }): string {
  const { root, home } = config;
  const real = realOf(path);
  const top = realFolders(config).root;
  const way = slashed(top, real);
  if (isInside(top, real)) return way;
  return slashed(process.cwd(), root === home ? real : resolve(home, way));
}

/**
 * The root and the docs with their links followed: looked up once for a configuration, since each link of
 * each page asks.
 */
export const realFolders = oncePer(
  ({ root, docs }: Folders): Folders => ({
    root: realOf(root),
    docs: realOf(docs),
  }),
);

interface Folders {
  root: string;
  docs: string;
}
