import { isDeepStrictEqual } from 'node:util';
import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import { plainValues } from '../slim/tokens.ts';
import { type OpenedSidebar, openSidebar, placeholder, placeIn, type SidebarPlace } from './sidebar-place.ts';

/**
 * The sidebars of a site that is being built: of those that are alike but for the page that they tell the
 * first is made by Astro, the second too, which must be what the first says of it, and only then do pages
 * come without, to be given theirs at last. It names every page of the site, so that pages of a thousand are
 * mostly sidebar.
 * @param isKnown whether nothing of the site's own sees or changes it.
 */
export function openSidebarBook(isKnown: () => boolean): SidebarBook {
  const known: KnownSidebar[] = [];
  /** Pages with their own sidebar that are being made. */
  let asked = 0;
  return {
    placeOf(entries) {
      if (!isKnown()) return null;
      let index = known.findIndex((one) => areAlike(one.entries, entries));
      if (index === -1 && known.length < mostSidebars) index = known.push(beginOf(entries)) - 1;
      const found = known[index];
      if (found === undefined || found.state === 'unlike') return null;
      const { current, groups } = currentIn(entries);
      if (current.length > 1) return null;
      const place = { name: String(index), link: current[0] ?? -1, groups };
      const isProven = found.state === 'proven';
      if (!isProven) asked += 1;
      return { element: placeholder(place), isKnown: isProven };
    },
    learn(html) {
      const found = placeIn(html);
      const sidebar = found === null ? undefined : known[Number(found.name)];
      if (found === null || sidebar === undefined || !html.startsWith(begin, found.end)) return html;
      asked -= 1;
      const end = html.indexOf(finish, found.end);
      const own = end === -1 ? '' : plainValues(html.slice(found.end, end).trimEnd());
      settle(sidebar, own, found);
      return html.slice(0, found.start) + html.slice(found.end);
    },
    isLearning: () => asked > 0,
    texts: () =>
      known.flatMap(({ state, opened }, index): [string, string][] =>
        state === 'proven' && opened !== null ? [[String(index), opened.text]] : [],
      ),
  };
}

/** What a page that Astro has made says of its sidebar. */
function settle(sidebar: KnownSidebar, own: string, place: SidebarPlace): void {
  if (sidebar.state !== 'begun') return;
  if (sidebar.opened === null) {
    const bare = withoutCurrent(own, place);
    const opened = bare === null ? null : openSidebar(bare);
    if (opened?.links === sidebar.links && opened.groups === sidebar.groups) sidebar.opened = opened;
    else sidebar.state = 'unlike';
  } else sidebar.state = sidebar.opened.filled({ ...place, current: '' }) === own ? 'proven' : 'unlike';
}

/** The sidebar without what tells the page; null where that is not written as Starlight writes it. */
function withoutCurrent(html: string, { link, groups }: SidebarPlace): string | null {
  const [before = '', ...others] = html.split(' aria-current="page"');
  if (others.length !== (link === -1 ? 0 : 1)) return null;
  let group = -1;
  return (before + others.join('')).replaceAll(/<details( open)?(?=[ >])/g, (tag) => {
    group += 1;
    return groups.includes(group) ? '<details' : tag;
  });
}

function beginOf(entries: Entries): KnownSidebar {
  const all = flat(entries);
  const links = all.filter(({ type }) => type === 'link').length;
  return { entries, links, groups: all.length - links, state: 'begun', opened: null };
}

/** Which links are told, and which groups are open because of that. */
function currentIn(entries: Entries): { current: number[]; groups: number[] } {
  const current: number[] = [];
  const groups: number[] = [];
  let [link, group] = [0, 0];
  const read = (list: Entries): boolean => {
    let isAround = false;
    for (const entry of list) {
      if (entry.type === 'link') {
        if (entry.isCurrent) current.push(link);
        isAround ||= entry.isCurrent;
        link += 1;
        continue;
      }
      const own = group;
      group += 1;
      const holds = read(entry.entries);
      if (holds && entry.collapsed) groups.push(own);
      isAround ||= holds;
    }
    return isAround;
  };
  read(entries);
  return { current, groups };
}

function flat(entries: Entries): Entries {
  return entries.flatMap((entry) => (entry.type === 'link' ? [entry] : [entry, ...flat(entry.entries)]));
}

/** But for the page that they tell. */
function areAlike(one: Entries, other: Entries): boolean {
  return one.length === other.length && one.every((entry, index) => isAlike(entry, other[index]));
}

function isAlike(one: Entries[number], other: Entries[number] | undefined): boolean {
  if (one.label !== other?.label || !isDeepStrictEqual(one.badge, other.badge)) return false;
  if (one.type === 'group')
    return (
      other.type === 'group' && one.collapsed === other.collapsed && areAlike(one.entries, other.entries)
    );
  return other.type === 'link' && one.href === other.href && isSame(one.attrs, other.attrs);
}

/** Most links have none. */
function isSame(one: object, other: object): boolean {
  return Object.keys(one).length + Object.keys(other).length === 0 || isDeepStrictEqual(one, other);
}

const begin = '<sl-sidebar-state-persist';
/** What stands behind it, which each page has its own of. */
const finish = '<div class="md:sl-hidden">';
/** One for each language, and a few. */
const mostSidebars = 40;

type Entries = StarlightRouteData['sidebar'];

interface KnownSidebar {
  /** As one page has them. */
  entries: Entries;
  links: number;
  groups: number;
  state: 'begun' | 'proven' | 'unlike';
  opened: OpenedSidebar | null;
}

export interface SidebarBook {
  /**
   * What stands for the sidebar of a page, and whether it may stand there without it; null for a page that
   * has its own.
   */
  placeOf(entries: Entries): { element: string; isKnown: boolean } | null;
  /** Reads the sidebar of a page that Astro has made; gives the page without what stands for it. */
  learn(html: string): string;
  /** Whether there may be such. */
  isLearning(): boolean;
  /** The sidebars that pages may come without, in which no page is told, by name. */
  texts(): [name: string, html: string][];
}
