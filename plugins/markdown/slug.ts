import { extname } from 'node:path';
import { slug as githubSlug } from 'github-slugger';

/** The slug that Astro's glob loader makes of a path: each part slugged, `index` left out. */
export function pathSlug(path: string): string {
  const slug = path
    .slice(0, -extname(path).length)
    .split('/')
    .map((part) => githubSlug(part))
    .join('/');
  return slug.replace(/(^|\/)index$/, '');
}

/**
 * Whether a site can have a page at a slug: parts of a path that lead nowhere else, and that a file system
 * takes.
 */
export function isSlug(slug: string): boolean {
  const parts = slug.split('/');
  return slug.length <= 1000 && parts.every((part) => isPart.test(part) && Buffer.byteLength(part) <= 240);
}

const isPart = /^(?!\.{1,2}$)[^\\/?#%\p{Cc}]+$/u;
