import { createHash } from 'node:crypto';
import { themeOf } from './theme-parts.ts';
import { replaceTokens } from './tokens.ts';

/**
 * What pages of a site have in common word for word, and a browser needs once: scripts within a page, and
 * the drawings of icons. What stands on a single page stays on it.
 * @param samples HTML of some pages, of each kind at least two.
 * @param folder address of the files, with a stroke at its end.
 */
export function sharedParts(samples: readonly string[], folder: string): SharedParts {
  const pagesWith = new Map<string, number>();
  for (const html of samples) {
    const own = new Set<string>();
    replaceTokens(html, (token) => {
      if (token.is === 'raw' && isMovable(token)) own.add(scriptKey(token));
      if (token.is === 'icon' && isSimple(token)) own.add(iconKey(token));
      return null;
    });
    const theme = themeOf(html);
    if (theme) {
      own.delete(scriptKey({ tag: '<script>', body: theme.script }));
      own.add(`theme\0${theme.text}`);
    }
    for (const key of own) pagesWith.set(key, (pagesWith.get(key) ?? 0) + 1);
  }
  const shared = [...pagesWith].filter(([, count]) => count > 1).map(([key]) => key);
  const files = new Map<string, string>();
  const scripts = new Map<string, string>();
  const themes = new Map<string, string>();
  for (const key of shared.filter((one) => !one.startsWith('icon'))) {
    const body = key.slice(key.indexOf('\0') + 1);
    const text = key.startsWith(`script${wordsTag}`) ? `globalThis.plumblineWords=${body}` : body;
    const name = nameOfScript(text);
    files.set(name, text);
    if (key.startsWith('theme')) themes.set(body, folder + name);
    else scripts.set(key, folder + name);
  }
  const drawings = shared.filter((one) => one.startsWith('icon')).sort();
  const symbols = drawings.map((key, index) => {
    const [, box, body] = key.split('\0');
    return `<symbol id="${index}" viewBox="${box}">${body?.replaceAll(/(<path\b[^>]*[^/])><\/path>/g, '$1/>')}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
  const icons = new Map<string, string>();
  if (drawings.length > 0) {
    const name = `shared.${digestOf(sprite)}.svg`;
    files.set(name, sprite);
    for (const [index, key] of drawings.entries()) icons.set(key, `${folder}${name}#${index}`);
  }
  return { scripts, icons, themes, files };
}

/** What imports something may mean it from the address of its page; a short one is not worth a file. */
export function isMovable({ tag, name, body }: { tag: string; name: string; body: string }): boolean {
  if (isWords({ tag })) return true;
  return (
    name === 'script' &&
    /^<script(?: type="module"| aria-hidden="true")?>$/.test(tag) &&
    body.length >= 200 &&
    !/\bimport\b/.test(body)
  );
}

/** A page that tells the browser which scripts and styles it may use was told of those that it has. */
export function isStrict(html: string): boolean {
  return /http-equiv="content-security-policy"/i.test(html);
}

/** What our script says: in a file it is a module, which is run before those behind it. */
export function isWords({ tag }: { tag: string }): boolean {
  return tag === wordsTag;
}

const wordsTag = '<script type="application/json" id="plumbline-words">';

/** A drawing that is nothing but lines: it names nothing on its page. */
export function isSimple({ tag, body }: { tag: string; body: string }): boolean {
  return boxOf(tag) !== undefined && body.length >= 60 && !/\b(?:id|class|style|href)=|url\(/.test(body);
}

export function scriptKey({ tag, body }: { tag: string; body: string }): string {
  return `script${tag}\0${body}`;
}

export function iconKey({ tag, body }: { tag: string; body: string }): string {
  return `icon\0${boxOf(tag)}\0${body}`;
}

function boxOf(tag: string): string | undefined {
  return / viewBox="([^"]*)"/i.exec(tag)?.[1];
}

export function nameOfScript(text: string): string {
  return `shared.${digestOf(text)}.js`;
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

export interface SharedParts {
  /** Address of the file, by what stood in the page. */
  scripts: ReadonlyMap<string, string>;
  icons: ReadonlyMap<string, string>;
  /** Of the choice of the theme, by the script that brings it. */
  themes: ReadonlyMap<string, string>;
  /** Text by name. */
  files: ReadonlyMap<string, string>;
}
