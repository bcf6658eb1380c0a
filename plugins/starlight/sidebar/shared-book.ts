import type { SidebarBook } from './sidebar-book.ts';

/**
 * The book of the site that is being built, for its pages, which Astro makes out of modules of their own in
 * the same process. Nothing here may import more than types: Vite would pull it into the site.
 */
const key = Symbol.for('starlight-plumbline-sidebars');

export function shareBook(book: SidebarBook | undefined): void {
  shared()[key] = book;
}

/** Undefined where pages have their sidebars from the start, as under a server. */
export function sharedBook(): SidebarBook | undefined {
  return shared()[key];
}

function shared(): { [key]?: SidebarBook | undefined } {
  return globalThis as { [key]?: SidebarBook | undefined };
}
