import type { AstroPrerenderer } from 'astro';
import { readPage } from '../frames/read-page.ts';
import type { SidebarBook } from './sidebar-book.ts';

/** Lets the book of sidebars read the pages that Astro makes, as long as it learns from them. */
export function withSidebars(usual: AstroPrerenderer, book: SidebarBook): AstroPrerenderer {
  return {
    ...usual,
    render: async (request, options) => {
      const given = await usual.render(request, options);
      const read = book.isLearning() ? await readPage(given) : null;
      return read === null ? given : read.withHtml(book.learn(read.html));
    },
  };
}
