import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isTurn } from '../fuzz.ts';
import { install, installLinked, packed, repository } from '../package/installed.ts';
import { tree } from '../source/tree.ts';
import { englishLabels } from '../words/english.ts';
import { deadLinks } from './crawl.ts';
import { buildInTurn } from './site.ts';

/**
 * Sites as others have them: the packed package, a configuration in TypeScript, plugins beside it that
 * ship TypeScript, pages in .md and .mdx, two languages, and each of Astro's Markdown processors; one as npm
 * installs it, one as pnpm does. The other sites of the tests are on unified, so this one is on
 * satteri; the same on unified, and what both make of a page, every sixth day.
 */
// By turns, each every third day: sites beside other plugins, the whole site of a repository, and pages of
// others in a browser (`browser/diagrams`).
const isBeside = isTurn(1, 3);
const isWholeSite = isTurn(2, 3);
const second = isTurn(1, 6) ? (['unified'] as const) : [];
const processors = ['satteri', ...second] as const;
console.log(
  [
    ...(isBeside ? [`a site beside other plugins, on ${processors.join(' and ')}`] : []),
    ...(isWholeSite ? ['the whole site of a repository by the package'] : []),
  ].join(', ') || 'no site of the package today',
);
/** How the one and the other write addresses, which has nothing to do with the processor. */
const addresses = {
  satteri: {
    options: "trailingSlash: 'never',\n  build: { format: 'file' },",
    file: (slug: string) => (slug === '' ? 'index.html' : `${slug}.html`),
    page: (slug: string) => `/store/${slug}.html`,
    isRight: (link: string) => link === '/store/' || /\.\w+(?:#.*)?$/.test(link),
  },
  unified: {
    options: "trailingSlash: 'always',",
    file: (slug: string) => join(slug, 'index.html'),
    page: (slug: string) => `/store/${slug}/`,
    isRight: (link: string) => /(?:\/|\.(?!html)\w+)(?:#.*)?$/.test(link),
  },
};
const sites = new Map<string, string>();
beforeAll(async () => {
  if (!isBeside && !isWholeSite) return;
  const { tarball } = await packed();
  const first = siteWith('satteri');
  install(tarball, first, beside);
  sites.set('satteri', first);
  for (const processor of isBeside ? second : []) {
    const linked = siteWith(processor);
    installLinked(first, linked, [...beside, '@astrojs/markdown-remark']);
    sites.set(processor, linked);
  }
});
afterAll(() => {
  for (const root of sites.values()) rmSync(root, { recursive: true, force: true });
});

describe.runIf(isBeside)('beside plugins that ship TypeScript', { timeout: 240_000 }, () => {
  test.each(processors)('a site on %s builds, and has no dead link', async (processor) => {
    const root = sites.get(processor) ?? '';
    const { code, output } = await buildInTurn(root);
    expect(output).not.toContain('Vite module runner has been closed');
    expect(code, output).toBe(0);
    expect(deadLinks(join(root, 'dist'), '/store/')).toEqual([]);
    const html = read(processor, 'guide/pieces');
    expect(html).toMatch(/class="pl-fact"/);
    expect(html).toMatch(/<figure class="pl-diagram[\s\S]*<svg/);
    expect(html).toMatch(/starlight-aside--note/);
    expect(html).toMatch(/sl-anchor-link/);
    expect(html).toMatch(/<pre class="mermaid"[^>]*>\s*flowchart/);
    expect(html).toContain('At 12:30 a:b');
    expect(html).not.toContain(':fact');
    // Pages that another plugin adds are in the sidebar, and ours as they are without it.
    expect(html).toMatch(/href="\/store\/api\/operations\/buy(?:\.html|\/)"/);
    const text = readFileSync(join(root, 'dist/llms-full.txt'), 'utf8');
    expect(text).toContain('Pieces');
    expect(text).not.toContain('pl-');
  });

  test.each(processors)('every address on %s is written as its site wants it', (processor) => {
    const { page, isRight } = addresses[processor];
    const dist = join(sites.get(processor) ?? '', 'dist');
    const links = ['guide/pieces', 'guide/same', 'resources', 'resources/deployment/store/web'].flatMap(
      (slug) => linksIn(read(processor, slug)).map((link) => `${slug} ${link}`),
    );
    expect(links.filter((link) => link.includes('/store/resources/')).length).toBeGreaterThan(10);
    expect(links.filter((link) => !isRight(link.slice(link.indexOf(' ') + 1)))).toEqual([]);
    const html = read(processor, 'resources/deployment/store/web');
    const own = `https://store.example.com${page('resources/deployment/store/web')}`;
    // A page of a resource has no quotes where it needs none.
    expect(html.replaceAll('"', '')).toContain(`<link rel=canonical href=${own}`);
    // What a reader of Markdown gets leads to the same pages.
    expect(readFileSync(join(dist, 'llms-full.txt'), 'utf8')).toContain(
      page('resources/deployment/store/web'),
    );
  });

  test.each(processors)('a site on %s has its own components in the place of ours', (processor) => {
    const owned = (slug: string) =>
      [...read(processor, slug).matchAll(/data-own="?(\w+)"?(?: data-of="?([^">]*)"?)?/g)].map(
        ([, name, of]) => `${name} ${of ?? ''}`,
      );
    expect(owned('guide/pieces')).toEqual(expect.arrayContaining(['Head ', 'Mark ', 'Table resources']));
    expect(owned('guide/pieces').filter((one) => one.startsWith('Diagram'))).not.toEqual([]);
    expect(owned('resources/service/store/web')).toEqual(['Head web', 'Mark ', 'Kind web']);
    expect(owned('resources/deployment/store/web')).toEqual(['Head web', 'Mark ']);
    expect(owned('guide/ways')).toContain('Home ');
    // What they replace is in them whole.
    expect(read(processor, 'resources/service/store/web')).toMatch(
      /data-own="?Head"?[^>]*>[\s\S]*<h1[\s\S]*data-own="?Kind"?[^>]*>[\s\S]*data-copy=/,
    );
    for (const [slug, own] of [
      ['guide/pieces', /data-own="?Table"?[^>]*>\s*<figure class="pl-table/],
      ['guide/pieces', /data-own="?Mark"?[^>]*>\s*<details class="pl-trust"/],
      ['guide/ways', /data-own="?Home"?[^>]*>\s*<div class="pl-home /],
    ] as const)
      expect(read(processor, slug)).toMatch(own);
    const lost = readFileSync(join(sites.get(processor) ?? '', 'dist/404.html'), 'utf8');
    expect(lost).toMatch(/data-own="?Lost"?[^>]*>\s*<nav class="pl-lost /);
  });

  test('a page in German says nothing of ours in English, and what the site has in place of our words', () => {
    const html = read('satteri', 'de/guide/pieces');
    // The sidebar has labels of another plugin.
    expect(englishLabels(html.slice(html.indexOf('<main')))).toEqual([]);
    expect(englishLabels(read('satteri', 'guide/pieces')).length).toBeGreaterThan(10);
    expect(html).toMatch(/<summary>Diagramm in Worten<[\s\S]*<span class="pl-count">1 Zeile</);
    expect(html).toContain('title="Geprüft: alle von 1 Ressource');
    const shared = [...html.matchAll(/src="[^"]*\/(_astro\/shared\.[^"]*\.js)"/g)].map(([, file = '']) =>
      readFileSync(join(sites.get('satteri') ?? '', 'dist', file), 'utf8'),
    );
    expect([html, ...shared].join('\n')).toMatch(/\{"language":"de".*"script.filter":"Zeilen filtern"/);
    expect(html).toMatch(/Bestätigt (?:bei Commit|durch die Manifeste)[\s\S]*1 Aussage/);
  });

  test.each(['guide/pieces', 'guide/same', '', 'de', 'de/guide/pieces'])(
    '"%s" is the same page on both',
    (page) => {
      const [first, ...others] = processors.map((processor) => shown(read(processor, page)));
      expect(first?.length).toBeGreaterThan(20);
      for (const other of others) expect(other).toEqual(first);
    },
  );
});

describe.runIf(isWholeSite)('a whole site of a repository, made by the package', { timeout: 240_000 }, () => {
  const root = tree(repositoryFiles());
  const before = digestOfTree(root);
  const out = join(tree({}), 'site');
  const html = (page: string) => readFileSync(join(out, page, 'index.html'), 'utf8');
  beforeAll(async () => {
    const module = join(
      sites.get('satteri') ?? '',
      'node_modules/starlight-plumbline/chunks/node/make-site.js',
    );
    const { code, output } = await buildInTurn(root, { whole: { module, out } });
    expect(code, output).toBe(0);
  });

  test('has no dead link, and neither wrote to the repository nor ran anything of it', () => {
    expect(deadLinks(out, '/')).toEqual([]);
    expect(digestOfTree(root)).toBe(before);
    expect(existsSync('/tmp/plumbline-planted')).toBe(false);
  });

  test('has a page for all that there is, and none for what there is not', () => {
    const home = html('');
    expect(home).toMatch(/Flux applies \d+ Kustomizations/);
    for (const [slug, isThere] of Object.entries({
      kustomizations: true,
      'helm-releases': true,
      status: true,
      folders: true,
      applications: false,
      events: false,
    }))
      expect(existsSync(join(out, slug)), slug).toBe(isThere);
    expect(html('kustomizations')).toMatch(
      /<figure class="pl-diagram[\s\S]*<svg[\s\S]*<figure class="pl-table/,
    );
    expect(html('status')).toContain('link-broken');
    expect(home).toContain('forgotten');
    // A card says what deploys its stack here, and nothing of what does not.
    const card = /<li class="pl-card">(?:(?!<\/li><li class="pl-card").)*?Kustomizations<\/span>/s.exec(
      home,
    )?.[0];
    expect(card).toBeDefined();
    expect(home).not.toContain('<span class="pl-muted">Applications</span>');
  });

  test('folds in Markdown that was written for a Git host', () => {
    const readme = html('pages/readme');
    expect(readme).toMatch(/<h1 id="_top"[^>]*>Shop of example<\/h1>/);
    expect(readme).toContain('href="/pages/docs/broken/"');
    expect(readme).toContain('href="/pages/apps/#how"');
    expect(readme).toMatch(/<img[^>]*src="\/_pictures\/[\da-f]{16}\.png"/);
    expect(readme).toMatch(/<p align="center"><a href="\/pages\/docs\/broken\/"><img src="\/_pictures/);
    expect(readme).toMatch(
      /<aside class="starlight-aside starlight-aside--tip" aria-label="Tip">[\s\S]*Begin here/,
    );
    // There is nowhere to read a file that is no page.
    expect(readme).toMatch(/the licence, and nowhere/);
    expect(readme).not.toMatch(/planted\(\)|LICENSE"/);
    expect(html('pages/docs/broken')).toMatch(/<h1 id="_top"[^>]*>Broken<\/h1>[\s\S]*It is a page/);
    expect(html('pages/docs/mdx')).toContain('{1 + 1}');
  });
});

/** The platform of a fixture with pages that nobody wrote for Plumbline, and traps for whoever runs files. */
function repositoryFiles(): Record<string, string | Buffer> {
  const trap = `import { writeFileSync } from 'node:fs';\nwriteFileSync('/tmp/plumbline-planted', 'x');\nexport default {};\n`;
  const shop = join(repository, 'test/fixtures/flux-shop');
  const manifests = readdirSync(shop, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(shop, file)).isFile() && !/\.mdx?$|^plumbline\.yaml$/.test(file))
    .map((file) => [file, readFileSync(join(shop, file))] as const);
  return {
    ...Object.fromEntries(manifests),
    'README.md': `# Shop of example

<p align="center"><a href="docs/broken.md"><img src="docs/one.png" onerror="planted()" alt="One"></a></p>

See [the docs](/docs/broken.md), [how](apps#how), [the licence](LICENSE), and [nowhere](gone.md).

> [!TIP]
> Begin here.

<pre></pre>

\`\`\`sh
\`\`\`

<pre><code></code></pre>

![One][one]

[one]: ./docs/one.png
`,
    LICENSE: 'none',
    'apps/README.md': '# Applications\n\n## How\n\nBack to [the top](../README.md#shop-of-example).\n',
    'docs/broken.md': '---\ntitle: [Broken\n---\n\n# Broken\n\nIt is a page.\n',
    'docs/mdx.mdx': 'import { planted } from "../planted.mjs";\n\n# In MDX\n\n{1 + 1}\n',
    'docs/one.png': Buffer.from(onePixel, 'base64'),
    'forgotten/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 0.1.0\n',
    'forgotten/chart/templates/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map\n',
    'postcss.config.mjs': trap,
    'vite.config.ts': trap,
    'astro.config.mjs': trap,
    'src/content.config.ts': trap,
    'planted.mjs': trap,
    'tsconfig.json': '{ "extends": "./none.json" }',
    'package.json': '{ "name": ',
    '.env': 'BASE_URL=/planted/\n',
  };
}

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

/** Of the names and the bytes of all files. */
function digestOfTree(root: string): string {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`);
    if (statSync(join(root, file)).isFile()) hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

const beside = [
  'astro',
  'astro-mermaid',
  '@astrojs/starlight',
  'starlight-image-zoom',
  'starlight-links-validator',
  'starlight-llms-txt',
  'starlight-openapi',
];

/** A built page by its slug. */
function read(processor: Processor, slug: string): string {
  return readFileSync(join(sites.get(processor) ?? '', 'dist', addresses[processor].file(slug)), 'utf8');
}

/** Addresses under the base that a page links to. */
function linksIn(html: string): string[] {
  const links: string[] = [];
  visit(fromHtml(html), 'element', ({ tagName, properties }) => {
    const link = String(properties.href ?? '');
    if (tagName === 'a' && /^\/|^\.|^\w[^:]*$/.test(link)) links.push(link);
  });
  return links;
}

function siteWith(processor: Processor): string {
  const parent = join(repository, '.cache/sites');
  mkdirSync(parent, { recursive: true });
  const root = mkdtempSync(join(parent, `${processor}-`));
  const fixture = join(repository, 'test/fixtures/site-store');
  for (const part of ['K8s', 'IT']) cpSync(join(fixture, part), join(root, part), { recursive: true });
  // Astro looks there for the packages that it has to compile.
  const dependencies = Object.fromEntries(['starlight-plumbline', ...beside].map((name) => [name, '*']));
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ type: 'module', dependencies }),
    'plumbline.yaml': 'docs: src/content/docs\n',
    'astro.config.ts': configuration(processor),
    'src/content.config.ts': collections,
    'api.json': JSON.stringify(api),
    // What it draws with is a matter of the browser, and large.
    'node_modules/mermaid/package.json': JSON.stringify({ type: 'module', exports: './index.js' }),
    'node_modules/mermaid/index.js': 'export default { initialize() {}, registerIconPacks() {} };\n',
    'public/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'src/content/docs/index.md': `---\ntitle: Store\n---\n\nSee [the pieces](guide/pieces.md) and [the same](${addresses[processor].page('guide/same')}).\n`,
    'src/content/docs/de/index.md':
      '---\ntitle: Laden\n---\n\nEs gibt :fact[1]{count="kind == \'Deployment\'"} Deployment.\n',
    'src/content/docs/de/guide/pieces.md': pieces('<!-- ein Kommentar -->'),
    'src/content/i18n/de.json': JSON.stringify({ 'plumbline.figure.asTable': 'Diagramm in Worten' }),
    'src/content/docs/guide/pieces.md': pieces('<!-- a comment -->'),
    ...Object.fromEntries(
      ownComponents.map((name) => [
        `src/components/${name}.astro`,
        `<div data-own="${name}" data-of={Astro.props.view ?? Astro.props.name}><slot /></div>\n`,
      ]),
    ),
    'src/content/docs/guide/ways.mdx': `---
title: Ways in
---

import { Home } from 'virtual:plumbline/components';

<Home />
`,
    'src/content/docs/guide/same.mdx': pieces('{/* a comment, and 1 + 1: */}{1 + 1}'),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const ownComponents = ['Table', 'Diagram', 'Head', 'Kind', 'Mark', 'Home', 'Lost'];

function configuration(processor: Processor): string {
  const isUnified = processor === 'unified';
  return `${isUnified ? "import { unified } from '@astrojs/markdown-remark';\n" : ''}import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import mermaid from 'astro-mermaid';
import imageZoom from 'starlight-image-zoom';
import linksValidator from 'starlight-links-validator';
import llmsTxt from 'starlight-llms-txt';
import openapi, { openAPISidebarGroups } from 'starlight-openapi';
import { plumbline, type PlumblineOptions } from 'starlight-plumbline';

const own = (name: string) => \`./src/components/\${name}.astro\`;
const options: PlumblineOptions = {
  root: '.',
  components: {
    ...Object.fromEntries(['Table', 'Diagram', 'Head', 'Mark', 'Home', 'Lost'].map((name) => [name, own(name)])),
    kinds: { Service: own('Kind') },
  },
};
export default defineConfig({
  site: 'https://store.example.com',
  base: '/store',
  ${addresses[processor].options}
  devToolbar: { enabled: false },
  ${isUnified ? 'markdown: { processor: unified() },' : ''}
  integrations: [
    ${isUnified ? 'mermaid({ enableLog: false }),' : ''}
    starlight({
      title: 'Store',
      pagefind: false,
      locales: { root: { label: 'English', lang: 'en' }, de: { label: 'Deutsch' } },
      sidebar: [{ label: 'Guide', items: [{ autogenerate: { directory: 'guide' } }] }, ...openAPISidebarGroups],
      plugins: [
        plumbline(options),
        imageZoom(),
        linksValidator(),
        llmsTxt(),
        openapi([{ base: 'api', schema: './api.json' }]),
      ],
    }),
    ${isUnified ? '' : 'mermaid({ enableLog: false }),'}
  ],
});
`;
}

const api = {
  openapi: '3.1.0',
  info: { title: 'Store', version: '1' },
  paths: { '/buy': { get: { operationId: 'buy', responses: { 200: { description: 'Bought' } } } } },
};

const collections = `import { i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { plumblineLoader } from 'starlight-plumbline/loader';

export const collections = {
  docs: defineCollection({ loader: plumblineLoader(), schema: docsSchema() }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
};
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

\`\`\`mermaid
flowchart LR
  a --> b
\`\`\`

At 12:30 a:b \`x:y\` and :unknown[thing]{a=b} remain.

${comment}

[^n]: A note with \`Service/store/web\`.
`;
}

/** An address, whichever of both forms it has. */
function bare(value: string): string {
  // Drawings that pages share lie in a file that is called by what they are, which differs with the plugins.
  const drawn = value.replace(/shared\.[\w-]+\.svg#\d+$/, 'shared');
  return drawn.startsWith('/store') ? drawn.replace(/(?:\/|\.html)(?=#|$)/, '') : drawn;
}

/** One that enough pages of a site have lies in a file. */
function isIcon({ tagName, children }: Element): boolean {
  const isLine = (node: Nodes) => node.type === 'element' && /^(?:path|use)$/.test(node.tagName);
  return tagName === 'svg' && children.length > 0 && children.every(isLine);
}

/** What a page holds, without scripts, styles and icons. */
function shown(html: string): string[] {
  const found: string[] = [];
  const walk = (node: Nodes): void => {
    // The head of a page and its sidebar are Starlight's, and lead to the first page by another name.
    if (node.type === 'element' && /^(script|style|link|meta|head|header|nav)$/.test(node.tagName)) return;
    if (node.type === 'element' && isIcon(node)) return;
    if (node.type === 'element') {
      const properties = Object.entries(node.properties).filter(
        // Sätteri writes `:xmlns` where another plugin hands an SVG on, and Starlight a `dir` there.
        ([name]) => !/^(dataAstro|:?xmlns$|dir$)/.test(name),
      );
      found.push(
        `<${node.tagName} ${properties
          .map(([name, value]) => `${name}=${bare(String(value))}`)
          .sort()
          .join(' ')}>`,
      );
    }
    if (node.type === 'text' && node.value.trim() !== '')
      found.push(node.value.replaceAll(/\s+/g, ' ').trim());
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(fromHtml(html));
  return found;
}

type Processor = (typeof processors)[number];
