import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A repository: contents by path, and symbolic links. */
export type Files = Record<string, string | Buffer | { link: string }>;

/** Writes a repository into a folder; what a file system refuses (a name that is too long) is left out. */
export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    try {
      mkdirSync(dirname(target), { recursive: true });
      if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, target);
      else writeFileSync(target, content);
    } catch {
      // Not every name is one.
    }
  }
}

/** Everything under a folder, with its bytes: two that are equal were not written between. */
export function stateOf(folder: string): string {
  // Node's own recursion follows links, round and round.
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isSymbolicLink()) return `${path} -> ${readlinkSync(path)}`;
      if (entry.isDirectory()) return `${path}\n${stateOf(path)}`;
      return entry.isFile() ? `${path} ${hash('sha1', readFileSync(path))}` : path;
    })
    .toSorted()
    .join('\n');
}

/**
 * What a run left in a folder for temporary files. An engine that no cache took lives as long as the
 * process.
 */
export function leftIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('plumbline-engine-'))
    .toSorted();
}
