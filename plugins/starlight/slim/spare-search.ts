import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What Pagefind puts beside every index for whoever shows what is found in another way than the site does:
 * more than half of a small site's search. It goes where no page and no script names it.
 * @param dir of a site that is built whole.
 */
export function openSpareSearch(dir: URL): SpareSearch {
  const folder = new URL('pagefind/', dir);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => isSpare(name, folder)) : [];
  const kept = new Set<string>();
  const see = (text: string) => {
    for (const [, stem = ''] of text.matchAll(named)) kept.add(stem);
  };
  return {
    see,
    remove: (pages) => {
      if (names.length === 0) return;
      const own = new Set(pages.map(({ url }) => fileURLToPath(url)));
      for (const path of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        const file = join(fileURLToPath(dir), path);
        const isSeen = own.has(file) || /^pagefind[\\/]/.test(path);
        if (!isSeen && /\.(?:m?js|html)$/.test(path)) see(readFileSync(file, 'utf8'));
      }
      for (const name of names) if (!kept.has(name.replace(/\.\w+$/, ''))) rmSync(new URL(name, folder));
    },
  };
}

/** Where each language has an engine of its own, that for languages without one is not asked for either. */
function isSpare(name: string, folder: URL): boolean {
  if (/^pagefind-(?:ui|modular-ui|component-ui|highlight)\.(?:js|css)$/.test(name)) return true;
  if (name !== 'wasm.unknown.pagefind') return false;
  const entry = new URL('pagefind-entry.json', folder);
  if (!existsSync(entry)) return false;
  const { languages } = JSON.parse(readFileSync(entry, 'utf8')) as Entry;
  return Object.values(languages).every(({ wasm }) => typeof wasm === 'string' && wasm !== 'unknown');
}

/** An attribute that Pagefind reads names none of them. */
const named = /(?<!data-)\b(pagefind-(?:ui|modular-ui|component-ui|highlight))\b/g;

interface Entry {
  languages: Record<string, { wasm: string | null }>;
}

interface SpareSearch {
  /** Takes a page, which may name some of them. */
  see(html: string): void;
  /** Takes away what neither a page nor a script has named. @param pages that it was given. */
  remove(pages: readonly { url: URL }[]): void;
}
