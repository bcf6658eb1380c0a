import { posix } from 'node:path';

/** Those that lie nearest to a file, by the folders that they share with it, first; else as given. */
export function nearestFirst<T>(items: readonly T[], near: string, fileOf: (item: T) => string): T[] {
  return items.toSorted((a, b) => sharedFolders(fileOf(b), near) - sharedFolders(fileOf(a), near));
}

/** How many folders the paths of two files have in common. */
export function sharedFolders(a: string, b: string): number {
  const own = posix.dirname(a).split('/');
  const other = posix.dirname(b).split('/');
  const end = own.findIndex((part, index) => part !== other[index]);
  return end < 0 ? own.length : end;
}
