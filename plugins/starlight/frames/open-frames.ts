import { resolve } from 'node:path';
import type { BaseIntegrationHooks } from 'astro';
import type { Plugin } from 'vite';
import { moduleBeside } from '../../base/index.ts';
import type { SiteRun } from '../run/site-run.ts';
import { withSidebars } from '../sidebar/prerenderer.ts';
import { openSidebarBook, type SidebarBook } from '../sidebar/sidebar-book.ts';
import { framedPages, type StoredEntry } from './framed-pages.ts';
import { watchSite } from './known-site.ts';
import { withFrames } from './prerenderer.ts';

/** What of a site's build makes the pages of things out of what they have in common. */
export function openFrames({
  dressesThings,
  locales,
}: {
  dressesThings: boolean;
  locales: string[];
}): Frames {
  const { plugin, isKnown, isSidebarKnown } = watchSite(own);
  const sidebars = openSidebarBook(isSidebarKnown);
  let entryOf: (id: string) => StoredEntry | undefined = () => undefined;
  return {
    plugin,
    sidebars,
    placed: (read) => {
      entryOf = read;
    },
    join: async (setPrerenderer, run, base) => {
      if (dressesThings) return setPrerenderer((usual) => withSidebars(usual, sidebars));
      const [generated, { commit }] = await Promise.all([run.generated(), run.checked()]);
      const pageOf = framedPages({ generated, entryOf: (id) => entryOf(id), commit, base, locales });
      setPrerenderer((usual) => withFrames(withSidebars(usual, sidebars), { pageOf, isKnown }));
    },
  };
}

/** Our modules in the pages, as the configuration names them. */
const own = [
  ...['Footer', 'MarkdownContent', 'PageSidebar', 'PageTitle', 'Sidebar', 'Search'].map((name) =>
    resolve(import.meta.dirname, `../components/${name}.astro`),
  ),
  ...['route', 'commit'].map((name) => moduleBeside(import.meta.url, `../site/${name}`)),
].map((path) => path.replaceAll('\\', '/'));

interface Frames {
  plugin: Plugin;
  /** Those that pages may come without. */
  sidebars: SidebarBook;
  /** Takes what has become of the pages. */
  placed(read: (id: string) => StoredEntry | undefined): void;
  /** Puts itself before what renders the pages. */
  join(setPrerenderer: SetPrerenderer, run: SiteRun, base: string): Promise<void>;
}

type SetPrerenderer = Parameters<BaseIntegrationHooks['astro:build:start']>[0]['setPrerenderer'];
