/**
 * What pages that are made alike have in common: the page around their text. It is cut out of one that Astro
 * has made, and filled with what the next one has in its places.
 */

/**
 * Cuts what is a page's own out of its HTML.
 * @returns null where that cannot be told from what surrounds it.
 */
export function cutFrame(html: string, page: FramedPage): Frame | null {
  if (!isPlain(page)) return null;
  const frame: Frame = [];
  let from = 0;
  for (const place of wholes) {
    const at = page[place] === '' ? -1 : html.indexOf(page[place], from);
    if (at === -1 || html.indexOf(page[place]) !== at || html.indexOf(page[place], at + 1) !== -1)
      return null;
    frame.push(...withWords(html.slice(from, at), page), { of: place });
    from = at + page[place].length;
  }
  return [...frame, ...withWords(html.slice(from), page)];
}

/** The HTML of another page. */
export function fillFrame(frame: Frame, page: FramedPage): string {
  return frame.map((part) => (typeof part === 'string' ? part : page[part.of])).join('');
}

/** Whether what a page says of itself is written in HTML, in an attribute and in an address as it is. */
export function isPlain({ slug, title, description }: FramedPage): boolean {
  return /^[\w./-]+$/.test(slug) && ![title, description].some((text) => /[&<>"'`\u00a0]/.test(text));
}

/** Of what surrounds the text, the words that are the page's own. */
function withWords(text: string, page: FramedPage, places: readonly (keyof FramedPage)[] = words): Frame {
  const [place, ...others] = places;
  if (place === undefined) return text === '' ? [] : [text];
  if (page[place] === '') return withWords(text, page, others);
  return text
    .split(page[place])
    .flatMap((part, index) => [...(index === 0 ? [] : [{ of: place }]), ...withWords(part, page, others)]);
}

/** Each once, in this order. */
const wholes = ['filters', 'head', 'body'] as const;
/** Any number of times; what may hold another comes before it. */
const words = ['description', 'title', 'slug'] as const;

/** What the pages of a frame have each of their own. */
export interface FramedPage {
  /** Without that of a language. */
  slug: string;
  title: string;
  description: string;
  /** HTML of the elements of its `head` that the search reads. */
  filters: string;
  /** HTML in the place of its title. */
  head: string;
  /** HTML of its text. */
  body: string;
}

interface Place {
  of: keyof FramedPage;
}

export type Frame = (string | Place)[];
