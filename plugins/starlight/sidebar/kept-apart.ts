import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type OpenedSidebar, openSidebar, placeholder, placeIn, withPlace } from './sidebar-place.ts';

/**
 * Sidebars that pages of a built site have in common lie beside them until the pages are given theirs: what
 * is done to the pages meanwhile is done to each sidebar once.
 */
export function writeSidebars(dir: URL, { known }: Pick<Sidebars, 'known'>): void {
  if (known.size > 0) mkdirSync(folderOf(dir), { recursive: true });
  for (const [name, { text }] of known) writeFileSync(new URL(`${name}.html`, folderOf(dir)), text);
}

export function readSidebars(dir: URL): Sidebars {
  const folder = folderOf(dir);
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return sidebarsOf(files.map((file) => [nameOf(file), readFileSync(new URL(file, folder), 'utf8')]));
}

/** @param texts by name. */
export function sidebarsOf(texts: readonly NamedText[]): Sidebars {
  const known = new Map(texts.map(([name, text]) => [name, openSidebar(text)]));
  const of = (html: string) => {
    const found = known.size === 0 ? null : placeIn(html);
    const sidebar = found === null ? undefined : known.get(found.name);
    return found === null || sidebar === undefined ? null : { found, sidebar };
  };
  return {
    known,
    whole(html) {
      const here = of(html);
      return here === null ? html : withPlace(html, here.found, here.sidebar.filled(here.found));
    },
    withCurrent(html) {
      const here = of(html);
      if (here === null) return html;
      // A page that none leads to is another then, too, and so is written.
      const current = here.sidebar.currentOf(here.found.link) || ' ';
      return withPlace(html, here.found, placeholder(here.found, current));
    },
    renamed(html, change) {
      const { found } = of(html) ?? {};
      if (found === undefined) return html;
      return withPlace(html, found, placeholder({ ...found, name: change(found.name) }, found.current));
    },
  };
}

/** Others in the place of each. */
export function changedSidebars(
  { known }: Sidebars,
  change: (name: string, text: string) => NamedText[],
): Sidebars {
  return sidebarsOf([...known].flatMap(([name, { text }]) => change(name, text)));
}

/** What a sidebar is called in the form of pages that are written as short as can be. */
export function shortName(name: string): string {
  return `${name}s`;
}

/** Gives each page its sidebar, and takes those away that lie beside the pages. */
export function putBack(dir: URL, files: readonly { url: URL }[]): void {
  const sidebars = readSidebars(dir);
  if (sidebars.known.size === 0) return;
  for (const { url } of files) {
    const html = readFileSync(url, 'utf8');
    const whole = sidebars.whole(html);
    if (whole !== html) writeFileSync(url, whole);
  }
  rmSync(folderOf(dir), { recursive: true });
}

/** The same of files that are yet to be written. @param files by path. */
export function wholePages(files: readonly NamedText[]): NamedText[] {
  const isSidebar = ([path]: NamedText) => path.startsWith(folderName);
  const sidebars = sidebarsOf(files.filter(isSidebar).map(([path, text]) => [nameOf(path), text]));
  return files
    .filter((file) => !isSidebar(file))
    .map(([path, text]) => [path, path.endsWith('.html') ? sidebars.whole(text) : text]);
}

function nameOf(path: string): string {
  return path.replace(folderName, '').replace(/\.html$/, '');
}

function folderOf(dir: URL): URL {
  return new URL(folderName, dir);
}

const folderName = 'plumbline-sidebars/';

type NamedText = readonly [name: string, html: string];

export interface Sidebars {
  /** By name. */
  known: ReadonlyMap<string, OpenedSidebar>;
  /** The page with its sidebar. */
  whole(html: string): string;
  /** The page that holds the link to itself as its sidebar has it, to be changed with it. */
  withCurrent(html: string): string;
  /** The page with another sidebar in the place of its own. */
  renamed(html: string, change: (name: string) => string): string;
}
