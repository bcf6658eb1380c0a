import type { docsLoader } from '@astrojs/starlight/loaders';
import type { glob, LoaderContext } from 'astro/loaders';
import type { StoredEntry } from '../frames/framed-pages.ts';
import type { GeneratedPage } from '../pages/generated-page.ts';
import type { PublishedPage } from '../pages/published-page.ts';
import type { PagePolicy } from '../site/page-policy.ts';

/**
 * What the loader, the components and the integration share. Astro runs its configuration in Node and the
 * content configuration inside Vite: the same module is then loaded twice, so the run is handed over by way
 * of the global object. Nothing here may import more than types: Vite would pull the whole engine into the
 * site.
 */
const key = Symbol.for('starlight-plumbline');

/** Makes a run known under the root of its site; undefined takes it away. */
export function publish(root: string, run: SharedRun | undefined): void {
  const runs = known();
  if (run) runs.set(root, run);
  else runs.delete(root);
}

/** The run of the site at `root` (`config.root.href`). */
export function published(root: string): SharedRun | undefined {
  return known().get(root);
}

function known(): Map<string, SharedRun> {
  const shared = globalThis as { [key]?: Map<string, SharedRun> };
  shared[key] ??= new Map();
  return shared[key];
}

/** The face of a run that the loader sees. */
export interface SharedRun {
  policy: PagePolicy;
  /**
   * Brings all pages into the collection. Node has loaded what does it: Vite would take each module of it
   * apart in every build.
   */
  load(context: LoaderContext, loaders: SiteLoaders): Promise<void>;
  /**
   * Checks the pages, in a build all of them before the first is rendered.
   * Throws in a build that found a fault, after the report has been printed.
   */
  ready(): Promise<void>;
  /**
   * What the live pieces of a page resolved to, as a digest. `path` is the page on disk, `text` what it says
   * now: a page that has changed since the last check is checked again.
   */
  digestOf(path: string, text: string): Promise<string>;
  /** Pages made from the model, in a fixed order. */
  generated(): Promise<GeneratedPage[]>;
  /** Whether a file, with its links followed, lies in the repository or with the pages. */
  isWithin(path: string): boolean;
  /** The pages of a site that is the whole of a repository, wherever in it they lie; else null. */
  repository(): Promise<{ root: string; pages: PublishedPage[] } | null>;
  /** Slugs of pages that are published under another than their own, by their paths with links followed. */
  moved(): Promise<Map<string, string>>;
  /** Whether a page was checked; what was not is not published. */
  isChecked(path: string): boolean;
  /** Why the last check looked at nothing of a page, which is then not shown; null where it did. */
  leftOut(path: string): string | null;
  /** True for a page whose last check found a fault. */
  failed(path: string): boolean;
  /** Told how many of the generated pages are in the collection, as there may be thousands. */
  placing?(done: number, total: number): void;
  /** Told where what has become of the generated pages is found, once all are in the collection. */
  placed(entryOf: (id: string) => StoredEntry | undefined): void;
  /**
   * Renders a page again that is shown otherwise, by its path with links followed; undefined until the server
   * follows its files.
   */
  follow?: (path: string) => Promise<void>;
  /**
   * Puts the pages made from the model, as they are now, beside the author's; undefined until the collection
   * is read for the first time.
   */
  place?: () => Promise<void>;
  /** Told of each page that is put into the collection while the server runs; undefined until it does. */
  stored?: (id: string) => void;
  /**
   * Told of each page that is read why its front matter is not used, null where it is; a run without it ends
   * with the first.
   */
  refused?(path: string, why: unknown): void;
  /** Called when the collection is loaded: a run that only loads content ends here. */
  loaded(): Promise<void>;
  dispose(): Promise<void>;
}

/** What reads pages, as Vite has loaded it for the site. */
export interface SiteLoaders {
  docs: typeof docsLoader;
  files: typeof glob;
  /** Those of `docs`. */
  options: Parameters<typeof docsLoader>[0];
}
