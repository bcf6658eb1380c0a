import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Element } from 'hast';
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { isInside, realOf, slashed } from '../../base/index.ts';
import type { SiteOptions } from '../run/options.ts';
import type { SiteRun } from '../run/site-run.ts';
import type { HostLinks } from '../whole/host-links.ts';
import { addTransformer, type MarkdownProcessor, untrustedNeedsUnified } from './markdown-processor.ts';
import type { PageTransformer } from './page-transformer.ts';
import { speechOf } from './site-words.ts';

/**
 * Puts what is done to each page of a site into the Markdown processor that renders them.
 * @throws AstroError for the pages of others with a processor that cannot read them without running them.
 */
export async function joinMarkdown(
  processor: MarkdownProcessor,
  run: PageRun,
  options: SiteOptions,
): Promise<void> {
  // Handed over without options: Astro makes its store's key of a plugin's options, and would read the whole
  // model.
  const hostLinks = hostLinksOf(run, options);
  const transformer = lazily(() => makePageTransformer(run, options, hostLinks));
  addTransformer(processor, transformer);
  if (!options.untrusted) return;
  if (processor.name !== 'unified') throw untrustedNeedsUnified();
  const [{ remarkReadMdx }, { rehypeSanitized }] = await Promise.all([
    import('../untrusted/plain-mdx.ts'),
    import('../untrusted/sanitize-html.ts'),
  ]);
  processor.remarkPlugins.unshift(remarkReadMdx);
  const relink = async (elements: Iterable<Element>, page: string) => {
    const { linkHtml } = await import('../whole/linked-tree.ts');
    if (hostLinks !== null) await linkHtml(elements, realOf(page), await hostLinks());
  };
  processor.rehypePlugins.unshift(() => rehypeSanitized(relink));
}

/**
 * What is done to each page as it is rendered: its live pieces are made, its title is taken out, its links
 * are given their addresses, and what may not be published is withheld. The modules for it are loaded by the
 * first page.
 */
async function makePageTransformer(
  run: PageRun,
  options: SiteOptions,
  hostLinks: (() => Promise<HostLinks>) | null,
): Promise<PageTransformer> {
  const [
    { remarkPlumbline },
    { remarkWithheld },
    { titleHeading },
    { lowerMdx },
    { linkMarkdown },
    { alertsAsAsides },
  ] = await loadPipeline();
  const { engine, links, rendered } = run;
  const speechAt = (path: string | undefined) => speechOf(options.words, slugAt(path, options));
  const plumb = remarkPlumbline({ engine, links, speechOf: speechAt, ...(rendered && { onPage: rendered }) });
  const withhold = remarkWithheld(options);
  return async (tree: Root, file: VFile) => {
    const { path } = file;
    if (path !== undefined && existsSync(path)) {
      const takeTitle = titleHeading(tree, path, await readFile(path, 'utf8'));
      await plumb(tree, file);
      takeTitle();
      if (hostLinks !== null) {
        await linkMarkdown(tree, realOf(path), await hostLinks());
        alertsAsAsides(tree, speechAt(path));
      }
    }
    // Of the pages without a file some are made of live pieces; nothing in the others is judged.
    else if (path !== undefined && (await livePages(run)).has(idOf(path))) await plumb(tree, file);
    if (options.untrusted) lowerMdx(tree);
    withhold(tree, file);
  };
}

/** The modules of it, which may be asked for before the first page is. */
export function loadPipeline() {
  return Promise.all([
    import('../../remark/index.ts'),
    import('./withheld-links.ts'),
    import('./title-heading.ts'),
    import('../untrusted/plain-mdx.ts'),
    import('../whole/linked-tree.ts'),
    import('../whole/host-alerts.ts'),
  ]);
}

/** The pages that are made of live pieces. */
async function livePages(run: PageRun): Promise<Set<string>> {
  const generated = await run.generated();
  return new Set(generated.filter(({ live }) => live !== undefined).map(({ id }) => id));
}

/** A page by its place among the pages, which lie in the collection or where a link from it leads. */
function slugAt(path: string | undefined, { docs, whole }: SiteOptions): string {
  if (path === undefined || whole !== null) return '';
  const real = realOf(path);
  if (docs !== undefined && isInside(realOf(docs), real)) return slashed(realOf(docs), real);
  return idOf(path);
}

function idOf(path: string): string {
  return path.replaceAll('\\', '/').replaceAll(/^.*?\/content\/docs\/|\.md$/g, '');
}

/** How a site of a whole repository makes the links of its pages; asked for by the first of them. */
function hostLinksOf(
  run: PageRun,
  { whole, address, words }: SiteOptions,
): (() => Promise<HostLinks>) | null {
  if (whole === null) return null;
  return async () => {
    const [engine, repository, { createHostLinks }] = await Promise.all([
      run.engine(),
      run.repository(),
      import('../whole/host-links.ts'),
    ]);
    const { pictures } = whole;
    return createHostLinks({
      engine,
      address,
      pages: repository?.pages ?? [],
      pictures,
      speech: speechOf(words, ''),
      place: run.links.place,
    });
  };
}

/** A transformer whose modules are loaded by the first page that it is given. */
function lazily(make: () => Promise<PageTransformer>): PageTransformer {
  let made: Promise<PageTransformer> | undefined;
  return async (tree, file) => {
    made ??= make();
    return (await made)(tree, file);
  };
}

/** What of a run the pages ask. */
export type PageRun = Pick<SiteRun, 'engine' | 'links' | 'generated' | 'repository' | 'rendered'>;
