/**
 * Starlight route middleware: titles that are text and no markup, edit links and dates of pages that lie
 * behind a link, and none for pages without a file; the words of our script.
 */
import { address, docsPath, pages, pagesPath, places, sidebar } from 'virtual:plumbline/site';
import { defineRouteMiddleware, type StarlightRouteData } from '@astrojs/starlight/route-data';
import type { SidebarEntry } from '../whole/sidebar.ts';
import { briefSidebar, isBrief } from './brief-sidebar.ts';
import { speechIn, wordsIn } from './page-words.ts';
import { withResources } from './resource-sidebar.ts';

export const onRequest = defineRouteMiddleware(({ locals, url }) => {
  const route = locals.starlightRoute;
  // Of the pages that are made by the hundred most have nothing that a script would say anything about.
  if (!isBrief(route.entry.id) || /\bpl-(?:table|diagram)\b/.test(route.entry.rendered?.html ?? ''))
    route.head.push(scriptWords(route.lang));
  if (sidebar !== null) route.sidebar = sidebar.map((entry) => sidebarEntry(entry, bare(url.pathname)));
  const { id, data } = route.entry;
  const speech = speechIn(route.lang);
  const [before, after] = address;
  const href = (slug: string) => before + slug + after;
  if (isBrief(id) && route.sidebar.length > 0) {
    route.sidebar = briefSidebar(route.sidebar, { id, title: data.title, href }, places);
    route.head = route.head.filter(
      ({ attrs }) =>
        !saidAgain.has(String(attrs?.property ?? attrs?.name)) && !/^Astro /.test(String(attrs?.content)),
    );
  } else
    route.sidebar = withResources(route.sidebar, id, {
      all: href('resources'),
      groups: (['kind', 'namespace'] as const).map((of) => ({
        label: speech.say(of === 'kind' ? 'resources.byKind' : 'resources.byNamespace'),
        places: indexes.filter(([slug]) => slug.startsWith('resources/namespaces/') === (of === 'namespace')),
      })),
      href,
    });
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

/**
 * What a page that is made a thousand times says in its head once more, as those who look for it take the
 * other.
 */
const saidAgain = new Set([
  ...['og:title', 'og:type', 'og:site_name', 'og:description', 'og:locale'],
  'twitter:card',
]);

/** Pages of the resources of one kind, or of one namespace. */
const indexes = Object.entries(places).filter(
  ([slug]) => slug.startsWith('resources/') && slug !== 'resources/namespaces',
);

/** What the script in the browser says, where it finds it; the same on every page of a language. */
function scriptWords(language: string): StarlightRouteData['head'][number] {
  const content = written.get(language) ?? writtenWords(language);
  written.set(language, content);
  return { tag: 'script', attrs: { type: 'application/json', id: 'plumbline-words' }, content };
}

const written = new Map<string, string>();

function writtenWords(language: string): string {
  const said = Object.entries(wordsIn(language)).filter(([key]) => key.startsWith('script.'));
  return JSON.stringify({ language, words: Object.fromEntries(said) }).replaceAll('<', '\\u003c');
}

function sidebarEntry(entry: SidebarEntry, current: string): StarlightRouteData['sidebar'][number] {
  const { label } = entry;
  if ('href' in entry) {
    const isCurrent = bare(entry.href) === current;
    return { type: 'link', label, href: entry.href, isCurrent, badge: undefined, attrs: {} };
  }
  const entries = entry.entries.map((one) => sidebarEntry(one, current));
  return { type: 'group', label, entries, collapsed: entry.collapsed, badge: undefined };
}

function bare(path: string): string {
  return path.replace(/(?:\.html|\/)$/, '');
}
