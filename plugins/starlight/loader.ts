import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { docsLoader } from '@astrojs/starlight/loaders';
import { AstroError } from 'astro/errors';
import { glob, type Loader, type LoaderContext } from 'astro/loaders';
import { wholeCodeDigest } from '../base/code-digest.ts';
import { realOf } from '../base/paths.ts';
import { workToParse } from '../markdown/parse-work.ts';
import { pathSlug } from '../markdown/slug.ts';
import type { GeneratedPage } from './pages/generated-page.ts';
import { published, type SharedRun } from './run/shared-run.ts';
import { isBrief } from './site/brief-sidebar.ts';
import { loaderName, type RefreshContext } from './site/loader-name.ts';
import { slimHtml } from './slim/slim-html.ts';

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

/**
 * The loader's context that tells when a page was put into the collection by the watcher of its file: Astro
 * writes that half a second later, and shows it no sooner.
 */
function withTold(context: LoaderContext, tell: () => unknown): LoaderContext {
  if (context.watcher === undefined) return context;
  const set: LoaderContext['store']['set'] = (entry) => {
    const isNew = context.store.set(entry);
    if (isNew) tell();
    return isNew;
  };
  return { ...context, store: { ...context.store, set } };
}

/**
 * The loader's context that tells how a page is read again whose file has changed, as the loader inside ours
 * only tells the watcher.
 */
function withFollower(context: LoaderContext, tell: (follow: (path: string) => unknown) => void) {
  if (context.watcher === undefined) return context;
  const readers = new Map<(path: string) => unknown, (path: string) => Promise<void>>();
  const watcher = new Proxy(context.watcher, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'on') return value.bind(target);
      return (event: string, listener: (path: string) => unknown) => {
        if (event !== 'change' && event !== 'add') return value.call(target, event, listener);
        const read = readers.get(listener) ?? inTurn(listener);
        readers.set(listener, read);
        if (event === 'change') tell(read);
        return value.call(target, event, read);
      };
    },
  });
  return { ...context, watcher };
}

/**
 * Reads a page one time after the other, as of two at once the older text could come last; once more where it
 * was edited meanwhile, however often.
 */
