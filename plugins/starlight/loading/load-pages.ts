import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { realOf } from '../../base/paths.ts';
import { pathSlug } from '../../markdown/slug.ts';
import type { SharedRun, SiteLoaders } from '../run/shared-run.ts';
import type { RefreshContext } from '../site/loader-name.ts';
import { withFollower, withTold } from './follow-reads.ts';
import { place, removeFailed } from './place-pages.ts';
import { withDigests } from './with-digests.ts';

/**
 * Brings the pages of a run into the collection: those of the author by the loaders of the site, those that
 * are made beside them.
 */
export async function loadPages(run: SharedRun, given: LoaderContext, loaders: SiteLoaders): Promise<void> {
  const refresh = given.refreshContextData?.plumbline
    ? (given.refreshContextData as unknown as RefreshContext)
    : null;
  if (refresh?.pages && run.follow !== undefined) {
    for (const path of refresh.pages) await run.follow(path);
    if (refresh.isAll) await run.place?.();
    return;
  }
  let isLoaded = false;
  // As the collection has them, by the same with links followed.
  const paths = new Map<string, string>();
  const context = withFollower(
    withTold(given, (id) => isLoaded && run.stored?.(id)),
    (follow) => {
      run.follow = async (path) => {
        await follow(paths.get(path) ?? path);
      };
    },
  );
  run.place = () => placeInTurn(context, run);
  await run.ready();
  const generated = await run.generated();
  const moved = await run.moved();
  const repository = await run.repository();
  const pages = repository !== null ? loaderOf(repository, loaders) : movedLoader(moved, loaders);
  await pages?.load(
    withDigests(context, run, new Set(generated.map((page) => page.id)), paths, repository !== null),
  );
  await run.place();
  removeFailed(context, run);
  isLoaded = true;
  await run.loaded();
}

/** Pages that are made of an older reading must not come over those of a newer one. */
function placeInTurn(context: LoaderContext, run: SharedRun): Promise<void> {
  const before = placing.get(run) ?? Promise.resolve();
  const now = before.catch(() => {}).then(async () => place(context, run, await run.generated()));
  placing.set(run, now);
  return now;
}

const placing = new WeakMap<SharedRun, Promise<void>>();

/** Starlight's own, with other addresses for pages that would have that of another. */
function movedLoader(moved: Map<string, string>, { docs, options }: SiteLoaders): Loader {
  if (moved.size === 0) return docs(options);
  return docs({
    ...options,
    generateId: (entry) => {
      const own = entry.data.slug ?? (pathSlug(entry.entry) || 'index');
      const path = realOf(fileURLToPath(new URL(encodeURI(entry.entry), entry.base)));
      return moved.get(path) ?? options?.generateId?.(entry) ?? String(own);
    },
  });
}

/** Pages that lie anywhere in a repository; null where there is none. */
function loaderOf({ root, pages }: NonNullable<Repository>, loaders: SiteLoaders): Loader | null {
  if (pages.length === 0) return null;
  const slugs = new Map(pages.map(({ file, slug }) => [file, slug]));
  return loaders.files({
    base: pathToFileURL(`${root}/`),
    pattern: pages.map(({ file }) => file.replaceAll(/[$^*+?()[\]{}!|\\@#,]/g, '\\$&')),
    generateId: ({ entry }) => slugs.get(entry) ?? entry,
  });
}

type Repository = Awaited<ReturnType<SharedRun['repository']>>;
