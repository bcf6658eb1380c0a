import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMarkdownProcessor,
  parseFrontmatter,
  type RehypePlugins,
  type RemarkPlugins,
} from '@astrojs/markdown-remark';
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import remarkDirective from 'remark-directive';
import { visit } from 'unist-util-visit';
import type { Engine, PagesReport } from '../../plugins/engine/index.ts';
import { runsSomething, workToParse } from '../../plugins/markdown/index.ts';
import { madeOf } from '../../plugins/starlight/run/check-outcome.ts';
import type { SiteOptions } from '../../plugins/starlight/run/options.ts';
import { joinMarkdown, type PageRun } from '../../plugins/starlight/site/page-pipeline.ts';
import { pagePolicy } from '../../plugins/starlight/site/page-policy.ts';
import { addressesOf } from '../../plugins/starlight/site/site-addresses.ts';

/**
 * The pages that `plumbline build` makes of a repository, by the same way but for Astro around it.
 * @param pictures absolute folder for those that pages show.
 * @param isRendered false for what they are made of alone.
 */
export async function siteOf(
  engine: Engine,
  checked: PagesReport,
  pictures: string,
  isRendered = true,
): Promise<Site> {
  const options = optionsFor(engine.platform.config.root, pictures);
  const { generated, whole } = await madeOf(engine, checked, options);
  if (!isRendered) return { text: JSON.stringify([whole, generated]), scripts: [] };
  const run: PageRun = {
    engine: async () => engine,
    links: { ...addressesOf(engine, options).links, writesLinks: false },
    generated: async () => generated,
    repository: async () => whole,
  };
  const remarkPlugins: RemarkPlugins = [remarkDirective];
  const rehypePlugins: RehypePlugins = [];
  await joinMarkdown({ name: 'unified', remarkPlugins, rehypePlugins }, run, options);
  const renderer = await createMarkdownProcessor({ remarkPlugins, rehypePlugins, syntaxHighlight: false });
  const html: string[] = [];
  const render = async (path: string, body: string, data: Data) => {
    const { code } = await renderer.render(body, { fileURL: pathToFileURL(path), frontmatter: data });
    html.push(code);
  };
  for (const { path } of whole?.pages ?? []) {
    const text = readFileSync(path, 'utf8');
    if (workToParse(text).tooMuch !== null) continue;
    const { frontmatter, content } = partsOf(text);
    const data = await pagePolicy(options).frontMatter(frontmatter, path);
    await render(path, content, data);
    html.push(JSON.stringify(data));
  }
  for (const { id, body, data } of generated)
    await render(join(options.root, 'src/content/docs', `${id}.md`), body, data);
  const copied = existsSync(pictures)
    ? readdirSync(pictures).map((name) => readFileSync(join(pictures, name), 'latin1'))
    : [];
  return {
    text: [...html, ...copied, JSON.stringify([whole, generated])].join('\n'),
    scripts: html.flatMap(scriptsIn),
  };
}

/** As `plumbline build` makes them. */
function optionsFor(root: string, pictures: string): SiteOptions {
  const facts = {
    isOwn: true,
    base: '/',
    trailingSlash: null,
    format: null,
    publicDir: join(root, 'public'),
  };
  return {
    root,
    docs: undefined,
    address: { base: '/', trailingSlash: 'ignore', format: 'directory' },
    facts: { ...facts, routes: [], locales: [], others: [] },
    resources: true,
    rules: true,
    status: false,
    untrusted: true,
    whole: { title: 'Fuzz', pictures },
    words: { languages: { '': 'en' }, dictionaries: {} },
    written: [],
    known: [],
    color: false,
  };
}

/** A page as Astro hands it over; of front matter that it does not read nothing is left. */
function partsOf(text: string): { frontmatter: Data; content: string } {
  try {
    return parseFrontmatter(text, { frontmatter: 'empty-with-spaces' });
  } catch {
    return { frontmatter: {}, content: text };
  }
}

/** What of a page that nobody trusts would run: there is nothing. */
function scriptsIn(html: string): string[] {
  const found: string[] = [];
  visit(fromHtml(html, { fragment: true }), 'element', ({ tagName, properties }: Element) => {
    if (/^(?:script|iframe|object|embed|base|meta)$/.test(tagName)) found.push(`<${tagName}>`);
    for (const [name, value] of Object.entries(properties))
      if (/^on|^srcdoc$/i.test(name) || (name !== 'alt' && name !== 'title' && runsSomething(String(value))))
        found.push(`<${tagName} ${name}=${String(value).slice(0, 100)}>`);
  });
  return found;
}

type Data = Record<string, unknown>;

interface Site {
  /** All that is in it. */
  text: string;
  /** Elements and attributes that would run something. */
  scripts: string[];
}
