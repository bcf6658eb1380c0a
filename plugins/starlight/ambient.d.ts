/// <reference types="astro/client" />
/// <reference types="@astrojs/starlight" />

declare module 'virtual:plumbline/site' {
  export const commit: string | null;
  /** Folder of the docs collection and of the pages themselves, both relative to the site's root. */
  export const docsPath: string;
  export const pagesPath: string;
  /** Of a site that is the whole of a repository; else Starlight's own. */
  export const sidebar: import('./whole/sidebar.ts').SidebarEntry[] | null;
  /** By path under the docs folder. */
  export const pages: Record<string, import('./site/page-facts.ts').PageFacts>;
}
