/**
 * What the search and the page for a lost reader know of the site: `plumbline/search.json`. Names that many
 * things share are written once, and an address only where it is not made of kind, namespace and name.
 */
export interface SearchIndex {
  kinds: string[];
  namespaces: string[];
  applications: string[];
  stacks: string[];
  things: ThingRow[];
  pages: PageRow[];
  /** First parts of the addresses of each language; that of the root is empty. */
  locales: string[];
  /** Before and after a slug in an address. */
  address: [before: string, after: string];
  /** What the search says, by language. */
  words: Record<string, Record<string, string>>;
  /** How Pagefind is asked, as the site's configuration says. */
  pagefind: PagefindOptions;
}

export type PagefindOptions = Record<string, unknown> & {
  mergeIndex?: ({ bundlePath: string } & Record<string, unknown>)[];
};

/**
 * Places in the lists, -1 for none; the slug below `resources/`, 0 where it is the usual one; more words;
 * what tells it apart.
 */
export type ThingRow = [
  kind: number,
  namespace: number,
  name: string,
  application: number,
  stack: number,
  slug: string | 0,
  words?: string,
  apart?: string,
];

type PageRow = [title: string, slug: string];

/** A thing or a page that can be found by its name. */
export interface Named {
  /** Null for a page. */
  kind: string | null;
  namespace: string | null;
  name: string;
  application: string | null;
  stack: string | null;
  slug: string;
  /** More by which it is found: the messages of a policy. */
  words: string;
  /** What tells it from others of its kind, namespace and name; empty where there are none. */
  apart: string;
}

/** Every thing and page of an index, as they are searched. */
export function namedOf({ kinds, namespaces, applications, stacks, things, pages }: SearchIndex): Named[] {
  const found = things.map(([kind, namespace, name, application, stack, slug, words = '', apart = '']) => {
    const own = {
      kind: kinds[kind] ?? null,
      namespace: namespaces[namespace] ?? null,
      name,
      application: applications[application] ?? null,
      stack: stacks[stack] ?? null,
      words,
      apart,
    };
    return { ...own, slug: `resources/${slug === 0 ? usualSlug(own) : slug}` };
  });
  return [
    ...found,
    ...pages.map(([name, slug]) => ({
      kind: null,
      namespace: null,
      name,
      application: null,
      stack: null,
      slug,
      words: '',
      apart: '',
    })),
  ];
}

/** The address of most things, below `resources/`. */
export function usualSlug({ kind, namespace, name }: Pick<Named, 'kind' | 'namespace' | 'name'>): string {
  return [kind?.toLowerCase(), namespace, name].filter((part) => part !== null).join('/');
}
