import type { SiteOptions } from '../run/options.ts';
import { type Data, withheldData } from './front-matter.ts';

/** What of the pages' own files may reach a reader, by whose they are. */
export function pagePolicy(options: SiteOptions): PagePolicy {
  if (!options.untrusted)
    return { untrusted: false, title: titleOf, frontMatter: withheldData, digest: async () => '' };
  return {
    untrusted: true,
    title: titleOf,
    frontMatter: async (data, path) => {
      const { sanitizedData } = await import('../untrusted/front-matter.ts');
      return sanitizedData(data, path, options);
    },
    digest: async (path, text) => {
      const { drawingsDigest } = await import('../untrusted/drawings.ts');
      return `untrusted ${drawingsDigest(path, text)}`;
    },
  };
}

async function titleOf(path: string, text: string, isParsed: boolean): Promise<string> {
  const { formatOf, pageTitle, parsePage } = await import('../../markdown/index.ts');
  const parsed = isParsed ? parsePage(text, formatOf(path)) : null;
  return pageTitle(path, text, parsed?.ok ? parsed.tree : undefined).text;
}

export interface PagePolicy {
  /** The pages are somebody else's: nothing of them is run. */
  untrusted: boolean;
  /**
   * What a page is called that has no title in its front matter, as none on a Git host has: by its first
   * heading, unless it is one that no parser is given.
   */
  title(path: string, text: string, isParsed: boolean): Promise<string>;
  /** The front matter of the page at a path, as it may be published. */
  frontMatter(data: Data, path: string): Promise<Data>;
  /** Changes whenever the same text would be published otherwise. */
  digest(path: string, text: string): Promise<string>;
}
