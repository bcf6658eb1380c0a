import { byName } from '../../base/index.ts';
import { runsSomething } from './running-address.ts';

/**
 * The addresses that tags of HTML lead to or show, in the order of the text. Scripts, styles and comments
 * hold none. Tags are read as CommonMark reads them, which is what makes them HTML on a page.
 */
export function htmlLinks(html: string): HtmlLink[] {
  if (!anyAddress.test(html)) return [];
  return [...withoutBodies(html).matchAll(openTag)].flatMap(({ index, 1: tag = '', 2: attributes = '' }) => {
    const start = index + 1 + tag.length;
    const names = new Set<string>();
    return [...attributes.matchAll(attribute)].flatMap((found): HtmlLink[] => {
      const [whole, name = '', double, single, bare] = found;
      const meant = htmlAddress(tag.toLowerCase(), name.toLowerCase());
      // Of two with one name a browser takes the first.
      if (meant === undefined || names.has(name.toLowerCase())) return [];
      names.add(name.toLowerCase());
      const value = double ?? single ?? bare ?? '';
      const end = start + found.index + whole.length - (bare === undefined ? 1 : 0);
      const url = addressIn(withoutEntities(value), meant);
      return [{ ...meant, url, start: end - value.length, end }];
    });
  });
}

/** A text with another address in the place of one of its links, by its number in `htmlLinks`. */
export function withHtmlLink(html: string, at: number, url: string): string {
  const link = htmlLinks(html)[at];
  if (link === undefined) return html;
  const written = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  return html.slice(0, link.start) + written + html.slice(link.end);
}

/** What an attribute of an element leads to or shows, both names in lower case; undefined for any other. */
export function htmlAddress(tag: string, name: string): HtmlAddress | undefined {
  const followed = followedIn[tag];
  if (followed?.attribute === name) return followed;
  return addresses.find(({ attribute, tags }) => attribute === name && (tags?.includes(tag) ?? true));
}

/** Of an attribute with several addresses the first that would run; else all of it. */
export function addressIn(value: string, { kind, between }: HtmlAddress): string {
  const parts = between === undefined ? [] : value.split(between);
  return parts.find((part) => runsSomething(part, kind)) ?? value;
}

/**
 * What of an attribute's entities can stand in an address that means something: numbers, and the names of
 * those characters that are a part of a scheme or are skipped in one.
 */
function withoutEntities(value: string): string {
  return value.replaceAll(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|colon|Tab|NewLine));?/gi,
    (written, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return named[name] ?? written;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0x10ffff ? written : String.fromCodePoint(code);
    },
  );
}

const named: Record<string, string> = { amp: '&', AMP: '&', colon: ':', Tab: '\t', NewLine: '\n' };

/** What is no markup in HTML made blank, so that places stay. */
function withoutBodies(html: string): string {
  return html
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, blank)
    .replaceAll(withBody, (_all, open: string, _name, body: string = '') => open + blank(body));
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

/** A tag that does not end takes all that follows, so that it is not gone through again from the next one. */
const withBody = /(<(script|style|textarea)\b[^>]*(?:>|$))(?:(?<=>)([\s\S]*?)(?=<\/\2|$))?/gi;

const openTag =
  /<([a-z][a-z\d-]*)((?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|"[^"]*"|'[^']*'))?)*)\s*\/?>/gi;
const attribute = /([a-z_:][\w.:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gi;

const shown = { attribute: 'src', kind: 'image', taken: 'address' } as const;
const framed = { ...shown, kind: 'link' } as const;
const followed = { attribute: 'href', kind: 'link', taken: 'either' } as const;
const followedIn: Record<string, HtmlAddress> = byName({
  a: followed,
  area: followed,
  link: { ...followed, taken: 'address' },
  img: shown,
  source: shown,
  video: shown,
  audio: shown,
  track: shown,
  embed: framed,
  input: shown,
  iframe: framed,
  script: framed,
});

/** Between two addresses of a `srcset` stand blanks, a width or density, and commas. */
const sourceEnds = /\s+(?:[\d.]+[wxh])?,*|^,+|,(?=\s|$)/;

/**
 * Every other attribute that a browser takes an address from; the first that names an element counts. A
 * picture may be its own bytes, an object may not, as SVG in it runs its scripts.
 * Sources: the attributes of the HTML Standard that hold a URL, "Linking" and "Animation" of SVG 2.
 */
const addresses: AddressRow[] = [
  { attribute: 'href', kind: 'image', tags: ['image', 'feimage'] },
  { attribute: 'href', kind: 'link' },
  { attribute: 'xlink:href', kind: 'image', tags: ['image', 'feimage'] },
  { attribute: 'xlink:href', kind: 'link' },
  { attribute: 'src', kind: 'link' },
  { attribute: 'srcset', kind: 'image', between: sourceEnds },
  { attribute: 'imagesrcset', kind: 'image', between: sourceEnds },
  { attribute: 'poster', kind: 'image' },
  { attribute: 'formaction', kind: 'link' },
  { attribute: 'action', kind: 'link', tags: ['form'] },
  { attribute: 'data', kind: 'link', tags: ['object'] },
  { attribute: 'codebase', kind: 'link', tags: ['object'] },
  { attribute: 'background', kind: 'image', tags: ['body', 'table', 'tr', 'td', 'th'] },
  { attribute: 'cite', kind: 'link', tags: ['blockquote', 'q', 'del', 'ins'] },
  { attribute: 'longdesc', kind: 'link', tags: ['img', 'iframe'] },
  { attribute: 'ping', kind: 'link', tags: ['a', 'area'], between: /\s+/ },
  // What an animation makes of the address of the link that it stands in.
  ...['from', 'to', 'by', 'values'].map((name) => ({
    ...{ attribute: name, kind: 'link' as const, between: /;/ },
    tags: ['animate', 'set'],
  })),
].map((row) => ({ ...row, taken: 'scheme' }) as AddressRow);

const anyAddress = new RegExp(`\\b(?:${addresses.map((row) => row.attribute).join('|')})\\s*=`, 'i');

export interface HtmlAddress {
  attribute: string;
  kind: 'link' | 'image';
  /** As of a link that is written on a page; `either` for what a reader follows as one of Markdown. */
  taken: 'either' | 'address' | 'scheme';
  /** What parts several addresses in one attribute. */
  between?: RegExp;
}

interface AddressRow extends HtmlAddress {
  /** Lower case; any element without it. */
  tags?: string[];
}

export interface HtmlLink extends HtmlAddress {
  url: string;
  /** Offsets of the address as it is written. */
  start: number;
  end: number;
}
