/**
 * Starlight route middleware: titles that are text and no markup, edit links and dates of pages that lie
 * behind a link, and none for pages without a file.
 */
import { docsPath, pages, pagesPath } from 'virtual:plumbline/site';
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

export const onRequest = defineRouteMiddleware(({ locals }) => {
  const route = locals.starlightRoute;
  // Starlight writes a title as HTML, and the name of a resource may be anything.
  for (const tag of route.head)
    if (tag.tag === 'title' && tag.content) tag.content = tag.content.replaceAll('<', '&lt;');
  const file = route.entry.filePath ?? '';
  if (!file.startsWith(`${docsPath}/`)) return;
  const path = file.slice(docsPath.length + 1);
  const facts = pages[path];
  if (!facts) {
    if (typeof route.entry.data.editUrl !== 'string') route.editUrl = undefined;
    return;
  }
  if (route.editUrl && typeof route.entry.data.editUrl !== 'string')
    route.editUrl = new URL(route.editUrl.href.replace(`${docsPath}/${path}`, `${pagesPath}/${path}`));
  if (facts.lastUpdated !== null && route.entry.data.lastUpdated === undefined)
    route.lastUpdated = new Date(facts.lastUpdated);
});
