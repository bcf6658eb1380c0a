import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { PlumblineOptions } from '../../plugins/starlight/index.ts';
import { pageMarkdown } from '../../plugins/starlight/trust/page-markdown.ts';
import { buildPackage } from '../package/build.ts';

/** A copy of the reference platform alone, without a `node_modules`: what `check` reads. */
export function platformCopy(project: string, folder: string): string {
  for (const part of ['IT', 'K8s', 'ci', 'docs', 'plumbline.yaml']) copy(project, folder, part);
  return folder;
}

/** Puts the package as it is published where all sites below a folder find it. */
export async function installPackage(project: string, folder: string): Promise<void> {
  await buildPackage(project, join(folder, 'node_modules', name));
}

/** The command of that package. */
export function installedProgram(folder: string): string {
  return join(folder, 'node_modules', name, 'scripts/plumbline.js');
}

/** The same pages in a Starlight site that knows nothing of us: directives are text, D2 fences code. */
export function plainSite(project: string, folder: string): string {
  return starlightSite(project, folder, plainCode());
}

/** What makes a Starlight site that knows nothing of us, with imports and integrations if given. */
export function plainCode(imports: string[] = [], integrations: string[] = []): SiteCode {
  const all = ["starlight({ title: 'Bench' })", ...integrations].join(', ');
  return {
    config: [
      "import starlight from '@astrojs/starlight';",
      "import { defineConfig } from 'astro/config';",
      ...imports,
      `export default defineConfig({ integrations: [${all}] });`,
    ],
    loader: "import { docsLoader as loader } from '@astrojs/starlight/loaders';",
  };
}

/**
 * Gives a site that knows nothing of us the pages that another has beyond its own, as an author would have
 * written them: their text and tables as Markdown.
 */
export function addPagesOf(built: string, plain: string): void {
  const docs = join(plain, 'src/content/docs');
  const dist = join(built, 'dist');
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const slug = file.replaceAll('\\', '/').replace(/\/?index\.html$/, '');
    if (!file.endsWith('.html') || file === '404.html') continue;
    const own = [`${slug || 'index'}.md`, `${slug || 'index'}.mdx`, `${slug}/index.md`];
    if (own.some((path) => existsSync(join(docs, path)))) continue;
    const page = pageMarkdown(readFileSync(join(dist, file), 'utf8'));
    if (page === null) continue;
    const path = join(docs, `${slug || 'index'}.md`);
    mkdirSync(dirname(path), { recursive: true });
    const text = page.markdown.replace(/^# .*\n/m, '');
    writeFileSync(
      path,
      `---\ntitle: ${JSON.stringify(page.title)}\nslug: ${JSON.stringify(slug)}\n---\n\n${text}`,
    );
  }
}

/**
 * The same pages with the plugin: what is made of each (its checks, its live pieces, its Markdown) and of the
 * site (the index of its search, its facts) counts; pages that are generated where the options say so.
 */
export function pluggedSite(project: string, folder: string, options?: PlumblineOptions): string {
  platformCopy(project, folder);
  return starlightSite(project, folder, pluggedCode(options));
}

/** What makes a Starlight site with the plugin, as the package that is installed above it. */
export function pluggedCode(options: PlumblineOptions = { resources: false, status: false }): SiteCode {
  return {
    config: [
      "import starlight from '@astrojs/starlight';",
      "import { defineConfig } from 'astro/config';",
      `import { plumbline } from ${JSON.stringify(name)};`,
      `const plugins = [plumbline(${JSON.stringify(options)})];`,
      "export default defineConfig({ integrations: [starlight({ title: 'Bench', plugins })] });",
    ],
    loader: `import { plumblineLoader as loader } from ${JSON.stringify(`${name}/loader`)};`,
  };
}

const name = 'starlight-plumbline';

/** Makes a generated platform a site of its pages, with the plugin or without. */
export function generatedSite(project: string, folder: string, plugged: boolean): string {
  mkdirSync(join(folder, 'src/content'), { recursive: true });
  symlinkSync('../../docs', join(folder, 'src/content/docs'), 'junction');
  return writeSite(project, folder, plugged ? pluggedCode() : plainCode());
}

function starlightSite(project: string, folder: string, code: SiteCode): string {
  mkdirSync(join(folder, 'src/content'), { recursive: true });
  const docs = join(folder, 'src/content/docs');
  cpSync(join(project, 'docs'), docs, { recursive: true });
  for (const name of readdirSync(docs, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.md')) continue;
    const text = readFileSync(join(docs, name), 'utf8');
    writeFileSync(join(docs, name), text.replaceAll(generatedLink, '](/)'));
  }
  // In the checkout's caches Git ignores what a page may name.
  execFileSync('git', ['init', '--quiet', folder]);
  return writeSite(project, folder, code);
}

/** A link to a page that a site without generated pages does not have. */
const generatedLink = /\]\(\/(?:rules|resources|status|views|expressions)\/[^)]*\)/g;

