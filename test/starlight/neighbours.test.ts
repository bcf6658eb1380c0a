import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { install, packed, repository } from '../package/installed.ts';
import { deadLinks } from './crawl.ts';
import { buildInTurn } from './site.ts';

/**
 * Sites as others have them: the packed package, a configuration in TypeScript, plugins beside it that
 * ship TypeScript, pages in .md and .mdx, two languages, and each of Astro's Markdown processors.
 */
const processors = ['satteri', 'unified'] as const;
const sites = new Map<string, string>();
beforeAll(async () => {
  const { tarball } = await packed();
  for (const processor of processors) sites.set(processor, siteWith(processor, tarball));
});
afterAll(() => {
  for (const root of sites.values()) rmSync(root, { recursive: true, force: true });
});

describe('beside plugins that ship TypeScript', { timeout: 240_000 }, () => {
  test.each(processors)('a site on %s builds, and has no dead link', async (processor) => {
    const root = sites.get(processor) ?? '';
    const { code, output } = await buildInTurn(root);
    expect(output).not.toContain('Vite module runner has been closed');
    expect(code, output).toBe(0);
    expect(deadLinks(join(root, 'dist'), '/store/')).toEqual([]);
    const html = readFileSync(join(root, 'dist/guide/pieces/index.html'), 'utf8');
    expect(html).toMatch(/class="pl-fact"/);
    expect(html).toMatch(/<figure class="pl-diagram[\s\S]*<svg/);
    expect(html).toMatch(/starlight-aside--note/);
    expect(html).toMatch(/sl-anchor-link/);
    expect(html).toContain('At 12:30 a:b');
    expect(html).not.toContain(':fact');
    expect(readFileSync(join(root, 'dist/llms-full.txt'), 'utf8')).toContain('Pieces');
  });

  test.each(['guide/pieces', 'guide/same', 'index', 'de'])('%s is the same page on both', (page) => {
    const file = page === 'index' ? 'dist/index.html' : `dist/${page}/index.html`;
    const [first, second] = processors.map((processor) => shown(join(sites.get(processor) ?? '', file)));
    expect(first?.length).toBeGreaterThan(20);
    expect(first).toEqual(second);
  });
});

function siteWith(processor: (typeof processors)[number], tarball: string): string {
  const parent = join(repository, '.cache/sites');
  mkdirSync(parent, { recursive: true });
  const root = mkdtempSync(join(parent, `${processor}-`));
  const fixture = join(repository, 'test/fixtures/site-store');
  for (const part of ['K8s', 'IT']) cpSync(join(fixture, part), join(root, part), { recursive: true });
  const beside = [
    'astro',
    '@astrojs/starlight',
    'starlight-image-zoom',
    'starlight-links-validator',
    'starlight-llms-txt',
    ...(processor === 'unified' ? ['@astrojs/markdown-remark'] : []),
  ];
  install(tarball, root, beside);
  // Astro looks there for the packages that it has to compile.
  const dependencies = Object.fromEntries(['starlight-plumbline', ...beside].map((name) => [name, '*']));
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ type: 'module', dependencies }),
    'plumbline.yaml': 'docs: src/content/docs\n',
    'astro.config.ts': configuration(processor === 'unified'),
    'src/content.config.ts': collections,
    'public/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'src/content/docs/index.md':
      '---\ntitle: Store\n---\n\nSee [the pieces](guide/pieces.md) and [the same](/store/guide/same/).\n',
    'src/content/docs/de/index.md':
      '---\ntitle: Laden\n---\n\nEs gibt :fact[1]{count="kind == \'Deployment\'"} Deployment.\n',
    'src/content/docs/guide/pieces.md': pieces('<!-- a comment -->'),
    'src/content/docs/guide/same.mdx': pieces('{/* a comment, and 1 + 1: */}{1 + 1}'),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function configuration(isUnified: boolean): string {
  return `${isUnified ? "import { unified } from '@astrojs/markdown-remark';\n" : ''}import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import imageZoom from 'starlight-image-zoom';
import linksValidator from 'starlight-links-validator';
import llmsTxt from 'starlight-llms-txt';
import { plumbline, type PlumblineOptions } from 'starlight-plumbline';

const options: PlumblineOptions = { root: '.' };
export default defineConfig({
  site: 'https://store.example.com',
  base: '/store',
  devToolbar: { enabled: false },
  ${isUnified ? 'markdown: { processor: unified() },' : ''}
  integrations: [
    starlight({
      title: 'Store',
      pagefind: false,
      locales: { root: { label: 'English', lang: 'en' }, de: { label: 'Deutsch' } },
      sidebar: [{ label: 'Guide', items: [{ autogenerate: { directory: 'guide' } }] }],
      plugins: [plumbline(options), imageZoom(), linksValidator(), llmsTxt()],
    }),
  ],
});
`;
}

const collections = `import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { plumblineLoader } from 'starlight-plumbline/loader';

export const collections = { docs: defineCollection({ loader: plumblineLoader(), schema: docsSchema() }) };
`;

/** Every kind of statement that a page may hold, at the places where Markdown has them. */
function pieces(comment: string): string {
  return `---
title: Pieces
---

:::note[A *title* with \`code\`]
The store has :fact[1]{count="kind == 'Deployment'"} deployment, "quoted", \`Deployment/store/web\`.
:::

## A heading with :fact[1]{count="kind == 'Deployment'"}

:::claim{of="kind == 'Deployment'" all="wave == 0"}
Deployments come **first**, as [the heading](#a-heading-with-1) says.
:::

- An item

  > with :fact[1]{count="kind == 'Deployment'"} in a quote

  \`\`\`d2
  a: Web {link: "gitops:Deployment/store/web"}
  \`\`\`

| a | b |
| - | - |
| :fact[1]{count="kind == 'Deployment'"} | x[^n] |

::table{view="resources" where="kind == 'Service'"}

At 12:30 a:b \`x:y\` and :unknown[thing]{a=b} remain.

${comment}

[^n]: A note with \`Service/store/web\`.
`;
}

/** What a page holds, without scripts and styles. */
function shown(file: string): string[] {
  const found: string[] = [];
  const walk = (node: Nodes): void => {
    if (node.type === 'element' && /^(script|style|link|meta|head)$/.test(node.tagName)) return;
    if (node.type === 'element') {
      const properties = Object.entries(node.properties).filter(
        // Sätteri writes `:xmlns` where another plugin hands an SVG on.
        ([name]) => !/^(dataAstro|:?xmlns$)/.test(name),
      );
      found.push(
        `<${node.tagName} ${properties
          .map(([name, value]) => `${name}=${value}`)
          .sort()
          .join(' ')}>`,
      );
    }
    if (node.type === 'text' && node.value.trim() !== '')
      found.push(node.value.replaceAll(/\s+/g, ' ').trim());
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(fromHtml(readFileSync(file, 'utf8')));
  return found;
}
