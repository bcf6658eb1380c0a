import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { entryAt } from '../../base/index.ts';

/**
 * SVG as bytes of the page, since a file of it on the site could run a script for whoever opens it: a browser
 * runs nothing of a picture, neither there nor when it is opened alone. Null for what is none or too large.
 */
export function drawingUri(path: string): string | null {
  const info = entryAt(path);
  if (info === undefined || !info.isFile() || info.size > largestDrawing) return null;
  return `data:image/svg+xml;base64,${readFileSync(path).toString('base64')}`;
}

/** A digest of the drawings that a page names, whose bytes become a part of it. */
export function drawingsDigest(page: string, text: string): string {
  const hash = createHash('sha256');
  for (const [name] of text.matchAll(/[^\s()<>"'[\]]+\.svg/gi))
    hash.update(`${name}\0${drawingUri(resolve(dirname(page), name)) ?? ''}\0`);
  return hash.digest('hex');
}

const largestDrawing = 256 * 2 ** 10;
