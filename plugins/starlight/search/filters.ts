import type { GeneratedPage } from '../pages/generated-page.ts';
import type { Named } from './search-index.ts';

/** By what the search narrows to the page of a thing, as elements of its head, which Pagefind reads. */
export function withSearchFilters(pages: GeneratedPage[], named: readonly Named[]): GeneratedPage[] {
  const things = new Map(named.map((one) => [one.slug, one]));
  return pages.map((page) => {
    const thing = things.get(page.id);
    return thing === undefined ? page : { ...page, data: { ...page.data, head: filtersOf(thing) } };
  });
}

function filtersOf({ kind, namespace, application, stack }: Named) {
  return Object.entries({ kind, namespace, application, stack }).flatMap(([name, content]) =>
    content === null
      ? []
      : [{ tag: 'meta', attrs: { 'data-pagefind-filter': `${name}[content]`, content } } as const],
  );
}
