import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AstroError } from 'astro/errors';
import type { LoaderContext } from 'astro/loaders';
import { realOf } from '../../base/paths.ts';
import { workToParse } from '../../markdown/parse-work.ts';
import type { SharedRun } from '../run/shared-run.ts';
import { isOnDisk } from './place-pages.ts';
import { type EntryType, readInfo, withoutFrontMatter } from './read-entry.ts';

/** The loader's context with digests that also stand for what a page's live pieces resolved to. */
export function withDigests(
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
  const isGone = (path: string | undefined) =>
    context.watcher !== undefined && path !== undefined && !isOnDisk(context, path);
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
    store: {
      ...context.store,
      keys: () => context.store.keys().filter((id) => !generated.has(id)),
      // A page that goes while it is read would be back for good.
      set: (entry) => !isGone(entry.filePath) && context.store.set(entry),
    },
    ...(isRefresh ? { watcher: undefined } : {}),
  } as LoaderContext;
}

/** Why a page is given to no parser, as no check has given it to one; null for all others. */
function whyUnparsed(path: string, text: string, run: SharedRun): string | null {
  const { tooMuch } = workToParse(text);
  return tooMuch === null ? run.leftOut(path) : `the parser would take too long: ${tooMuch.words}`;
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

/**
 * The context also holds how each kind of file is read; Astro's types leave it out, its glob loader rests on
 * it.
 */
interface EntryTypes {
  entryTypes: Map<string, EntryType>;
}
