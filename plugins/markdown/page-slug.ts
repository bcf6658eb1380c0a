import { readFileSync } from 'node:fs';
import { isAlias, isScalar, parseDocument } from 'yaml';
import { slashed } from '../base/index.ts';
import { isSlug, pathSlug } from './slug.ts';

/**
 * The slug that Astro's glob loader gives a page: its path under the docs, each part slugged, `index` left
 * out; or the front matter's. Empty for the first page.
 */
export function pageSlug(file: string, docs: string, text: string = readFileSync(file, 'utf8')): string {
  const own = ownSlug(text);
  if (own !== undefined && isSlug(own)) return own === 'index' ? '' : own;
  return pathSlug(slashed(docs, file));
}

/** The `slug` of the front matter; undefined where it has none, or does not parse. */
export function ownSlug(text: string): string | undefined {
  const value = frontMatterValue(text, 'slug');
  return typeof value === 'string' ? value : undefined;
}

/** Whether a page says of itself that it is not to be published yet. */
export function isDraft(text: string): boolean {
  return frontMatterValue(text, 'draft') === true;
}

function frontMatterValue(text: string, name: string): unknown {
  const written = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  if (written === undefined || !written.includes(`${name}:`)) return undefined;
  try {
    // One entry alone: as JavaScript, a mapping with mappings for keys is written out at each depth.
    const document = parseDocument(written, { logLevel: 'silent' });
    const node = document.get(name, true);
    const value = isAlias(node) ? node.resolve(document) : node;
    return isScalar(value) ? value.value : undefined;
  } catch {
    return undefined;
  }
}
