import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { entryAt, isInside, realPath, slashed } from '../../base/index.ts';
import { decoded, href, type SiteAddress } from '../../checks/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { PageLinks } from '../../remark/index.ts';
import type { Speech } from '../../words/index.ts';
import type { PublishedPage } from '../pages/published-page.ts';
import { drawingUri } from '../untrusted/drawings.ts';

/**
 * What becomes of the addresses in a page that was written for a Git host: one of another page leads to that
 * on the site, one of any other file to where the repository is read, and pictures are copied. An address
 * with which neither can be done is none, so that no reader is led to a page that is not there.
 */
export function createHostLinks(options: HostLinkOptions): HostLinks {
  const { engine, address, pictures } = options;
  const { root, docs } = engine.platform.config;
  const slugs = new Map(options.pages.map(({ path, slug }) => [path, slug]));

  /** The file that an address may mean: from the page, from the top, as sites of several makes write it. */
  function* files(path: string, page: string): Generator<string> {
    const isFromTop = path.startsWith('/');
    const own = page.replace(/\.mdx?$/i, '');
    const folders = isFromTop
      ? [root, docs]
      : [dirname(page), /(?:^|\/)(?:index|readme)$/i.test(own) ? dirname(page) : own];
    for (const folder of folders) {
      const file = resolve(folder, decoded(path).replace(/^\/+/, ''));
      if (!isInside(root, file)) continue;
      const bare = file.replace(/\.html?$/i, '');
      const endings = ['/README.md', '/index.md', '/index.mdx', '/readme.md'];
      yield* [...endings.map((ending) => file + ending), file, `${bare}.md`, `${bare}.mdx`, file];
    }
  }

  function fileAt(path: string, page: string): string | undefined {
    let other: string | undefined;
    for (const file of files(path, page)) {
      const real = realPath(file);
      if (real === undefined || !isInside(root, real)) continue;
      if (slugs.has(real)) return real;
      // Of a folder without a page the folder itself.
      if (file === resolve(file)) other ??= real;
    }
    return other;
  }

  return {
    async link(url, page) {
      if (isElsewhere(url)) return url;
      const [, path = '', , fragment] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(url) ?? [];
      const file = path === '' ? page : fileAt(path, page);
      if (file === undefined) return null;
      const slug = slugs.get(file);
      if (slug === undefined) {
        const line = Number(/^L(\d+)/.exec(fragment ?? '')?.[1] ?? 1);
        return options.place({ file: slashed(root, file), line, column: 1, endLine: line, endColumn: 1 });
      }
      const anchor = fragment ? await anchorOf(file, decoded(fragment)) : null;
      if (path === '') return anchor;
      return href(address, slug) + (anchor ?? '');
    },
    notShown: (alt) =>
      alt === '' ? options.speech.say('picture.notShown') : options.speech.say('picture.notShownOf', { alt }),
    picture(url, page) {
      if (isElsewhere(url)) return url;
      const file = fileAt(url.replace(/[?#].*$/s, ''), page);
      if (file === undefined) return null;
      if (/\.svg$/i.test(file)) return drawingUri(file);
      const entry = entryAt(file);
      if (!/\.(?:png|jpe?g|gif|webp|avif)$/i.test(file) || !entry?.isFile() || entry.size > largestPicture)
        return null;
      const bytes = readFileSync(file);
      const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}${extname(file).toLowerCase()}`;
      mkdirSync(pictures, { recursive: true });
      writeFileSync(join(pictures, name), bytes);
      return `${address.base.replace(/\/$/, '')}/${picturesFolder}/${name}`;
    },
  };

  async function anchorOf(file: string, fragment: string): Promise<string | null> {
    const page = await engine.pages.page(file);
    const isThere = page?.headings.some(({ slug }) => slug === fragment) ?? false;
    return isThere ? `#${encodeURIComponent(fragment)}` : null;
  }
}

function isElsewhere(url: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(url.trim());
}

/** Where the pictures lie on the site. */
export const picturesFolder = '_pictures';
/** Bytes; larger ones are left where they are. */
const largestPicture = 4 * 2 ** 20;

export interface HostLinks {
  /** Where a link of a page leads on the site; null for nowhere. */
  link(url: string, page: string): Promise<string | null>;
  /** What stands in the place of a picture that cannot be shown. */
  notShown(alt: string): string;
  /** The address of a picture of a page, which is copied for it; null where it cannot be shown. */
  picture(url: string, page: string): string | null;
}

export interface HostLinkOptions {
  engine: Engine;
  address: SiteAddress;
  pages: readonly PublishedPage[];
  speech: Speech;
  /** Absolute folder that the pictures are copied to. */
  pictures: string;
  place: PageLinks['place'];
}
