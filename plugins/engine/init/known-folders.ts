import type { Engine } from '../engine.ts';

/**
 * Folders of which everything is known, those with the most objects first: where something that is not read
 * leaves the whole open, they can still be spoken of. None of them lies in another.
 */
export function knownFolders({ platform: { model }, query }: Engine): string[] {
  const numbers = new Map<string, number>();
  for (const { origin } of model.resources) {
    const parts = origin.file.split('/').slice(0, -1);
    for (let depth = 1; depth <= Math.min(deepest, parts.length); depth++) {
      const folder = parts.slice(0, depth).join('/');
      numbers.set(folder, (numbers.get(folder) ?? 0) + 1);
    }
  }
  const largest = [...numbers]
    .filter(([folder, number]) => number >= leastObjects && /^[\w][\w./-]*$/.test(folder))
    .toSorted((a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostLooks);
  const known: string[] = [];
  for (const [folder] of largest) {
    if (known.length === mostFolders) break;
    if (known.some((other) => folder.startsWith(`${other}/`))) continue;
    if (query.reach.joining('resource', { tests: [inFolder(folder)] }).length === 0) known.push(folder);
  }
  return known;
}

/** CEL: what a person edits under a folder. */
export function inFolder(folder: string): string {
  return `glob(file, '${folder}/**')`;
}

const deepest = 3;
const leastObjects = 3;
const mostLooks = 40;
const mostFolders = 4;
