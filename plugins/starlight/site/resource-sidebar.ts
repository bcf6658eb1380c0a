import type { StarlightRouteData } from '@astrojs/starlight/route-data';

/**
 * A sidebar in which the resources of each kind and of each namespace follow the link to all of them. What
 * the page belongs to is open.
 */
export function withResources(sidebar: Sidebar, id: string, { all, groups, href }: Places): Sidebar {
  const link = ([slug, name]: [slug: string, name: string]): Entry => ({
    type: 'link',
    label: name,
    href: href(slug),
    isCurrent: slug === id,
    badge: undefined,
    attrs: {},
  });
  const own = groups.flatMap(({ label, places }): Entry[] =>
    places.length === 0
      ? []
      : [
          {
            type: 'group',
            label,
            entries: places.map(link),
            collapsed: !places.some(([slug]) => slug === id),
            badge: undefined,
          },
        ],
  );
  const widen = (entry: Entry): Entry[] => {
    if (entry.type === 'group') return [{ ...entry, entries: entry.entries.flatMap(widen) }];
    return entry.href === all ? [entry, ...own] : [entry];
  };
  return sidebar.flatMap(widen);
}

type Sidebar = StarlightRouteData['sidebar'];
type Entry = Sidebar[number];

interface Places {
  /** Address of the page of all resources. */
  all: string;
  groups: { label: string; places: [slug: string, name: string][] }[];
  href(slug: string): string;
}
