import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMarkdownProcessor } from '@astrojs/markdown-remark';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import type { Engine, PageReport } from '../../plugins/engine/index.ts';
import { remarkDirectivePlaces } from '../../plugins/markdown/directive-places.ts';
import { type PageLinks, remarkPlumbline } from '../../plugins/remark/index.ts';

/**
 * A page as the site makes it: Astro's own Markdown processor, or MDX, with our plugin behind the directives.
 */
export async function htmlOf(engine: Engine, path: string): Promise<{ html: string; pages: PageReport[] }> {
  const pages: PageReport[] = [];
  const onPage = (page: PageReport) => pages.push(page);
  const plugin = [remarkPlumbline, { engine, links, onPage }] as [
    typeof remarkPlumbline,
    Parameters<typeof remarkPlumbline>[0],
  ];
  const text = readFileSync(path, 'utf8');
  if (extname(path) === '.mdx') return { html: await mdxToHtml(text, path, plugin), pages };
  const processor = await createMarkdownProcessor({
    remarkPlugins: [remarkDirective, remarkDirectivePlaces, plugin],
    syntaxHighlight: false,
  });
  // Astro hands over the body alone.
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, '').trimStart();
  const { code } = await processor.render(body, { fileURL: pathToFileURL(path) });
  return { html: code, pages };
}

const links: PageLinks = {
  resource: (resource) => `/resources/${resource.kind.toLowerCase()}-${resource.name}/`,
  page: (slug) => `/docs/${slug}/`,
  place: ({ file, line }) => `https://git.example.com/${file}#L${line}`,
};

async function mdxToHtml(
  text: string,
  path: string,
  plugin: [typeof remarkPlumbline, Parameters<typeof remarkPlumbline>[0]],
): Promise<string> {
  const { evaluate } = await import('@mdx-js/mdx');
  const { VFile } = await import('vfile');
  const { default: Content } = await evaluate(new VFile({ value: text, path }), {
    Fragment: ({ children }: Props) => children,
    jsx: element,
    jsxs: element,
    elementAttributeNameCase: 'html',
    stylePropertyNameCase: 'css',
    remarkPlugins: [remarkGfm, remarkDirective, remarkDirectivePlaces, plugin],
  } as unknown as Parameters<typeof evaluate>[1]);
  return String((Content as unknown as (props: Props) => unknown)({}));
}

function element(type: string | ((props: Props) => unknown), props: Props): unknown {
  const { children = [], ...attributes } = props;
  const inside = Array.isArray(children) ? children.join('') : String(children);
  if (typeof type === 'function') return type({ ...attributes, children: inside });
  const written = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${typeof value === 'string' ? value : JSON.stringify(value)}"`,
  );
  return `<${type}${written.join('')}>${inside}</${type}>`;
}

interface Props {
  children?: unknown;
  [name: string]: unknown;
}
