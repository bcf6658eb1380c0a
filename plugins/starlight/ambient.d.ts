/// <reference types="astro/client" />
/// <reference types="@astrojs/starlight" />

/** Starlight's own: how the site's index is searched. */
declare module 'virtual:starlight/pagefind-config' {
  export const pagefindUserConfig: import('./search/search-index.ts').PagefindOptions;
}

declare module 'virtual:plumbline/search' {
  /** Without the pages, which the collection knows. */
  export const index: import('./search/search-index.ts').SearchIndex;
}

declare module 'virtual:plumbline/facts' {
  /** JSON. */
  export const facts: string;
}

/** Ours, or those of a site in their place. */
declare module 'virtual:plumbline/components' {
  type Component = (props: Record<string, unknown>) => unknown;
  export const Head: Component;
  export const Mark: Component;
  export const Table: Component;
  export const Diagram: Component;
  export const Home: Component;
  export const OwnHome: Component;
  export const Lost: Component;
  export const kinds: Record<string, Component | undefined>;
  export const replaced: string[];
}

declare module 'virtual:plumbline/words' {
  /** By language; each has a word for every key that a component asks for. */
  export const dictionaries: Record<string, import('../base/index.ts').Dictionary>;
}

declare module 'virtual:plumbline/home' {
  export const home: string;
}

declare module 'virtual:plumbline/site' {
  export const commit: string | null;
  /** Its page on the host of the repository, where that is known. */
  export const commitHref: string | null;
  /** Folder of the docs collection and of the pages themselves, both relative to the site's root. */
  export const docsPath: string;
  export const pagesPath: string;
  /** Of a site that is the whole of a repository; else Starlight's own. */
  export const sidebar: import('./whole/sidebar.ts').SidebarEntry[] | null;
  /** Before and after a slug in an address. */
  export const address: [before: string, after: string];
  /** Whether there is a page of what was verified and what was not. */
  export const status: boolean;
  /** Titles of the pages above those of things and rules, by their slugs. */
  export const places: Record<string, string>;
  /** By path under the docs folder. */
  export const pages: Record<string, import('./site/page-facts.ts').PageFacts>;
}
