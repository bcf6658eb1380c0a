import { byName } from '../../base/index.ts';

/**
 * The addresses that tags of HTML lead to or show, in the order of the text. Scripts, styles and comments
 * hold none. Tags are read as CommonMark reads them, which is what makes them HTML on a page.
 */
export function htmlLinks(html: string): HtmlLink[] {
  if (!/\b(?:href|src)\s*=/i.test(html)) return [];
  return [...withoutBodies(html).matchAll(openTag)].flatMap(({ index, 1: tag = '', 2: attributes = '' }) => {
    const meant = addressOf[tag.toLowerCase()];
    if (meant === undefined) return [];
    const start = index + 1 + tag.length;
    for (const found of attributes.matchAll(attribute)) {
      const [whole, name = '', double, single, bare] = found;
      if (name.toLowerCase() !== meant.attribute) continue;
      const value = double ?? single ?? bare ?? '';
      const end = start + found.index + whole.length - (bare === undefined ? 1 : 0);
      // Of two with one name a browser takes the first.
      return [{ ...meant, url: withoutEntities(value), start: end - value.length, end }];
    }
    return [];
  });
}

/** A text with another address in the place of one of its links, by its number in `htmlLinks`. */
export function withHtmlLink(html: string, at: number, url: string): string {
  const link = htmlLinks(html)[at];
  if (link === undefined) return html;
  const written = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  return html.slice(0, link.start) + written + html.slice(link.end);
}

/** What an element of HTML leads to or shows; undefined for one that does neither. */
export function htmlAddress(tag: string): HtmlAddress | undefined {
  return addressOf[tag];
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
    .replaceAll(/(<(script|style|textarea)\b[^>]*>)([\s\S]*?)(?=<\/\2|$)/gi, (_all, open, _name, body) => {
      return open + blank(body);
    });
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

const openTag =
  /<([a-z][a-z\d-]*)((?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|"[^"]*"|'[^']*'))?)*)\s*\/?>/gi;
const attribute = /([a-z_:][\w.:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gi;

const shown = { attribute: 'src', kind: 'image', isFollowed: false } as const;
const followed = { attribute: 'href', kind: 'link', isFollowed: true } as const;
const addressOf: Record<string, HtmlAddress> = byName({
  a: followed,
  area: followed,
  link: { ...followed, isFollowed: false },
  img: shown,
  source: shown,
  video: shown,
  audio: shown,
  track: shown,
  embed: shown,
  input: shown,
  iframe: { ...shown, kind: 'link' },
  script: { ...shown, kind: 'link' },
});

export interface HtmlAddress {
  attribute: 'href' | 'src';
  kind: 'link' | 'image';
  /** A reader follows it, as one of Markdown. */
  isFollowed: boolean;
}

export interface HtmlLink extends HtmlAddress {
  url: string;
  /** Offsets of the address as it is written. */
  start: number;
  end: number;
}
