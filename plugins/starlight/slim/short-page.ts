import type { OneClass } from './one-class.ts';
import { replaceTokens } from './tokens.ts';

/**
 * Writes a page that is made by the hundred, or is large, in the shortest form that a parser reads as the
 * same: values without quotes where they need none, links to places of its own without its address, a button
 * without the code that it copies, as a script of ours reads that from the lines, code without the question
 * which way it is read where nothing is read from the right, and nothing that only the search reads, or that
 * says what made the page.
 * @param isRead whether the index of the search is made already.
 * @param one what the elements around its text may have in the place of their classes.
 */
export function pageShortener(isRead: boolean, one: Pick<OneClass, 'of'> | null = null): PageShortener {
  /** Most tags of a page stand on others as well: those of its sidebar do on all. */
  const usual = new Map<string, string>();
  const classed = new Map<string, string>();
  return (html, own, hasOne = false) => {
    const shortTag = (tag: string) => knownTag(tag, hasOne ? classed : usual);
    const toItself = ` href="${own}#`;
    // The text is in the language of the page, where it says nothing else.
    const language = / lang="[^"]*" dir="[^"]*"/.exec(html)?.[0] ?? '';
    const here = ` href="${own}" aria-current="page"`;
    const isLeftToRight = language.endsWith(' dir="ltr"') && !fromRight.test(html);
    return replaceTokens(withoutRepeated(html, here), (token) => {
      if (token.is === 'raw') return `${shortTag(token.tag)}${token.body}</${token.name}>`;
      if (token.tag.startsWith('</')) return null;
      if (token.tag.startsWith('<main')) return shortTag(token.tag.replace(language, ''));
      if (isLeftToRight && token.tag === '<code dir="auto">') return '<code>';
      const tag = token.tag.startsWith('<a ')
        ? token.tag.replace(toItself, ' href="#').replace(here, ' href="#_top" aria-current="page"')
        : token.tag;
      return token.is === 'icon' ? `${shortTag(tag)}${token.body}</svg>` : shortTag(tag);
    });
  };

  function knownTag(tag: string, known: Map<string, string>): string {
    const before = known.get(tag);
    if (before !== undefined) return before;
    const short = shortened(known === classed ? withOne(tag) : tag, isRead);
    if (known.size === mostKnown) known.clear();
    known.set(copyOf(tag), copyOf(short));
    return short;
  }

  function withOne(tag: string): string {
    return tag.replace(/ class="([^"]*)"/, (text, value: string) => {
      const short = one?.of(value);
      return short === undefined ? text : ` class="${short}"`;
    });
  }
}

/**
 * Without the place for links to elsewhere in the menu of a phone, which a style takes away where there are
 * none, in the sidebar without what tells the page from those that are called alike, which its title says,
 * and without the links of headings where the contents have them.
 */
function withoutRepeated(html: string, here: string): string {
  const from = html.indexOf(`${here}>`) + here.length + 1;
  const end = from > here.length ? html.indexOf('</a>', from) : -1;
  const [name = '', apart] = end < 0 ? [] : html.slice(from, end).split(' (');
  const own = apart === undefined ? html : html.slice(0, from) + name + html.slice(end);
  const bare = own.replace(noLinks, '');
  return bare.includes('<ul id="pl-toc"') ? bare.replaceAll(linkedHeading, '$1$3') : bare;
}

/** A heading that is a link to itself, as the contents of its page hold one. */
const linkedHeading =
  /(<h2(?:\s[^>]*)? id="([^"]*)"[^>]*>)<a href="#\2">((?:(?!<\/?a\b|<\/h2)[\s\S])*)<\/a>(?=<\/h2>)/g;

/** Letters and signs of writing that goes from right to left, also as numbers that stand for them. */
const fromRight =
  /[\u{590}-\u{8ff}\u{200f}\u{202b}\u{202e}\u{2067}\u{fb1d}-\u{fdff}\u{fe70}-\u{fefc}\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]|&(?:rlm|#(?!x?[\da-f]{1,2};))/iu;

const noLinks = /<div class="social-icons (?:astro-\w+|_\w+)"><\/div>/;

function shortened(written: string, isRead: boolean): string {
  if ((isRead && filter.test(written)) || written.startsWith('<meta name="generator"')) return '';
  let tag = isRead ? written.replaceAll(forSearch, '') : written;
  if (tag.startsWith('<button')) tag = tag.replace(copied, '$1 data-code');
  if (/^<(?:meta|link)\b/.test(tag)) tag = tag.replace(/ ?\/>$/, '>');
  // A browser asks the file of what type it is, and not whether the icon is one of a shortcut.
  if (tag.startsWith('<link rel="shortcut icon"'))
    tag = tag.replace('shortcut ', '').replace(/ type="[^"]*"/, '');
  if (tag.startsWith('<svg')) tag = tag.replace(' xmlns="http://www.w3.org/2000/svg"', '');
  return tag.replaceAll(attribute, bareAttribute);
}

/** What is cut out of a page keeps the whole of it in memory. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

const mostKnown = 10_000;

/** An attribute as short as it can be. */
function bareAttribute(text: string, name: string, value: string | undefined, end: string): string {
  if (value === undefined) return text;
  if (value === '') return ` ${name}${end}`;
  // With a letter or a number behind it, it could name a sign.
  const bare = value.replaceAll(/&#x26;(?![\w#])/g, '&');
  const quoted = bare.replaceAll('&#x60;', '`');
  const forms = [
    // A stroke behind a value without quotes would belong to it.
    ...(plain.test(bare) ? [`${bare}${end === '' ? '' : ' '}`] : []),
    `"${quoted.replaceAll('&#x27;', "'")}"`,
    `'${quoted.replaceAll('&#x22;', '"').replaceAll("'", '&#x27;')}'`,
  ];
  const shortest = forms.reduce((one, other) => (other.length < one.length ? other : one));
  return ` ${name}=${shortest}${end}`;
}

/** With its value where that stands between double quotes, and with the stroke that ends a tag behind it. */
const attribute = /\s([^\s"'=<>/]+)(?:="([^"]*)"|='[^']*'|=[^\s"'>]+)?(\/?)/g;
const plain = /^[^\s"'`=<>]+$/;
const filter = /^<meta data-pagefind-filter=/;
const forSearch = / data-pagefind-(?:body|ignore|weight|meta|filter|sort|index-attrs)(?:="[^"]*")?/g;

const copied = /^(<button title="[^"]*" data-copied="[^"]*") data-code="[^"]*"/;

/**
 * @param own address of the page.
 * @param hasOne whether one class may stand for several.
 */
type PageShortener = (html: string, own: string, hasOne?: boolean) => string;
