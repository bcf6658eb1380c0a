import { existsSync } from 'node:fs';

/** The pages of a built site that have a file. */
export function pageFiles(dir: URL, pages: readonly { pathname: string }[]): PageFile[] {
  return pages.flatMap(({ pathname }) => {
    const slug = pathname.replace(/^\/+|\/+$/g, '').replace(/\.html$/, '');
    const url = fileOf(dir, slug);
    return url === null ? [] : [{ slug, url }];
  });
}

/** The file of a page, in whichever form Astro wrote it. */
export function fileOf(dir: URL, slug: string): URL | null {
  const path = slug.split('/').map(encodeURIComponent).join('/');
  const files = slug === '' ? ['index.html'] : [`${path}/index.html`, `${path}.html`];
  return files.map((file) => new URL(file, dir)).find((url) => existsSync(url)) ?? null;
}

export interface PageFile {
  slug: string;
  url: URL;
}
