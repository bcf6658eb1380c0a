import { join } from 'node:path';
import type { SiteOptions } from '../../plugins/starlight/run/options.ts';

/** A site of its own over the repository at `root`, which shows its pages and nothing else. */
export function siteOptions(root: string): SiteOptions {
  const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;
  const site = { ...address, publicDir: join(root, 'public'), routes: [], locales: [''], others: [] };
  return {
    ...{ root, docs: undefined, address, facts: { isOwn: true, ...site } },
    ...{ resources: false, rules: false, status: false, untrusted: false },
    words: { languages: { '': 'en' }, dictionaries: {} },
    ...{ whole: null, written: [], known: null, color: false },
  };
}
