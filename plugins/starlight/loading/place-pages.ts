import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoaderContext } from 'astro/loaders';
import { wholeCodeDigest } from '../../base/code-digest.ts';
import type { GeneratedPage } from '../pages/generated-page.ts';
import type { SharedRun } from '../run/shared-run.ts';
import { isBrief } from '../site/brief-sidebar.ts';
import { slimHtml } from '../slim/slim-html.ts';

/** Puts the pages that are made into the collection, beside the author's. */
export async function place(context: LoaderContext, run: SharedRun, pages: GeneratedPage[]): Promise<void> {
  await placeGenerated(context, run, pages);
  run.placed((id) => context.store.get(id));
}

async function placeGenerated(context: LoaderContext, run: SharedRun, pages: GeneratedPage[]): Promise<void> {
  const code = wholeCodeDigest();
  for (const [index, page] of pages.entries()) {
    run.placing?.(index + 1, pages.length);
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

/** @param filePath as the collection has it: relative to the root of the site. */
export function isOnDisk({ config }: LoaderContext, filePath: string): boolean {
  return existsSync(resolve(fileURLToPath(config.root), filePath));
}

/** A page that failed must not be served from the store once it is mended. */
export function removeFailed(context: LoaderContext, run: SharedRun): void {
  if (context.watcher) return;
  for (const entry of context.store.values()) {
    if (!entry.filePath) continue;
    if (run.failed(fileURLToPath(new URL(entry.filePath, context.config.root))))
      context.store.delete(entry.id);
  }
}
