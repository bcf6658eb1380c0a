import { join } from 'node:path';
import { entryAt, isBelow } from '../../base/index.ts';
import { href } from './href.ts';
import type { SiteFacts } from './site-facts.ts';

/** A site whose addresses are asked for. */
export function createSite(facts: SiteFacts): Site {
  const { publicDir, base, trailingSlash, format } = facts;
  return {
    facts,
    href: (slug) =>
      href(
        { base: base ?? '/', trailingSlash: trailingSlash ?? 'ignore', format: format ?? 'directory' },
        slug,
      ),
    serves(path) {
      const bare = path.replace(/\/$/, '');
      const files = [join(publicDir, path), join(publicDir, bare, 'index.html')];
      if (files.some((file) => isBelow(publicDir, file) && isFile(file))) return true;
      return bare !== '' && facts.routes.includes(bare);
    },
    mayServe(path) {
      if (/^(?:404(?:\.html)?$|sitemap-(?:index|\d+)\.xml$|_astro\/|pagefind\/)/.test(path))
        return 'a build makes it';
      const route = facts.routes.find((one) => {
        const fixed = one.indexOf('[');
        return fixed >= 0 && path.startsWith(one.slice(0, fixed));
      });
      if (route !== undefined) return `a build makes the addresses of \`/${route}\``;
      const other = facts.others.find(mayAddPages);
      return other === undefined ? null : `\`${other}\` may add pages of which nothing is known here`;
    },
  };
}

/** Whether a package of this name could add pages to an Astro site. */
function mayAddPages(name: string): boolean {
  return !tools.test(name);
}

function isFile(path: string): boolean {
  return entryAt(path)?.isFile() ?? false;
}

/** Our own, what adds no page of its own, and what is no package. */
const tools =
  /^(?:[./]|node:|astro(?:$|[/:])|@astrojs(?:$|\/)|vite|@?tailwind|(?:astro-|@)?expressive-code|remark|rehype|unified|sharp|shiki|(?:starlight-)?plumbline|starlight-(?:links-validator|image-zoom|theme)|astro-(?:icon|mermaid))/;

export interface Site {
  facts: SiteFacts;
  /** Address of a page by its slug. */
  href(slug: string): string;
  /** Whether it serves a path under its base besides its pages of the docs, without a slash before it. */
  serves(path: string): boolean;
  /** Why it may serve such a path all the same; null where it certainly does not. */
  mayServe(path: string): string | null;
}
