import { replaceTokens } from './tokens.ts';

/**
 * A page that is made by the hundred, or is large, in the shortest form that a parser reads as the same:
 * values without quotes where they need none, links to places of its own without its address, a button
 * without the code that it copies, as a script of ours reads that from the lines, and nothing that only the
 * search reads.
 */
export function shortPage(html: string, { own, isRead }: ShortPage): string {
  const toItself = ` href="${own}#`;
  const here = ` href="${own}" aria-current="page"`;
  return replaceTokens(html, (token) => {
    if (token.is === 'raw' || token.tag.startsWith('</')) return null;
    let { tag } = token;
    if (isRead && tag.includes(' data-pagefind-')) {
      if (filter.test(tag)) return '';
      tag = tag.replaceAll(forSearch, '');
    }
    if (tag.startsWith('<button')) tag = tag.replace(copied, '$1 data-code');
    if (tag.startsWith('<a '))
      tag = tag.replace(toItself, ' href="#').replace(here, ' href="#_top" aria-current="page"');
    if (/^<(?:meta|link)\b/.test(tag)) tag = tag.replace(/ ?\/>$/, '>');
    const bare = tag.replaceAll(attribute, bareAttribute);
    return token.is === 'icon' ? `${bare}${token.body}</svg>` : bare;
  });
}

/** An attribute as short as it can be. */
function bareAttribute(text: string, name: string, value: string | undefined, end: string): string {
  if (value === undefined) return text;
  if (value === '') return ` ${name}${end}`;
  // A stroke behind a value without quotes would belong to it.
  if (plain.test(value)) return ` ${name}=${value}${end === '' ? '' : ` ${end}`}`;
  const [doubles, singles] = [value.split('&#x22;').length, value.split(/'|&#x27;/).length];
  return doubles > singles
    ? ` ${name}='${value.replaceAll('&#x22;', '"').replaceAll("'", '&#x27;')}'${end}`
    : ` ${name}="${value.replaceAll('&#x27;', "'")}"${end}`;
}

/** With its value where that stands between double quotes, and with the stroke that ends a tag behind it. */
const attribute = /\s([^\s"'=<>/]+)(?:="([^"]*)"|='[^']*'|=[^\s"'>]+)?(\/?)/g;
const plain = /^[^\s"'`=<>]+$/;
const filter = /^<meta data-pagefind-filter=/;
const forSearch = / data-pagefind-(?:body|ignore|weight|meta|filter|sort|index-attrs)(?:="[^"]*")?/g;

const copied = /^(<button title="[^"]*" data-copied="[^"]*") data-code="[^"]*"/;

interface ShortPage {
  /** Its address. */
  own: string;
  /** Whether the index of the search is made already. */
  isRead: boolean;
}