function inTurn(read: (path: string) => unknown): (path: string) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();
  const start = (path: string) => {
    waiting.delete(path);
    const run = Promise.resolve(read(path)).then(() => {
      if (running.get(path) === run) running.delete(path);
    });
    running.set(path, run);
    return run;
  };
  return (path) => {
    const before = running.get(path);
    if (before === undefined) return start(path);
    const next = waiting.get(path) ?? before.then(() => start(path));
    waiting.set(path, next);
    return next;
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

/** Why a page is given to no parser, as no check has given it to one; null for all others. */
function whyUnparsed(path: string, text: string, run: SharedRun): string | null {
  const { tooMuch } = workToParse(text);
  return tooMuch === null ? run.leftOut(path) : `the parser would take too long: ${tooMuch.words}`;
}

/** The loader's context with digests that also stand for what a page's live pieces resolved to. */
function withDigests(
  context: LoaderContext & Partial<EntryTypes>,
  run: SharedRun,
  generated: Set<string>,
  paths: Map<string, string>,
  isForeign: boolean,
): LoaderContext {
  // Astro asks for a digest by text alone, so ours are kept by text; pages of equal text share all of theirs.
  const digests = new Map<string, Map<string, string>>();
  const given = context.entryTypes ?? new Map<string, EntryType>();
  // What goes through Markdown is not run as MDX is.
  const typeOf = (own: EntryType) => (run.policy.untrusted && given.get('.md')) || own;
  const entryTypes = new Map(
    [...given].map(([extension, own]) => [
      extension,
      {
        ...typeOf(own),
        getEntryInfo: async (entry: { contents: string; fileUrl: URL }) => {
          const path = fileURLToPath(entry.fileUrl);
          ensureChecked(path, run, context);
          if (context.watcher !== undefined) paths.set(realOf(path), path);
          const { policy } = run;
          const of = digests.get(entry.contents) ?? new Map<string, string>();
          digests.set(entry.contents, of);
          const digest = await run.digestOf(path, entry.contents);
          of.set(path, digest + (await policy.digest(path, entry.contents)));
          const why = whyUnparsed(path, entry.contents, run);
          const info = await infoOf(typeOf(own), entry);
          const { title = await policy.title(path, entry.contents, why === null) } = info.data;
          const data = await policy.frontMatter({ ...info.data, title }, path);
          // In its place the page says why.
          return why === null
            ? { ...info, data }
            : { ...info, data, body: `This page is not shown, as ${why}.` };
        },
      },
    ]),
  );
  const infoOf: typeof readInfo = isForeign ? readInfo : ownInfo;
  async function ownInfo(type: EntryType, entry: Parameters<EntryType['getEntryInfo']>[0]) {
    try {
      const info = await type.getEntryInfo(entry);
      run.refused?.(fileURLToPath(entry.fileUrl), null);
      return info;
    } catch (error) {
      return refuse(fileURLToPath(entry.fileUrl), error, () => withoutFrontMatter(entry.contents));
    }
  }
  /** In a server one page whose front matter is wrong is shown without it, and hinders no other. */
  function refuse<T>(path: string, error: unknown, instead: () => T): T {
    if (run.refused === undefined) throw error;
    run.refused(path, error);
    return instead();
  }
  const isRefresh = context.refreshContextData?.plumbline === true;
  return {
    ...context,
    entryTypes,
    parseData: async (entry) => {
      const { filePath, data } = entry;
      for (const picture of heroPictures(data))
        if (filePath !== undefined && !run.isWithin(resolve(dirname(filePath), picture)))
          throw beyond(`the picture \`${picture}\` of \`${filePath}\``);
      try {
        return await context.parseData(entry);
      } catch (error) {
        const bare = { ...entry, data: { title: String(data.title) } };
        return refuse(filePath ?? '', error, () => context.parseData(bare));
      }
    },
    generateDigest: (data) => {
      const of = typeof data === 'string' ? digests.get(data) : undefined;
      if (!of || typeof data !== 'string') return context.generateDigest(data);
      return context.generateDigest([data, ...[...of.values()].sort()].join('\0'));
    },
    // The glob loader deletes entries that it did not see, and listens anew each time it is called.
    store: { ...context.store, keys: () => context.store.keys().filter((id) => !generated.has(id)) },
    ...(isRefresh ? { watcher: undefined } : {}),
  } as LoaderContext;
}

/** What the front matter says; of a page with one that does not parse, whoever's it is, the page remains. */
async function readInfo(
  type: EntryType,
  entry: Parameters<EntryType['getEntryInfo']>[0],
): Promise<EntryInfo> {
  try {
    const info = await type.getEntryInfo(entry);
    return { ...info, data: foreignData(info.data) };
  } catch {
    return withoutFrontMatter(entry.contents);
  }
}

function withoutFrontMatter(contents: string): EntryInfo {
  const body = contents.replace(/^\ufeff?---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/, '');
  return { data: {}, body };
}

/** Of front matter that was written for another site what every page has: a schema could refuse the rest. */
function foreignData({ title, description }: Record<string, unknown>): Record<string, unknown> {
  return {
    ...(typeof title === 'string' || typeof title === 'number' ? { title: String(title) } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  };
}

async function place(context: LoaderContext, run: SharedRun, pages: GeneratedPage[]): Promise<void> {
  await placeGenerated(context, pages);
  run.placed((id) => context.store.get(id));
}

async function placeGenerated(context: LoaderContext, pages: GeneratedPage[]): Promise<void> {
  const code = wholeCodeDigest();
  for (const page of pages) {
    const fileURL = new URL(`content/docs/${page.id}.md`, context.config.srcDir);
    const filePath = relative(fileURLToPath(context.config.root), fileURLToPath(fileURL)).replaceAll(
      '\\',
      '/',
    );
    const digest = context.generateDigest(JSON.stringify([code, page.data, page.head, page.body, page.live]));
    const existing = context.store.get(page.id);
    if (existing?.digest === digest) continue;
    // A page that an author wrote in the place of a generated one stays: of that there is no file.
    if (existing?.filePath && isOnDisk(context, existing.filePath)) continue;
    const data = await context.parseData({ id: page.id, data: page.data, filePath: fileURLToPath(fileURL) });
    const { html: whole, metadata } = await context.renderMarkdown(page.body, { fileURL });
    const html = isBrief(page.id) ? slimHtml(whole) : whole;
    // Beside what Astro keeps of a page: a schema would take it out of the front matter.
    const rendered = { html, metadata: { ...metadata, plumblineHead: page.head } };
    // Of a page of a thing, which there may be thousands of, nobody reads what its HTML was made of.
    const body = page.head === undefined ? { body: page.body } : {};
    context.store.set({ id: page.id, data, ...body, filePath, digest, rendered });
  }
}

function isOnDisk(context: LoaderContext, filePath: string): boolean {
  return existsSync(new URL(filePath, context.config.root));
}

/**
 * A page that is a link to something beyond the repository, or that no check has read, is not published.
 * @throws before anything of it is.
 */
function ensureChecked(path: string, run: SharedRun, { config }: LoaderContext): void {
  const page = `the page \`${relative(fileURLToPath(config.root), path)}\``;
  if (!run.isWithin(path)) throw beyond(page);
  if (!run.isChecked(path))
    throw new AstroError(
      `${page} was not checked, and is not published.`,
      "Put it among the pages: neither under `node_modules`, nor in another folder than the plugin's `docs`.",
    );
}

/** Files that the front matter of a page names as its pictures. */
function heroPictures(data: Record<string, unknown>): string[] {
  const { image } = (data.hero ?? {}) as { image?: unknown };
  const { file, dark, light } = (image ?? {}) as Record<string, unknown>;
  return [file, dark, light].filter((path) => typeof path === 'string');
}

function beyond(what: string): AstroError {
  return new AstroError(
    `${what} leads out of the repository.`,
    'Put the file into the repository, or name the folder that holds it as `root` or `docs` of the plugin.',
  );
}

/** A page that failed must not be served from the store once it is mended. */
function removeFailed(context: LoaderContext, run: SharedRun): void {
  if (context.watcher) return;
  for (const entry of context.store.values()) {
    if (!entry.filePath) continue;
    if (run.failed(fileURLToPath(new URL(entry.filePath, context.config.root))))
      context.store.delete(entry.id);
  }
}

type Repository = Awaited<ReturnType<SharedRun['repository']>>;

/**
 * The context also holds how each kind of file is read; Astro's types leave it out, its glob loader rests on
 * it.
 */
interface EntryTypes {
  entryTypes: Map<string, EntryType>;
}

interface EntryType {
  getEntryInfo(entry: { contents: string; fileUrl: URL }): Promise<EntryInfo>;
}

/** What the front matter of a page says, and more. */
interface EntryInfo {
  data: Record<string, unknown>;
  body?: string;
}
