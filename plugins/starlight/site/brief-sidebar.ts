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
  const ways = full.flatMap((entry): Sidebar => {
    if (entry.type === 'link') return known.has(entry.href) ? [] : [{ ...entry, isCurrent: false }];
    const first = firstLink(entry.entries);
    return first === undefined ? [] : [link(entry.label, first.href)];
  });
  return [...above, { ...link(title, href(id)), isCurrent: true }, ...ways];
}

/** Whether a page is one of many that are made alike: those of resources and of rules. */
export function isBrief(id: string): boolean {
  return /^(?:resources\/[^/]+\/|rules\/)./.test(id);
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
