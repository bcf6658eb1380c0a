import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroInlineConfig } from 'astro';
import { moduleBeside, realOf, temporaryFolder } from '../../base/index.ts';
import { foreignComponents } from './foreign-components.ts';
import { findPeers } from './peers.ts';

/**
 * An Astro project of its own for a repository, in a temporary folder: nothing is written into what is read,
 * and nothing of it configures the build. No file is looked for above the project either: a folder for
 * temporary files is everybody's.
 * @throws where Astro or Starlight is missing.
 */
export async function makeProject(options: ProjectOptions): Promise<Project> {
  const peers = findPeers();
  const folder = temporaryFolder('site');
  const project = folder.path;
  for (const [name, path] of Object.entries(peers)) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(path, link, 'junction');
  }
  mkdirSync(join(project, 'src/content/docs'), { recursive: true });
  mkdirSync(join(project, 'public'));
  const loader = pathToFileURL(moduleBeside(import.meta.url, '../loader')).pathname;
  const files = {
    // Astro compiles the packages that are named here.
    'package.json': JSON.stringify({ type: 'module', private: true, dependencies: peers }),
    'tsconfig.json': '{}\n',
    'src/content.config.mjs': `import { defineCollection } from 'astro:content';
import { docsSchema } from '@astrojs/starlight/schema';
import { plumblineLoader } from ${JSON.stringify(decodeURIComponent(loader))};
export const collections = { docs: defineCollection({ loader: plumblineLoader(), schema: docsSchema() }) };
`,
    'public/favicon.svg': favicon,
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(project, path), text);
  try {
    return { path: project, config: await configOf(project, options), dispose: folder.dispose };
  } catch (error) {
    await folder.dispose();
    throw error;
  }
}

async function configOf(project: string, options: ProjectOptions): Promise<AstroInlineConfig> {
  // Loaded when they are known to be there.
  const [
    { default: starlight },
    { unified },
    { passthroughImageService },
    { starlightPlugin },
    { readOptions },
    { picturesFolder },
  ] = await Promise.all([
    import('@astrojs/starlight'),
    import('@astrojs/markdown-remark'),
    import('astro/config'),
    import('../site/make-plugin.ts'),
    import('../site/plugin-options.ts'),
    import('./host-links.ts'),
  ]);
  const root = realOf(options.root);
  return {
    root: project,
    configFile: false,
    logLevel: options.isQuiet ? 'error' : 'info',
    outDir: join(project, 'dist'),
    cacheDir: join(project, '.cache'),
    ...(options.base === undefined ? {} : { base: options.base }),
    ...(options.site === undefined ? {} : { site: options.site }),
    markdown: { processor: unified() },
    devToolbar: { enabled: false },
    // Pictures are copied as they are: nobody's bytes are decoded.
    image: { service: passthroughImageService() },
    integrations: [
      starlight({
        title: options.title,
        locales: { root: { label: options.language, lang: options.language } },
        favicon: '/favicon.svg',
        sidebar: [],
        customCss: [join(import.meta.dirname, '../styles/whole.css')],
        tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
        plugins: [
          starlightPlugin(() => ({
            ...readOptions({ root, untrusted: !options.isTrusted, errors: options.errors }),
            whole: { title: options.title, pictures: join(project, 'public', picturesFolder) },
          })),
        ],
      }),
    ],
    server: {
      ...(options.port === undefined ? {} : { port: options.port }),
      ...(options.host === undefined ? {} : { host: options.host }),
    },
    vite: {
      envDir: project,
      plugins: [foreignComponents()],
      cacheDir: join(project, '.cache/vite'),
      css: { postcss: { plugins: [] } },
      // Not the workspace that somebody's file above a folder for everybody might make of it.
      server: { fs: { strict: true, allow: [project] } },
    },
  };
}

/** The bob of a plumb line. */
const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M16 2v10" stroke="#8a6a2b" stroke-width="2"/><path d="M11 12h10v8l-5 10-5-10z" fill="#b98b2f"/></svg>
`;

export interface ProjectOptions {
  /** Of the repository; absolute. */
  root: string;
  title: string;
  /** BCP 47 tag of what the site says itself. */
  language: string;
  errors: 'fail' | 'warn';
  /** Whether the Markdown of the repository may run what it holds. */
  isTrusted: boolean;
  isQuiet: boolean;
  base?: string | undefined;
  /** Address that the site is published at. */
  site?: string | undefined;
  port?: number | undefined;
  host?: string | boolean | undefined;
}

export interface Project {
  path: string;
  config: AstroInlineConfig;
  dispose(): Promise<void>;
}
