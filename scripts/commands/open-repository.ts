import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { slashed } from '../../plugins/base/index.ts';
import { readPrefix } from '../../plugins/source/index.ts';

/**
 * The top of the repository that a root lies in (the root itself outside Git), and the way from a file as
 * reports call it to its path from there: what services that show a report beside the code go by.
 */
export async function pathsOf(root: string): Promise<{ top: string; path: (file: string) => string }> {
  const prefix = readPrefix(root);
  const top = resolve(
    root,
    ...prefix
      .split('/')
      .filter(Boolean)
      .map(() => '..'),
  );
  return {
    top,
    path: (file) => {
      // Reports call a file by its path from the root; a page outside it, from the working directory.
      const inRoot = resolve(root, file);
      return slashed(top, existsSync(inRoot) ? inRoot : resolve(file));
    },
  };
}