/** Makes a folder whose pages are there already a site. */
export function writeSite(project: string, folder: string, { config, loader }: SiteCode): string {
  // Astro reads from it which packages it has to build along.
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const packages = { ...dependencies, ...devDependencies, [name]: '0.0.0' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', dependencies: packages }));
  writeFileSync(join(folder, 'astro.config.mjs'), `${config.join('\n')}\n`);
  const content = [
    loader,
    "import { docsSchema } from '@astrojs/starlight/schema';",
    "import { defineCollection } from 'astro:content';",
    'export const collections = { docs: defineCollection({ loader: loader(), schema: docsSchema() }) };',
  ];
  writeFileSync(join(folder, 'src/content.config.ts'), `${content.join('\n')}\n`);
  ownCaches(folder);
  return folder;
}

/** What a build of such a site runs with: we keep what we keep where Astro and Vite do. */
export function siteEnvironment(folder: string): Record<string, string> {
  return { PLUMBLINE_CACHE: join(folder, 'node_modules/.cache/plumbline') };
}

/**
 * Packages are found in the checkout, under which the copy must lie; Astro and Vite keep caches in its own
 * `node_modules`.
 */
function ownCaches(folder: string): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
}

function copy(project: string, folder: string, part: string): void {
  // The pages are reached by a relative link, which must stay one.
  cpSync(join(project, part), join(folder, part), { recursive: true, verbatimSymlinks: true });
}

/** A site of one page beside a repository that lies elsewhere, with a page for each of its resources. */
export function siteBeside(project: string, folder: string, root: string): string {
  mkdirSync(join(folder, 'src/content/docs'), { recursive: true });
  const page = '---\ntitle: Home\n---\n\n[All resources](/resources/), [what is verified](/status/).\n';
  writeFileSync(join(folder, 'src/content/docs/index.md'), page);
  return writeSite(project, folder, pluggedCode({ root, errors: 'warn' }));
}

/** How many pages a built site has. */
export function builtPages(folder: string): number {
  return readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  ).length;
}

/**
 * A built site divided by its resources, in bytes: their pages; and all that is neither font nor search, what
 * it has whatever resources there are too.
 */
export function bytesPerResource(folder: string): { page: number; site: number } {
  const { resources, page, markdown, lists } = siteBytes(folder);
  const number = Math.max(resources, 1);
  return { page: Math.round(page / number), site: Math.round((page + markdown + lists) / number) };
}

/**
 * What resources add to a built site, each of them, in bytes: all that it has more than the same site without
 * their pages, with its search and with the links to them on other pages.
 */
export function bytesThatResourcesAdd(site: string, without: string): number {
  const [all, others] = [siteBytes(site), siteBytes(without)];
  return Math.round((totalOf(all) - totalOf(others)) / Math.max(all.resources, 1));
}

function totalOf({ page, markdown, lists, search }: SiteBytes): number {
  return page + markdown + lists + search;
}

/**
 * What one more resource adds to a built site, in bytes: what two sites that are made alike differ by, for
 * each resource that one has more. What a site has once, however large its repository, is no part of that.
 */
export function bytesOfOneMore(small: string, large: string): Omit<SiteBytes, 'resources'> {
  const [less, more] = [siteBytes(small), siteBytes(large)];
  const each = (name: keyof SiteBytes) =>
    Math.round((more[name] - less[name]) / Math.max(more.resources - less.resources, 1));
  return { page: each('page'), markdown: each('markdown'), lists: each('lists'), search: each('search') };
}

function siteBytes(folder: string): SiteBytes {
  const dist = join(folder, 'dist');
  const bytes: SiteBytes = { resources: 0, page: 0, markdown: 0, lists: 0, search: 0 };
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(dist.length);
    const { size } = statSync(file);
    const of = partOf(path);
    if (of === 'page') bytes.resources++;
    if (of !== null) bytes[of] += size;
  }
  return bytes;
}

/** Which part of a site a file is of; null of a font. */
function partOf(path: string): Exclude<keyof SiteBytes, 'resources'> | null {
  if (path.endsWith('.woff2')) return null;
  if (/^\/(?:pagefind\/|plumbline\/search\.json$)/.test(path)) return 'search';
  // Below a kind: what is above are lists of them.
  if (!/^\/resources\/(?!namespaces\/|files\/)[^/]+\/./.test(path)) return 'lists';
  if (/\/rows\/[^/]+\/\d+\//.test(path)) return 'lists';
  if (path.endsWith('.md')) return 'markdown';
  return path.endsWith('.html') && path.split('/').length > 4 ? 'page' : 'lists';
}

/** In bytes but for the first. */
interface SiteBytes {
  resources: number;
  /** HTML of their pages. */
  page: number;
  /** The same as Markdown. */
  markdown: number;
  /** All that is neither these nor the search: lists of them, and what a site has once. */
  lists: number;
  search: number;
}

export interface SiteCode {
  /** Lines of astro.config.mjs. */
  config: string[];
  /** The import that brings `loader`. */
  loader: string;
}
