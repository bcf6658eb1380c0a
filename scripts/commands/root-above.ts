import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Whoever stands in a folder of a repository means the repository. Above its top there is another, or none.
 */
export function rootAbove(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (['plumbline.yaml', 'plumbline.yml'].some((name) => existsSync(join(folder, name))))
      return folder === start ? '.' : folder;
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return '.';
  }
}
