import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { moduleBeside, slashed } from '../../base/index.ts';
import type { SiteAddress, SiteFacts } from '../../checks/index.ts';
import { openFrames } from '../frames/open-frames.ts';
import { takeBuildLock } from '../run/build-lock.ts';
import type { DevRun } from '../run/dev-run.ts';
import { lockError } from '../run/errors.ts';
import type { KeptFiles } from '../run/kept-files.ts';
import type { RunOptions } from '../run/options.ts';
import { publish, published, type SharedRun } from '../run/shared-run.ts';
import type { SiteRun } from '../run/site-run.ts';
import { readsPages } from '../sidebar/reads-pages.ts';
import { shareBook } from '../sidebar/shared-book.ts';
import { ensureStarlightHasRemark, processorOf } from './markdown-processor.ts';
import { joinMarkdown } from './page-pipeline.ts';
import { pagePolicy } from './page-policy.ts';
import { ensurePublicStaysInside } from './public-links.ts';
import { routesBeside, siteFacts } from './site-facts.ts';
import { storeModule } from './store-module.ts';
import { virtualPages } from './virtual-modules.ts';

/**
 * The Astro side: starts the run, joins the Markdown pipeline, serves what the components ask, ends the run.
 */
export function plumblineIntegration(options: IntegrationOptions): AstroIntegration {
  let run: SiteRun | undefined;
  let devRun: DevRun | undefined;
  const frames = openFrames(options);
  let kept: KeptFiles | undefined;
  let base = '/';
  let isPlainBuild = false;
  let isReadBefore = true;
  let assets = '_astro';
  let address: SiteAddress = { base, trailingSlash: 'ignore', format: 'directory' };
  let facts: SiteFacts | undefined;
  const routed = Promise.withResolvers<void>();
  let siteRoot = '';
  let lock: ReturnType<typeof lockBuild> | undefined;
  let isLoaded = false;
  return {
    name: ownName,
    hooks: {
      'astro:config:setup': async ({
        config,
        updateConfig,
        injectScript,
        addMiddleware,
        addDevToolbarApp,
        injectRoute,
      }) => {
        siteRoot = config.root.href;
        if (options.command === 'build') lock = lockBuild(config.root);
        const before = published(siteRoot);
        if (before) await before.dispose();
        shareBook(undefined);
        assets = config.build.assets;
        address = {
          base: config.base,
          trailingSlash: config.trailingSlash,
          format: config.build.format,
        };
        const written = [config.outDir, config.cacheDir, new URL('.astro/', config.root)].map((url) =>
          resolve(fileURLToPath(url)),
        );
        facts = siteFacts(config, options.locales);
        const given = {
          ...options,
          address,
          facts,
          routed: routed.promise,
          written,
          color: process.stderr.isTTY === true && !process.env.NO_COLOR,
        };
        // What only a server or only a build needs is not even loaded by the other.
        if (options.command === 'dev') devRun = (await import('../run/dev-run.ts')).startDevRun(given);
        const started = devRun ?? (await import('../run/build-run.ts')).startBuildRun(given);
        run = started;
        const shared: SharedRun = {
          ...started,
          load: async (context, loaders) => {
            const { loadPages } = await import('../loading/load-pages.ts');
            await loadPages(shared, context, loaders);
          },
          policy: pagePolicy(given),
          placed: frames.placed,
          ready: async () => {
            // A run that only loads content asks for no routes.
            routed.resolve();
            await started.ready();
          },
          generated: async () => {
            isLoaded = true;
            return started.generated();
          },
        };
        publish(siteRoot, shared);

        const docsPath = slashed(
          fileURLToPath(config.root),
          fileURLToPath(new URL('content/docs', config.srcDir)),
        );
        ensurePublicStaysInside(fileURLToPath(config.publicDir), [options.root, fileURLToPath(config.root)]);
        const processor = processorOf(config);
        ensureStarlightHasRemark(processor, fileURLToPath(config.root));
        await joinMarkdown(processor, started, given);
        base = config.base;
        isPlainBuild = config.adapter === undefined;
        if (options.command === 'dev') {
          const { keptByVite, keptFiles } = await import('../run/kept-files.ts');
          kept = await keptFiles({
            ...options,
            siteRoot: fileURLToPath(config.root),
            publicDir: fileURLToPath(config.publicDir),
          });
          // Joined to a list that is given already.
          const usual = config.vite.server?.fs?.deny === undefined ? keptByVite : [];
          updateConfig({ vite: { server: { fs: { deny: [...usual, ...kept.patterns] } } } });
        }
        updateConfig({
          vite: {
            plugins: [
              frames.plugin,
              storeModule(),
              virtualPages({
                run: started,
                siteRoot: fileURLToPath(config.root),
                docsPath,
                docs: options.docs,
                lastUpdated: options.lastUpdated,
                address,
                words: options.words,
                components: options.components,
                status: options.status || options.whole !== null,
              }),
            ],
          },
        });
        for (const script of ['page', ...(options.command === 'dev' ? ['edit'] : [])])
          injectScript(
            'page',
            `import ${JSON.stringify(moduleBeside(import.meta.url, `../client/${script}`))};`,
          );
        if (options.command === 'dev')
          addDevToolbarApp({
            id: 'plumbline',
            name: 'Plumbline',
            icon: 'checkCircle',
            entrypoint: moduleBeside(import.meta.url, '../client/toolbar-app'),
          });
        for (const [pattern, module] of madeRoutes)
          injectRoute({ pattern, entrypoint: moduleBeside(import.meta.url, module), prerender: true });
        addMiddleware({ entrypoint: moduleBeside(import.meta.url, 'commit'), order: 'post' });
      },
      'astro:config:done': ({ config: { integrations, experimental } }) => {
        isReadBefore = experimental.incrementalBuild || readsPages(integrations, ownName);
      },
      'astro:routes:resolved': ({ routes }) => {
        if (facts) facts.routes = routesBeside(routes);
        routed.resolve();
      },
      'astro:server:setup': async ({ server, refreshContent, toolbar }) => {
        if (!devRun || !refreshContent) return;
        const asked = devRun;
        toolbar.on('plumbline:ask', async ({ address }: { address: string }) => {
          const statements = await asked.statements(address);
          toolbar.send('plumbline:page', { address, statements });
        });
        const [{ watchRepository }, { keepFiles }] = await Promise.all([
          import('../run/watch-repository.ts'),
          import('../run/kept-files.ts'),
        ]);
        if (kept) keepFiles(server, kept, base);
        await watchRepository({
          ...{ server, root: siteRoot, base, refreshContent },
          ...{ run: devRun, logger: options.logger },
        });
      },
      'astro:build:start': async ({ setPrerenderer }) => {
        await run?.ready();
        if (!isLoaded)
          options.logger.warn(
            'the `docs` collection does not use `plumblineLoader()`: pages will be stale when a manifest changes, and there are no resource pages',
          );
        if (!run || !isPlainBuild) return;
        if (!isReadBefore) shareBook(frames.sidebars);
        await frames.join(setPrerenderer, run, base);
      },
      'astro:build:done': async ({ dir, pages }) => {
        shareBook(undefined);
        const { finishSite } = await import('./finish-site.ts');
        await finishSite({
          ...{ dir, pages, base, assets, address },
          isWhole: isPlainBuild,
          sidebars: frames.sidebars.texts(),
          checked: await run?.checked(),
          options,
        });
        await run?.dispose();
        publish(siteRoot, undefined);
        lock?.release();
      },
    },
  };
}

/** @throws where another build of the folder is running. */
function lockBuild(root: URL) {
  const path = fileURLToPath(new URL('.astro/plumbline-build.lock', root));
  const lock = takeBuildLock(path);
  if (lock.holder !== null) throw lockError(lock.holder, path, hostname());
  return lock;
}

const ownName = 'starlight-plumbline';

const madeRoutes = [
  ['/plumbline/search.json', '../search/route'],
  ['/facts.json', '../trust/facts-route'],
  ['/plumbline/icons.svg', '../icons/route'],
] as const;

export interface IntegrationOptions
  extends Omit<RunOptions, 'address' | 'facts' | 'routed' | 'color' | 'written'> {
  /** Whether pages show the date of their last commit. */
  lastUpdated: boolean;
  /** The module that pages take their components from. */
  components: string;
  /** Whether it has components of its own in the pages of things. */
  dressesThings: boolean;
  /** What the site is called. */
  title: string;
  /** First parts of the addresses of each language, that of the fallback first. */
  locales: string[];
}
