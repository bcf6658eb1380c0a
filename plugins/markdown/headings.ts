import Slugger, { slug } from 'github-slugger';
import type { Heading, Nodes, Root } from 'mdast';
import { oncePer } from '../base/index.ts';
import { isBareDirective } from './label-text.ts';
import type { Positions } from './positions.ts';
import type { IndexedPage, Slugs } from './types.ts';

/**
 * The anchors of a page as the site makes them: each heading's words through `github-slugger`, the second of
 * a name with `-1`, and every `id` that the page writes out in HTML or JSX.
 */
export function anchorsOf(tree: Root, positions: Positions): IndexedPage['headings'] {
  const slugger = new Slugger();
  const anchors: IndexedPage['headings'] = [];
  const walk = (node: Nodes): void => {
    const line = positions.pointAt(positions.toReal(node.position?.start.offset ?? 0)).line;
    if (node.type === 'heading') {
      const text = wordsOf(node);
      anchors.push({ slug: slugger.slug(text), text, line });
    }
    if (node.type === 'html')
      for (const [, id = ''] of node.value.matchAll(/\s(?:id|name)\s*=\s*["']([^"']+)["']/g))
        anchors.push({ slug: id, text: id, line });
    if ('attributes' in node && Array.isArray(node.attributes))
      for (const { name, value } of node.attributes.filter((one) => 'name' in one))
        if ((name === 'id' || name === 'name') && typeof value === 'string')
          anchors.push({ slug: value, text: value, line });
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(tree);
  return anchors;
}

/**
 * What a page's headings are called by, ready to be asked by each link to it. `slugs` are those of a
 * renderer, of all that are usual where none is named; `written` are anchors that are their own words, as an
 * `id` is.
 */
export const anchorNames = oncePer((headings: IndexedPage['headings']): AnchorNames => {
  const made = new Map<Slugs | undefined, Set<string>>();
  return {
    all: new Set(headings.map(({ slug }) => slug)),
    written: new Set(headings.flatMap(({ slug, text }) => (slug === text ? [slug] : []))),
    slugs(renderer) {
      const names = made.get(renderer) ?? new Set(headings.flatMap(({ text }) => slugsOf(text, renderer)));
      made.set(renderer, names);
      return names;
    },
  };
});

/**
 * What a renderer makes of a heading's words, or any of them where none is named: GitHub and goldmark
 * (Hugo), GitLab, Python-Markdown (MkDocs), kramdown (Jekyll). They differ in runs of dashes, in what is no
 * ASCII, and in digits at the start.
 */
function slugsOf(heading: string, renderer: Slugs | undefined): string[] {
  const lower = heading.trim().toLowerCase();
  const plain = lower
    .normalize('NFKD')
    .replaceAll(/\P{ASCII}/gu, '')
    .replaceAll(/[^\w\s-]/g, '')
    .trim();
  const kramdown = lower.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replace(/^[^\p{L}]+/u, '');
  const made: Record<Slugs, string[]> = {
    github: [slug(heading)],
    hugo: [slug(heading)],
    gitlab: [slug(heading).replaceAll(/-{2,}/g, '-').replaceAll(/^-|-$/g, '')],
    mkdocs: [plain.replaceAll(/[\s-]+/g, '-')],
    // Its GFM parser makes GitHub's.
    jekyll: [kramdown.replaceAll(/\s/g, '-'), kramdown.replaceAll(/[\s-]+/g, '-'), slug(heading)],
  };
  return renderer === undefined ? Object.values(made).flat() : made[renderer];
}

/** Headings by their words whose anchor another one before them has shifted: `-1`, `-2`. */
export function shiftedAnchors(first: string, rest: readonly Heading[]): Map<Heading, string> {
  const [after, alone] = [new Slugger(), new Slugger()];
  after.slug(first);
  const anchors = rest.map((heading): [Heading, string, string] => {
    const words = wordsOf(heading);
    return [heading, after.slug(words), alone.slug(words)];
  });
  return new Map(anchors.flatMap(([heading, slug, own]) => (slug === own ? [] : [[heading, slug]])));
}

/**
 * What a heading says in the HTML: without tags, with the dashes that Astro's typography makes of two
 * hyphens.
 */
export function wordsOf(heading: Heading): string {
  const words = (node: Nodes): string => {
    if (node.type === 'text') return node.value.replaceAll(/(?<!-)--(?!-)/g, '—');
    if (node.type === 'inlineCode') return node.value;
    // In `12:30` the parser sees a directive behind the colon, which the site writes back.
    if (isBareDirective(node)) return `:${node.name}`;
    return 'children' in node ? node.children.map(words).join('') : '';
  };
  return words(heading);
}

interface AnchorNames {
  all: ReadonlySet<string>;
  written: ReadonlySet<string>;
  slugs(renderer: Slugs | undefined): ReadonlySet<string>;
}
