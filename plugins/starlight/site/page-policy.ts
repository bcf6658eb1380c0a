import type { SiteOptions } from '../run/options.ts';
import { type Data, withheldData } from './front-matter.ts';

/** What of the pages' own files may reach a reader, by whose they are. */
export function pagePolicy(options: SiteOptions): PagePolicy {
  if (!options.untrusted)
    return { untrusted: false, frontMatter: async (data) => withheldData(data), digest: async () => '' };
  return {
    untrusted: true,
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

export interface PagePolicy {
  /** The pages are somebody else's: nothing of them is run. */
  untrusted: boolean;
  /** The front matter of the page at a path, as it may be published. */
  frontMatter(data: Data, path: string): Promise<Data>;
  /** Changes whenever the same text would be published otherwise. */
  digest(path: string, text: string): Promise<string>;
}
