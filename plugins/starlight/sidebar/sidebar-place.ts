/**
 * The sidebar of a page, where it is that of all pages but for what tells the page in it: its link says so,
 * and the groups around it that are closed elsewhere are open. So a page carries an element in its place that
 * names the sidebar and both, until nothing reads the page any more. No value of an attribute can hold that
 * element, as it has quotes of its own.
 */

/** The element; `current` is the link to the page as it stands there, once it is known. */
export function placeholder({ name, link, groups }: SidebarPlace, current = ''): string {
  return `<plumbline-sidebar data-of="${name} ${link} ${groups.join(',')}">${current}</plumbline-sidebar>`;
}

/** The first in a page; null where there is none. */
export function placeIn(html: string): FoundPlace | null {
  const found = element.exec(html);
  if (found === null) return null;
  const [whole, name = '', link, groups, current = ''] = found;
  return {
    ...{ start: found.index, end: found.index + whole.length, name, link: Number(link), current },
    groups: groups ? groups.split(',').map(Number) : [],
  };
}

const element =
  /<plumbline-sidebar data-of="(\w+) (-?\d+) ([\d,]*)">((?:(?!<\/plumbline-sidebar)[\s\S])*)<\/plumbline-sidebar>/;

/** The page with the element in the place of another. */
export function withPlace(html: string, found: FoundPlace, element: string): string {
  return html.slice(0, found.start) + element + html.slice(found.end);
}

/** The HTML of a sidebar in which no page is told, opened to be filled. */
export function openSidebar(text: string): OpenedSidebar {
  const links = [...text.matchAll(/<a (?:"[^"]*"|'[^']*'|[^"'>])*>(?:(?!<\/a>)[\s\S])*<\/a>/g)].map(
    (found) => ({
      start: found.index,
      end: found.index + found[0].length,
    }),
  );
  const groups = [...text.matchAll(/<details\b/g)].map((found) => found.index + found[0].length);
  const currentOf = (link: number) => {
    const { start = 0, end = 0 } = links[link] ?? {};
    return text.slice(start, end).replace(/^<a href="[^"]*"/, '$& aria-current="page"');
  };
  return {
    ...{ text, links: links.length, groups: groups.length, currentOf },
    filled: ({ link, groups: open, current }) => {
      const pieces = open.map((group) => ({
        start: groups[group] ?? 0,
        end: groups[group] ?? 0,
        text: ' open',
      }));
      const place = links[link];
      if (place !== undefined) pieces.push({ ...place, text: current || currentOf(link) });
      let filled = '';
      let from = 0;
      for (const piece of pieces.sort((a, b) => a.start - b.start)) {
        filled += text.slice(from, piece.start) + piece.text;
        from = piece.end;
      }
      return filled + text.slice(from);
    },
  };
}

export interface SidebarPlace {
  /** Of the sidebar. */
  name: string;
  /** Which of its links leads to the page, from 0; -1 where none does. */
  link: number;
  /** Groups that are open for its sake, from 0, of all that there are. */
  groups: number[];
}

interface FoundPlace extends SidebarPlace {
  start: number;
  end: number;
  current: string;
}

export interface OpenedSidebar {
  text: string;
  /** How many there are. */
  links: number;
  groups: number;
  /** A link as it stands on the page that it leads to. */
  currentOf(link: number): string;
  /** The sidebar of a page. */
  filled(place: Pick<FoundPlace, 'link' | 'groups' | 'current'>): string;
}
