import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { namesOfLists, withInnerElements, withoutInnerClasses } from './inner-classes.ts';
import { type OneClass, oneClass } from './one-class.ts';

/**
 * The classes by which Astro keeps the styles of a component to it, each of which every page's frame has
 * dozens of times, as five letters in place of fourteen, and once for all that is in a list: in the styles of
 * a site, under names of their own, and by what is given back in its pages. The same class is the same five
 * letters everywhere.
 * @param folder of scripts and styles.
 * @param made some pages that are made alike: what they have around their text gets one class for an element.
 */
export function shortClasses(folder: URL, made: readonly string[] = []): ShortClasses {
  const texts = new Map<string, string>();
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  for (const name of files)
    if (/\.(?:css|m?js)$/.test(name)) texts.set(name, readFileSync(new URL(name, folder), 'utf8'));
  const styles = [...texts].filter(([name]) => name.endsWith('.css'));
  const scripts = [...texts].filter(([name]) => !name.endsWith('.css')).map(([, text]) => text);
  const short = new Map<string, string>();
  for (const [, text] of styles)
    for (const [, name = ''] of text.matchAll(scoped)) short.set(name, `_${name.slice(6, 10)}`);
  const inText = (text: string) => text.replaceAll(names, (name) => short.get(name) ?? name);
  const lists = namesOfLists(styles.map(([, text]) => inText(text)).join('\n'));
  const inPage = (text: string) => withoutInnerClasses(inText(text), lists);
  const inner = (text: string) => lists.reduce(withInnerElements, inText(text));
  const one = oneClass({
    styles: styles.map(([, text]) => inner(text)),
    scripts,
    samples: made.map(inPage),
  });
  const inStyle = (text: string) => one.inStyle(inner(text));
  // A browser keeps a style by its name, which so tells what is in it.
  const moved = new Map<string, string>();
  for (const [name, text] of styles) {
    const own = inStyle(text);
    if (own !== text) moved.set(name, name.replace(/[^.]+\.css$/, `${digestOf(own)}.css`));
  }
  // A script may ask for a class or a style by its name.
  const isAsked = (text: string) =>
    [...short.keys(), ...moved.keys()].some((name) => text.includes(name)) || /:where\(\.astro-/.test(text);
  const isUnique = new Set(short.values()).size === short.size;
  if (short.size === 0 || !isUnique || scripts.some(isAsked)) return { shorten: (html) => html, one: null };
  for (const [name, other] of moved) {
    writeFileSync(new URL(other, folder), inStyle(texts.get(name) ?? ''));
    rmSync(new URL(name, folder));
  }
  const shorten = (html: string) => {
    let text = inPage(html);
    for (const [name, other] of moved) text = text.replaceAll(`/${name}`, `/${other}`);
    return text;
  };
  return { shorten, one };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/** As Astro writes them, of the digest of a component's path. */
const scoped = /:where\(\.(astro-[a-z\d]{8})\)/g;
const names = /\bastro-[a-z\d]{8}\b/g;

export interface ShortClasses {
  shorten(html: string): string;
  /** Null where nothing is known of them. */
  one: OneClass | null;
}
