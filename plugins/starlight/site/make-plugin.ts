import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StarlightPlugin, StarlightUserConfig } from '@astrojs/starlight/types';
import { moduleBeside, realOf, slashed } from '../../base/index.ts';
import type { RunOptions } from '../run/options.ts';
import { componentsModule, dressesThings } from './components.ts';
import { plumblineIntegration } from './integration.ts';
import { processorOf } from './markdown-processor.ts';
import { onErrors } from './on-errors.ts';
import { refuseOutdated } from './outdated.ts';
import type { readOptions } from './plugin-options.ts';
import { siteWords } from './site-words.ts';
import { rootSheet } from './styles.ts';
import { stylesId } from './virtual-modules.ts';

/**
 * The Starlight plugin itself, for a site of somebody's own and for that of a whole repository.
 * @param read gives the options when the site is set up, where what is wrong with them is told.
 */
export function starlightPlugin(
  read: () => ReturnType<typeof readOptions> & Pick<RunOptions, 'whole'>,
): StarlightPlugin {
  return {
    name: 'starlight-plumbline',
    hooks: {
      'config:setup': async ({
        config,
        astroConfig,
        command,
        updateConfig,
        addIntegration,
        addRouteMiddleware,
        logger,
        useTranslations,
        absolutePathToLang,
      }) => {
        if (command === 'preview') return;
        const options = read();
        const siteRoot = fileURLToPath(astroConfig.root);
        refuseOutdated(siteRoot);
        processorOf(astroConfig);
        const collection = fileURLToPath(new URL('content/docs', astroConfig.srcDir));
        const { whole } = options;
        const locales = localesOf(config);
        const docs = whole === null && existsSync(collection) ? realpathSync(collection) : undefined;
        const root = resolve(siteRoot, options.root ?? '.');
        updateConfig({
          customCss: [rootSheet, stylesId, ...(config.customCss ?? [])],
          components: {
            Footer: here('components/Footer.astro'),
            MarkdownContent: here('components/MarkdownContent.astro'),
            PageTitle: here('components/PageTitle.astro'),
            Sidebar: here('components/Sidebar.astro'),
            ...(hasOwnContents(config) ? {} : { PageSidebar: here('components/PageSidebar.astro') }),
            // Who has switched search off wants none.
            ...(config.pagefind === false ? {} : { Search: here('components/Search.astro') }),
            ...config.components,
          },
          // Astro hands Starlight the pages by the folder that they lie in, not by the link that leads to it.
          markdown: {
            ...config.markdown,
            processedDirs: processedDirs(
              config.markdown?.processedDirs,
              siteRoot,
              whole === null ? docs : realOf(root),
            ),
          },
        });
        addRouteMiddleware({ entrypoint: moduleBeside(import.meta.url, 'route'), order: 'post' });
        addIntegration(
          plumblineIntegration({
            command,
            root,
            docs: options.docs === undefined ? docs : resolve(siteRoot, options.docs),
            resources: options.resources,
            rules: options.rules,
            status: options.status,
            untrusted: options.untrusted,
            whole,
            ...(await onErrors(options.errors, siteRoot)),
            lastUpdated: config.lastUpdated === true,
            locales,
            title: titleOf(config),
            components: componentsModule(options.components ?? {}, siteRoot),
            dressesThings: dressesThings(options.components ?? {}),
            words: siteWords({ useTranslations, absolutePathToLang }, collection, locales),
            logger,
          }),
        );
      },
    },
  };
}

/**
 * Starlight shows a page of the default language where one is not translated; `root` has no part of its own.
 */
function localesOf({ locales, defaultLocale }: StarlightUserConfig): string[] {
  const names = Object.keys(locales ?? {});
  const fallback = defaultLocale ?? 'root';
  const ordered = [
    ...names.filter((name) => name === fallback),
    ...names.filter((name) => name !== fallback),
  ];
  return ordered.map((name) => (name === 'root' ? '' : name));
}

/** Whether a site shows the contents of a page in a way of its own: then so do pages that are made. */
function hasOwnContents({ components = {} }: StarlightUserConfig): boolean {
  return 'TableOfContents' in components || 'MobileTableOfContents' in components;
}

/** In the language of the root, where there are several. */
function titleOf({ title }: StarlightUserConfig): string {
  return typeof title === 'string' ? title : (Object.values(title)[0] ?? '');
}

function processedDirs(given: string[] | undefined, siteRoot: string, docs: string | undefined): string[] {
  const own = docs === undefined ? [] : [`./${slashed(siteRoot, docs)}`];
  return [...new Set([...(given ?? []), ...own])];
}

function here(path: string): string {
  return resolve(import.meta.dirname, '..', path);
}
