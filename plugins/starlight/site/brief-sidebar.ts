import type { StarlightRouteData } from '@astrojs/starlight/route-data';

/**
 * The sidebar of a page that is made a thousand times: where it is, and a way to each part of the site. The
 * whole of it, written in every one of them, would be a quarter of the site.
 */
export function briefSidebar(
  full: Sidebar,
  { id, title, href }: { id: string; title: string; href(slug: string): string },
  places: Readonly<Record<string, string>>,
): Sidebar {
  const parts = id.split('/');
  const above = parts.flatMap((_, index): Sidebar => {
    const slug = parts.slice(0, index).join('/');
    const label = places[slug];
    return label === undefined ? [] : [link(label, href(slug))];
  });
  const known = new Set(above.map((entry) => ('href' in entry ? entry.href : '')));
  const beside = placesBeside(id, places).map(([slug, label]) => ({
    ...link(label, href(slug)),
    isCurrent: slug === id,
  }));
  const ways = full.flatMap((entry): Sidebar => {
    if (entry.type === 'link') return known.has(entry.href) ? [] : [way(entry.label, entry.href)];
    const first = firstLink(entry.entries);
    return first === undefined || known.has(first.href) ? [] : [way(entry.label, first.href)];
  });
  const here = { ...link(places[id] ?? title, href(id)), isCurrent: true };
  // What a thing is called its title says as well.
  const isTold = above.length > 0 && places[id] === undefined;
  return [...above, ...(beside.length > 0 ? beside : isTold ? [] : [here]), ...ways];
}

/**
 * The pages of the other kinds beside that of a kind, and of the other namespaces beside that of one; of many
 * the page above has them all.
 */
function placesBeside(id: string, places: Readonly<Record<string, string>>): [string, string][] {
  const of = /^resources\/(?:namespaces\/)?(?=[^/]+$)/.exec(id)?.[0];
  if (of === undefined || places[id] === undefined) return [];
  const own = Object.entries(places).filter(
    ([slug]) => slug.startsWith(of) && !slug.includes('/', of.length),
  );
  return own.length > mostBeside ? [] : own;
}

/** What is seen at a glance. */
const mostBeside = 16;

/**
 * Whether a page is one of many that are made alike: those of resources, their kinds and namespaces, and of
 * rules.
 */
export function isBrief(id: string): boolean {
  return /^(?:resources|rules)\/./.test(id);
}

/** Whether a link leads to another part of the site than that of the page. */
export function isWay({ attrs }: Link): boolean {
  return attrs['data-way'] !== undefined;
}

function way(label: string, href: string): Link {
  return { ...link(label, href), attrs: { 'data-way': '' } };
}

function firstLink(entries: Sidebar): Link | undefined {
  for (const entry of entries) {
    const found = entry.type === 'link' ? entry : firstLink(entry.entries);
    if (found !== undefined) return found;
  }
  return undefined;
}

function link(label: string, href: string): Link {
  return { type: 'link', label, href, isCurrent: false, badge: undefined, attrs: {} };
}

type Sidebar = StarlightRouteData['sidebar'];
type Link = Extract<Sidebar[number], { type: 'link' }>;
