import { slug as githubSlug } from 'github-slugger';
import { digestOf } from '../../base/index.ts';

/** Parts of an address for a path of the repository, whatever its names hold. */
export function slugParts(path: string): string[] {
  return path
    .split('/')
    .map((part) => githubSlug(part) || digestOf(part, 8))
    .map((part) => (Buffer.byteLength(part) <= longestPart ? part : digestOf(part, 16)));
}

/** Gives each slug once: those that come again get the first number that is free. */
export function createSlugs(): (slug: string) => string {
  const taken = new Set<string>();
  return (slug) => {
    let free = slug;
    for (let number = 2; taken.has(free); number += 1) free = `${slug}-${number}`;
    taken.add(free);
    return free;
  };
}

/** Bytes; a file system takes 255, of which an ending and a number need some. */
const longestPart = 200;
