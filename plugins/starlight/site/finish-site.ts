import { wholeCodeDigest } from '../../base/code-digest.ts';
import type { SiteAddress } from '../../checks/index.ts';
import { href } from '../../checks/links/href.ts';
import { openCache } from '../../source/cache/cache.ts';
import { cacheDirectory } from '../../source/cache/cache-directory.ts';
import type { CheckedPages } from '../run/site-run.ts';
import { putBack, sidebarsOf, wholePages, writeSidebars } from '../sidebar/kept-apart.ts';
import { changeOnce } from '../slim/kept-site.ts';
import { pageFiles } from './page-files.ts';
import { type SiteWords, speechOf } from './site-words.ts';

/**
 * What is done to the pages of a built site once nothing else reads them: they are written as Markdown, too,
 * made light, and given the sidebar that they have in common.
 */
export async function finishSite({ dir, sidebars, checked, options, ...site }: BuiltSite): Promise<void> {
  const cache = openCache(cacheDirectory(options.root));
  const things = new Set(checked?.named.map(({ slug }) => slug));
  const commit = checked?.commit ?? null;
  const { words, title } = options;
  const made = JSON.stringify([wholeCodeDigest(), site, sidebars, words, title, [...things], commit]);
  const change = async () => {
    // Most builds are of a site that is known.
    const [{ slimSite }, { keptMarkdown }, { writeMarkdown }] = await loadFinish();
    const files = pageFiles(dir, site.pages);
    writeSidebars(dir, sidebarsOf(sidebars));
    const read = keptMarkdown(cache, wholeCodeDigest(), commit);
    await writeMarkdown({ dir, files, base: site.base, title, things, read });
    slimSite({
      ...{ dir, ...site },
      speechOf: (slug) => speechOf(words, slug),
      hrefOf: (slug) => href(site.address, slug),
    });
    return () => putBack(dir, files);
  };
  await changeOnce(cache, dir, made, change, wholePages);
}

function loadFinish() {
  return Promise.all([
    import('../slim/finish-site.ts'),
    import('../trust/kept-markdown.ts'),
    import('../trust/markdown-files.ts'),
  ]);
}

/** Loads the modules of it, and what reads pages that have changed, before there is a page to finish. */
export async function prepareFinish(): Promise<void> {
  await Promise.all([loadFinish(), import('../trust/page-markdown.ts')]);
}

interface BuiltSite {
  /** Where it was built to. */
  dir: URL;
  /** As Astro tells them. */
  pages: readonly { pathname: string }[];
  base: string;
  /** Name of the folder of scripts and styles. */
  assets: string;
  address: SiteAddress;
  /** Whether no page is made later, by a server. */
  isWhole: boolean;
  /** Those that its pages came without. */
  sidebars: readonly (readonly [name: string, html: string])[];
  checked: CheckedPages | undefined;
  options: { root: string; words: SiteWords; title: string };
}
