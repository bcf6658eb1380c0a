import { posix } from 'node:path';
import { compareText } from '../../base/index.ts';
import type { Speech } from '../../words/index.ts';
import type { PublishedPage } from '../pages/published-page.ts';
import type { Areas } from './areas.ts';
import type { Section } from './sections.ts';

/** What the sidebar of a whole site shows: its own pages in a fixed order, then those of the repository. */
export function sidebarOf(
  { areas, shown, pages }: { areas: Areas; shown: readonly Section[]; pages: readonly PublishedPage[] },
  href: (slug: string) => string,
  { say }: Speech,
): SidebarEntry[] {
  const link = (label: string, slug: string): SidebarEntry => ({ label, href: href(slug) });
  const ofGroup = (group: Section['group']) =>
    shown.filter((section) => section.group === group).map(({ slug }) => link(say(`section.${slug}`), slug));
  const group = (label: string, entries: SidebarEntry[], collapsed = false): SidebarEntry[] =>
    entries.length === 0 ? [] : [{ label, entries, collapsed }];
  return [
    link(say('whole.overview'), ''),
    ...(areas.list.length > 0
      ? [link(say(areas.kind === 'stacks' ? 'whole.stacks' : 'whole.folders'), areas.kind)]
      : []),
    ...group('Argo CD', ofGroup('Argo CD')),
    ...group('Flux', ofGroup('Flux')),
    ...group(say('whole.platform'), [...ofGroup(null), link(say('resources.title'), 'resources')]),
    link(say('whole.status'), 'status'),
    ...group(say('whole.pages'), pageTree(pages, link)),
  ];
}

/** The pages as they lie in the repository: a folder with more than one is a group. */
function pageTree(pages: readonly PublishedPage[], link: Link): SidebarEntry[] {
  const at = (folder: string, inside: readonly PublishedPage[]): SidebarEntry[] => {
    const here = inside.filter(({ file }) => posix.dirname(file) === folder);
    const below = Map.groupBy(
      inside.filter((page) => !here.includes(page)),
      ({ file }) => childOf(folder, file),
    );
    return [
      ...here.sort(readmeFirst).map(({ title, slug }) => link(title, slug)),
      ...[...below]
        .sort(([a], [b]) => compareText(a, b))
        .flatMap(([child, own]): SidebarEntry[] => {
          const [only] = own;
          if (own.length === 1 && only !== undefined) return [link(only.title, only.slug)];
          const entries = at(child, own);
          // A folder that holds nothing but another one is told with it.
          const [inner] = entries;
          if (entries.length === 1 && inner !== undefined && 'entries' in inner)
            return [{ ...inner, label: `${posix.basename(child)}/${mayBreak}${inner.label}` }];
          return [{ label: posix.basename(child), entries, collapsed: pages.length > mostOpen }];
        }),
    ];
  };
  return at('.', pages);
}

function childOf(folder: string, file: string): string {
  const from = folder === '.' ? 0 : folder.length + 1;
  return file.slice(0, file.indexOf('/', from));
}

function readmeFirst(a: PublishedPage, b: PublishedPage): number {
  const rank = ({ file }: PublishedPage) => (/(?:^|\/)(?:readme|index)\.mdx?$/i.test(file) ? 0 : 1);
  return rank(a) - rank(b) || compareText(a.file, b.file);
}

/** A space of no width: a narrow sidebar breaks a path behind its slashes, not within a word. */
const mayBreak = '\u200b';
/** With more pages than these the folders of a sidebar are closed. */
const mostOpen = 20;

type Link = (label: string, slug: string) => SidebarEntry;

export type SidebarEntry =
  | { label: string; href: string }
  | { label: string; entries: SidebarEntry[]; collapsed: boolean };
