import { dirname, join } from 'node:path';
import { entryAt, oncePer, readPlainFile } from '../../base/index.ts';
import { type Config, walk } from '../../source/index.ts';
import type { SiteAddress } from './href.ts';

/**
 * What the configuration of an Astro site says of its addresses, read as text: nothing of it is executed.
 * What it works out is unknown. Null where there is no Astro site.
 */
export const readSiteFacts = oncePer(({ root, docs }: Config): SiteFacts | null => {
  const [within] = /^.*(?=[\\/]src[\\/]content[\\/]docs$)/.exec(docs) ?? [];
  const folders = [...new Set([within ?? root, dirname(docs), root])];
  const folder = folders.find((one) => configIn(one) !== undefined);
  const config = folder === undefined ? undefined : configIn(folder);
  if (folder === undefined || config === undefined) return null;
  const text = (readPlainFile(config) ?? '').replaceAll(/^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm, '');
  // How the links of somebody else's site are made is not known: neither its files nor its base.
  const isOwn = /plumbline/i.test(text);
  return {
    isOwn,
    base: isOwn ? literal(text, 'base', '/') : null,
    trailingSlash: oneOf(['always', 'never', 'ignore'], literal(text, 'trailingSlash', 'ignore')),
    format: oneOf(['directory', 'file', 'preserve'], literal(text, 'format', 'directory')),
    publicDir: join(folder, 'public'),
    // A page of another collection or a dynamic route, and what integrations add, is named where they are set
    // up.
    routes: [
      ...routesIn(folder),
      ...[...text.matchAll(/['"`]\/([^'"`\s]+?)\/?['"`]/g)].map(([, address = '']) => address),
    ],
    locales: /\blocales\b/.test(text) ? null : [],
    others: [
      ...[...text.matchAll(/\bfrom\s*['"]([^'"]+)['"]/g)].map(([, name = '']) => name),
      ...(/\b(?:publicDir|srcDir)\b/.test(text) ? ['its configuration'] : []),
    ],
  };
});

/** Addresses of the pages that Astro makes of the files of a site's folder. */
function routesIn(site: string): string[] {
  const pages = 'src/pages';
  if (!entryAt(join(site, pages))?.isDirectory()) return [];
  return walk(site, [pages], new Set())
    .files.map((file) => file.slice(pages.length + 1))
    .filter((file) => /\.(?:astro|mdx?|html|[jt]s)$/.test(file) && !/(?:^|\/)_/.test(file))
    .map((file) => file.replace(/(?:(?:^|\/)index)?\.\w+$/, ''));
}

/** The one text that a setting is given, its default where it is not named, null where it is worked out. */
function literal(text: string, name: string, otherwise: string): string | null {
  const named = text.match(new RegExp(`(?<![\\w.$'"\`/-])${name}\\b(?!['"\`/-])`, 'g')) ?? [];
  if (named.length === 0) return otherwise;
  const given = new RegExp(`(?<![\\w.$])${name}\\s*:\\s*(['"])([^'"]*)\\1\\s*[,}\\n]`).exec(text)?.[2];
  return named.length === 1 ? (given ?? null) : null;
}

function oneOf<T extends string>(known: T[], given: string | null): T | null {
  return known.find((one) => one === given) ?? null;
}

function configIn(folder: string): string | undefined {
  const names = ['mjs', 'js', 'ts', 'mts', 'cjs'].map((ending) => join(folder, `astro.config.${ending}`));
  return names.find((path) => entryAt(path)?.isFile());
}

/**
 * What of an Astro site decides where links lead, as plain data: a running site says it, else it is read from
 * its configuration.
 */
export interface SiteFacts {
  /** Plumbline makes the addresses of its links to files. */
  isOwn: boolean;
  /** Null where it is not known. */
  base: string | null;
  trailingSlash: SiteAddress['trailingSlash'] | null;
  format: SiteAddress['format'] | null;
  /** Absolute folder of what is served as it is. */
  publicDir: string;
  /**
   * Further addresses under the base, such as redirects, without slashes around; `blog/[...slug]` stands for
   * those that a build makes.
   */
  routes: string[];
  /**
   * The first part of the addresses of each language, the one whose pages stand in for missing ones first,
   * with an empty text for one without; none for a site of one language, null where they are not known.
   */
  locales: string[] | null;
  /** What may add routes that are not known here, by the names of packages. */
  others: string[];
}
