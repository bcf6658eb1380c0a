import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { oncePer } from '../../base/index.ts';
import type { Config } from '../../source/index.ts';

/**
 * What an Astro site serves besides its pages of the docs: files of `public`, pages of `src/pages`, and
 * addresses that its configuration writes out (redirects, the base). Null where there is no Astro site whose
 * addresses could be known.
 */
export const siteOf = oncePer(({ root, docs }: Config): Site | null => {
  const [within] = /^.*(?=[\\/]src[\\/]content[\\/]docs$)/.exec(docs) ?? [];
  const folders = [...new Set([within ?? root, dirname(docs), root])];
  const folder = folders.find((one) => configIn(one) !== undefined);
  const config = folder === undefined ? undefined : configIn(folder);
  if (folder === undefined || config === undefined) return null;
  const text = readFileSync(config, 'utf8');
  return {
    serves(path) {
      if (existsSync(join(folder, 'public', path))) return true;
      const page = join(folder, 'src', 'pages', path);
      return pageEndings.some((ending) => existsSync(page + ending));
    },
    // A page of another collection or a dynamic route, and what integrations add, is named where they are set
    // up.
    mentions: (path) => path !== '' && new RegExp(`['"\`]/${escaped(path)}/?['"\`]`).test(text),
    isDynamic: hasDynamicRoute(join(folder, 'src', 'pages')),
  };
});

function configIn(folder: string): string | undefined {
  const names = ['mjs', 'js', 'ts', 'mts', 'cjs'].map((ending) => join(folder, `astro.config.${ending}`));
  return names.find((path) => existsSync(path));
}

function hasDynamicRoute(pages: string): boolean {
  if (!existsSync(pages)) return false;
  return readdirSync(pages, { recursive: true, encoding: 'utf8' }).some((path) => path.includes('['));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const pageEndings = [
  '.astro',
  '.md',
  '.mdx',
  '.html',
  '.ts',
  '.js',
  '/index.astro',
  '/index.md',
  '/index.mdx',
];

export interface Site {
  /** A path without a slash before it. */
  serves(path: string): boolean;
  mentions(path: string): boolean;
  /** True where pages exist whose addresses only a build knows. */
  isDynamic: boolean;
}
