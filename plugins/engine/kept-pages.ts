import type { IndexedPage, Parsed } from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import type { OwnAddress } from './page-addresses.ts';

/**
 * What is known of the files of pages, kept when the manifests are read again, which do not concern it. A
 * page that a parser had no room for is tried again.
 */
export function openKeptPages(): KeptPages {
  const entries = new Map<string, Entry>();
  const own = new Map<string, OwnAddress>();
  let before = '';
  return {
    of({ root, docs, home }) {
      const folders = [root, docs, home].join('\0');
      for (const [path, { page }] of entries) if (!page.isRead) entries.delete(path);
      if (folders !== before) for (const known of [entries, own]) known.clear();
      before = folders;
      return { entries, own };
    },
  };
}

interface KeptPages {
  of(config: Pick<Platform['config'], 'root' | 'docs' | 'home'>): {
    entries: Map<string, Entry>;
    /** By the paths of pages that were there. */
    own: Map<string, OwnAddress>;
  };
}

/** A page as it was read. */
export interface Entry {
  text: string;
  /** Until the page's own check has taken it. */
  parsed: Parsed | undefined;
  page: IndexedPage;
  /** Absolute paths. */
  partials: string[];
  stamp?: string;
}
