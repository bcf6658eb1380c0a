import { fileURLToPath, pathToFileURL } from 'node:url';
import { docsLoader } from '@astrojs/starlight/loaders';
import { glob, type Loader } from 'astro/loaders';
import { realOf } from '../base/paths.ts';
import { pathSlug } from '../markdown/slug.ts';
import { withFollower, withTold } from './loading/follow-reads.ts';
import { place, removeFailed } from './loading/place-pages.ts';
import { withDigests } from './loading/with-digests.ts';
import { published, type SharedRun } from './run/shared-run.ts';
import { loaderName, type RefreshContext } from './site/loader-name.ts';

/**
 * Starlight's `docsLoader`, with more: a page is rendered again exactly when its text or what the model says
 * in it has changed (Astro's own digest knows the text alone), the pages made from the model lie beside the
 * author's, and a page without a title has its first heading as one, as on a Git host. Without the
 * `plumbline` plugin in the configuration it is `docsLoader`.
 * @param options those of `docsLoader`.
 */
export function plumblineLoader(options?: Parameters<typeof docsLoader>[0]): Loader {
  const authored = docsLoader(options);
  /** The same with other addresses for pages that would have that of another. */
  const withMoved = (moved: Map<string, string>) =>
    docsLoader({
      ...options,
      generateId: (entry) => {
        const own = entry.data.slug ?? (pathSlug(entry.entry) || 'index');
        const path = realOf(fileURLToPath(new URL(encodeURI(entry.entry), entry.base)));
        return moved.get(path) ?? options?.generateId?.(entry) ?? String(own);
      },
    });
  return {
    name: loaderName,
    load: async (given) => {
      const run = published(given.config.root.href);
      if (!run) return authored.load(given);
      const refresh = given.refreshContextData?.plumbline
        ? (given.refreshContextData as unknown as RefreshContext)
        : null;
      if (refresh?.pages && run.follow !== undefined) {
        for (const path of refresh.pages) await run.follow(path);
        if (refresh.isAll) await place(given, run, await run.generated());
        return;
      }
      let isLoaded = false;
      // As the collection has them, by the same with links followed.
      const paths = new Map<string, string>();
      const context = withFollower(
        withTold(given, () => isLoaded && run.stored?.()),
        (follow) => {
          run.follow = async (path) => {
            await follow(paths.get(path) ?? path);
          };
        },
      );
      await run.ready();
      const generated = await run.generated();
      const moved = await run.moved();
      const repository = await run.repository();
      const pages =
        repository !== null ? repositoryLoader(repository) : moved.size === 0 ? authored : withMoved(moved);
      await pages?.load(
        withDigests(context, run, new Set(generated.map((page) => page.id)), paths, repository !== null),
      );
      await place(context, run, generated);
      removeFailed(context, run);
      isLoaded = true;
      await run.loaded();
    },
  };
}

/** Pages that lie anywhere in a repository; null where there is none. */
function repositoryLoader({ root, pages }: NonNullable<Repository>): Loader | null {
  if (pages.length === 0) return null;
  const slugs = new Map(pages.map(({ file, slug }) => [file, slug]));
  return glob({
    base: pathToFileURL(`${root}/`),
    pattern: pages.map(({ file }) => file.replaceAll(/[$^*+?()[\]{}!|\\@#,]/g, '\\$&')),
    generateId: ({ entry }) => slugs.get(entry) ?? entry,
  });
}

type Repository = Awaited<ReturnType<SharedRun['repository']>>;
