import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AstroConfig } from 'astro';
import { remarkDirectivePlaces } from '../../markdown/directive-places.ts';
import { configError } from '../run/errors.ts';
import type { PageTransformer } from './page-transformer.ts';
import { satteriPlugin } from './satteri-plugin.ts';

/**
 * The one of Astro's two Markdown processors that a site has, with the lists that its plugins are put in.
 * @throws AstroError for any other, which would show every directive as it is written.
 */
export function processorOf(config: AstroConfig): MarkdownProcessor {
  const { name, options } = config.markdown.processor as { name: string; options?: Record<string, unknown> };
  const { mdastPlugins, remarkPlugins, rehypePlugins } = options ?? {};
  if (name === 'satteri' && Array.isArray(mdastPlugins)) return { name, mdastPlugins };
  if (name === 'unified' && Array.isArray(remarkPlugins) && Array.isArray(rehypePlugins))
    return { name, remarkPlugins, rehypePlugins };
  throw configError(
    `Plumbline does not know the Markdown processor \`${name}\` of \`markdown.processor\`.`,
    'Leave it out, for Sätteri, or set `unified()` from `@astrojs/markdown-remark`.',
  );
}

/** Has a processor run a transformer of mdast, behind what Starlight itself has put there. */
export function addTransformer(processor: MarkdownProcessor, transform: PageTransformer): void {
  if (processor.name === 'satteri') processor.mdastPlugins.push(satteriPlugin(transform));
  else processor.remarkPlugins.push(remarkDirectivePlaces, () => transform);
}

/**
 * Starlight loads what it needs beside unified from where it lies itself; where it does not find that,
 * pages lose their asides and heading links with one line of warning.
 * @param siteRoot absolute.
 * @throws AstroError there.
 */
export function ensureStarlightHasRemark(processor: MarkdownProcessor, siteRoot: string): void {
  if (processor.name !== 'unified') return;
  const starlight = resolved('@astrojs/starlight', join(siteRoot, 'package.json'));
  if (starlight === undefined || resolved('@astrojs/markdown-remark', starlight) !== undefined) return;
  throw configError(
    '`markdown.processor` is `unified()`, but Starlight does not find `@astrojs/markdown-remark`, and would show pages without asides and heading links.',
    'Install `@astrojs/markdown-remark` as a dependency of the site itself (with pnpm it may have to be hoisted), or leave `markdown.processor` out, for Sätteri.',
  );
}

/** What reads MDX as Markdown and cleans HTML are plugins of unified alone. */
export function untrustedNeedsUnified(): Error {
  return configError(
    '`plumbline({ untrusted: true })` needs `markdown.processor` to be `unified()`: nothing else reads MDX without running it.',
    'Install `@astrojs/markdown-remark` and set `markdown: { processor: unified() }` with `unified` from it.',
  );
}

function resolved(name: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

export type MarkdownProcessor =
  | { name: 'satteri'; mdastPlugins: unknown[] }
  | { name: 'unified'; remarkPlugins: unknown[]; rehypePlugins: unknown[] };
