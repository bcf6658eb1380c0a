/** `plumbline/search.json`: the names of everything on the site, for its search and for a lost reader. */

import { getCollection } from 'astro:content';
import { index } from 'virtual:plumbline/search';
import { pagefindUserConfig } from 'virtual:starlight/pagefind-config';
import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import type { APIRoute } from 'astro';
import { namedOf, type SearchIndex } from './search-index.ts';

export const GET: APIRoute = async () => {
  const things = new Set(namedOf(index).map(({ slug }) => slug));
  const all: Entry[] = await getCollection('docs');
  const entries = all.filter(({ data }) => import.meta.env.DEV || data.draft !== true);
  const pages = entries
    // A page of a thing is found as that.
    .filter(({ id }) => !things.has(id) && id !== '404')
    .map(({ id, data }): SearchIndex['pages'][number] => [data.title, id === 'index' ? '' : id])
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
  return Response.json({ ...index, pages, pagefind: pagefindUserConfig } satisfies SearchIndex);
};

type Entry = StarlightRouteData['entry'];
