import type { GeneratedPage } from '../pages/generated-page.ts';
import { withCommit } from '../site/commit-token.ts';
import type { FramedPage } from './frame.ts';
import { isPlain } from './frame.ts';

/**
 * Tells by the address of a page of a thing what it has of its own, and which others are alike around that.
 * @param entryOf what the store has of a page.
 */
export function framedPages({ generated, entryOf, commit, base, locales }: Given) {
  const pages = new Map(generated.map((page) => [page.id, page]));
  return (path: string): { like: string; page: FramedPage } | undefined => {
    const { locale, slug } = placeOf(path, base, locales);
    const made = pages.get(slug);
    const entry = entryOf(slug);
    const filters = made === undefined ? null : filtersOf(made);
    if (made?.head === undefined || made.live !== undefined || !entry?.rendered || filters === null)
      return undefined;
    const { title, description } = entry.data;
    // An author's page in the place of ours has none of ours.
    if (typeof title !== 'string' || entry.rendered.metadata?.plumblineHead !== made.head) return undefined;
    const { html } = entry.rendered;
    const page = {
      ...{ slug, title, description: typeof description === 'string' ? description : '', filters },
      head: withCommit(made.head, commit),
      body: withCommit(html, commit),
    };
    if (!isPlain(page)) return undefined;
    const above = slug.split('/').flatMap((_, index, parts) => {
      const id = parts.slice(0, index).join('/');
      return pages.has(id) ? [id] : [];
    });
    const { headings } = entry.rendered.metadata ?? {};
    const hasWords = /\bpl-(?:table|diagram)\b/.test(html);
    return { like: JSON.stringify([locale, above, headings, hasWords, page.description === '']), page };
  };
}

/** An address of the site, in whichever form it is written. */
function placeOf(path: string, base: string, locales: readonly string[]): { locale: string; slug: string } {
  const below = path.startsWith(base) ? path.slice(base.length) : path;
  const slug = below.replaceAll(/^\/+|(?:\.html|\/)$/g, '');
  const locale = locales.find((one) => one !== '' && slug.startsWith(`${one}/`)) ?? '';
  return { locale, slug: locale === '' ? slug : slug.slice(locale.length + 1) };
}

/** As Astro writes them; null for what it would write otherwise than it is. */
function filtersOf({ data }: GeneratedPage): string | null {
  const { head } = data as { head?: { tag: string; attrs: Record<string, string> }[] };
  if (head === undefined) return null;
  const tags = head.map(({ tag, attrs }) => {
    const written = Object.entries(attrs).map(([name, value]) => `${name}="${value}"`);
    return Object.values(attrs).some((value) => /[&<>"'`]/.test(value))
      ? null
      : `<${tag} ${written.join(' ')}/>`;
  });
  return tags.includes(null) ? null : tags.join('');
}

interface Given {
  generated: readonly GeneratedPage[];
  entryOf(id: string): StoredEntry | undefined;
  commit: string | null;
  base: string;
  /** First parts of the addresses of each language. */
  locales: readonly string[];
}

/** What Astro's store has of a page. */
export interface StoredEntry {
  data: Record<string, unknown>;
  rendered?:
    | { html: string; metadata?: { headings?: unknown; plumblineHead?: unknown } | undefined }
    | undefined;
}
