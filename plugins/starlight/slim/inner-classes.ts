import { innerEnd } from './inner-end.ts';

/**
 * A class that keeps a style to its component stands at each item, link and word of a list, as of a sidebar:
 * of a list in which all have it, the list alone has it, with a second one that says so. Words that are all
 * of a link need no element then, which was there for the class.
 */
export function withoutInnerClasses(html: string, names: readonly string[]): string {
  return names.reduce((text, name) => {
    let left = '';
    let end = 0;
    const begin = new RegExp(`<ul\\b[^>]* class="(?:[^"]* )?${name}"`, 'g');
    for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
      const from = found.index + found[0].length;
      const to = innerEnd(text, from, 'ul');
      const inner = text.slice(from, to);
      const tags = inner.match(inList) ?? [];
      begin.lastIndex = to;
      if (!tags.every((tag) => hasClass(tag, name))) continue;
      const bare = inner.replaceAll(` class="${name}"`, '').replaceAll(onlyWords, '$1$2');
      left += `${text.slice(end, from - 1)} ${inside(name)}"${bare}`;
      end = to;
    }
    return end === 0 ? text : left + text.slice(end);
  }, html);
}

/** A stylesheet whose rules for such a class find what is in such a list. */
export function withInnerElements(css: string, name: string): string {
  return css.replaceAll(`:where(.${name})`, `:where(.${name},.${inside(name)} :is(${elements.join(',')}))`);
}

/** The classes that lists have. */
export function namesOfLists(css: string): string[] {
  return [...new Set([...css.matchAll(/\bli:where\(\.([\w-]+)\)/g)].map(([, name = '']) => name))];
}

function inside(name: string): string {
  return `${name}_`;
}

function hasClass(tag: string, name: string): boolean {
  return / class="([^"]*)"/.exec(tag)?.[1]?.split(' ').includes(name) ?? false;
}

/** Starlight styles words in a link only where something stands behind them. */
const onlyWords = /(<a\b[^>]*>)<span>([^<]*)<\/span>(?=<\/a>)/g;
const elements = ['ul', 'li', 'a', 'details', 'summary', 'span'];
const inList = new RegExp(`<(?:${elements.join('|')})(?=[\\s>])[^>]*>`, 'g');
