import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig, AstroIntegration } from 'astro';
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
 * The part that Astro calls: it starts the run, joins the Markdown pipeline, serves what components ask, and
 * ends the run. Each hook reads like Astro's own order of events.
 */
export function plumblineIntegration(options: IntegrationOptions): AstroIntegration {
  const frames = openFrames(options);
  const routed = Promise.withResolvers<void>();
  let site: Site | undefined;
  let lock: ReturnType<typeof lockBuild> | undefined;
  /** Whether the pages are read by something else before they are finished. */
  let isReadBefore = true;
  /** Whether the site's collection is loaded by us. */
  let isLoaded = false;
  return {
    name: ownName,
    hooks: {
      'astro:config:setup': async (setup) => {
        const { config, updateConfig } = setup;
        if (options.command === 'build') lock = lockBuild(config.root);
        const siteRoot = config.root.href;
        const before = published(siteRoot);
        if (before) await before.dispose();
        shareBook(undefined);
        const given = runOptions(config, options, routed.promise);
        // What only a server or only a build needs is not even loaded by the other.
        const devRun =
          options.command === 'dev' ? (await import('../run/dev-run.ts')).startDevRun(given) : null;
        const run = devRun ?? (await import('../run/build-run.ts')).startBuildRun(given);
        const shared: SharedRun = {
          ...run,
          load: async (context, loaders) => {
            const { loadPages } = await import('../loading/load-pages.ts');
            await loadPages(shared, context, loaders);
          },
          policy: pagePolicy(given),
          placed: frames.placed,
          ready: async () => {
            // A run that only loads content asks for no routes.
            routed.resolve();
            await run.ready();
          },
          generated: async () => {
            isLoaded = true;
            return run.generated();
          },
        };
        publish(siteRoot, shared);
        ensurePublicStaysInside(fileURLToPath(config.publicDir), [options.root, fileURLToPath(config.root)]);
        const processor = processorOf(config);
        ensureStarlightHasRemark(processor, fileURLToPath(config.root));
        await joinMarkdown(processor, run, given);
        const kept = options.command === 'dev' ? await keepFromVite(config, options, updateConfig) : null;
        const isPlainBuild = config.adapter === undefined;
        const { incrementalBuild, collectionStorage = 'single-file' } = config.experimental;
        const isWhole = isPlainBuild && !incrementalBuild && collectionStorage === 'single-file';
        const isBuilt = isWhole && options.command === 'build';
        const store = storeModule(isBuilt ? new URL('data-store.json', config.cacheDir) : null);
        updateConfig({
          vite: { plugins: [frames.plugin, store, pagesModule(config, options, run, given.address)] },
        });
        addOwnParts(setup, options.command);
        site = {
          run,
          devRun,
          kept,
          siteRoot,
          address: given.address,
          facts: given.facts,
          assets: config.build.assets,
          isPlainBuild,
        };
      },
      'astro:config:done': ({ config: { integrations, experimental } }) => {
        isReadBefore = experimental.incrementalBuild || readsPages(integrations, ownName);
      },
      'astro:routes:resolved': ({ routes }) => {
        if (site) site.facts.routes = routesBeside(routes);
        routed.resolve();
      },
      'astro:server:setup': async ({ server, refreshContent, toolbar }) => {
        if (!site?.devRun || !refreshContent) return;
        const { devRun: run, kept, siteRoot: root } = site;
        const { base } = site.address;
        toolbar.on('plumbline:ask', async ({ address }: { address: string }) => {
          toolbar.send('plumbline:page', { address, statements: await run.statements(address) });
        });
        const [{ watchRepository }, { keepFiles }] = await Promise.all([
          import('../run/watch-repository.ts'),
          import('../run/kept-files.ts'),
        ]);
        if (kept) keepFiles(server, kept, base);
        await watchRepository({ server, root, base, refreshContent, run, logger: options.logger });
      },
      'astro:build:start': async ({ setPrerenderer }) => {
        await site?.run.ready();
        if (!isLoaded)
          options.logger.warn(
            'the `docs` collection does not use `plumblineLoader()`: pages will be stale when a manifest changes, and there are no resource pages',
          );
        if (!site?.isPlainBuild) return;
        if (!isReadBefore) shareBook(frames.sidebars);
        await frames.join(setPrerenderer, site.run, site.address.base);
      },
      'astro:build:done': async ({ dir, pages }) => {
        shareBook(undefined);
        if (!site) return;
        const { finishSite } = await import('./finish-site.ts');
        const { run, siteRoot, address, assets, isPlainBuild } = site;
        await finishSite({
          dir,
          pages,
          base: address.base,
          assets,
          address,
          isWhole: isPlainBuild,
          sidebars: frames.sidebars.texts(),
          checked: await run.checked(),
          options,
        });
        await run.dispose();
        publish(siteRoot, undefined);
        lock?.release();
      },
    },
  };
}

function runOptions(config: AstroConfig, options: IntegrationOptions, routed: Promise<void>) {
  const address: SiteAddress = {
    base: config.base,
    trailingSlash: config.trailingSlash,
    format: config.build.format,
  };
  const written = [config.outDir, config.cacheDir, new URL('.astro/', config.root)].map((url) =>
    resolve(fileURLToPath(url)),
  );
  return {
    ...options,
    address,
    facts: siteFacts(config, options.locales),
    routed,
    written,
    color: process.stderr.isTTY === true && !process.env.NO_COLOR,
  };
}

/** Keeps Vite's server, which gives every file beside the site, from giving manifests. */
async function keepFromVite(
  config: AstroConfig,
  options: IntegrationOptions,
  updateConfig: SetUp['updateConfig'],
): Promise<KeptFiles> {
  const { keptByVite, keptFiles } = await import('../run/kept-files.ts');
  const kept = await keptFiles({
    ...options,
    siteRoot: fileURLToPath(config.root),
    publicDir: fileURLToPath(config.publicDir),
  });
  // Vite's own list is replaced where one is given, and Astro joins ours to one that the site gives.
  const usual = config.vite.server?.fs?.deny === undefined ? keptByVite : [];
  updateConfig({ vite: { server: { fs: { deny: [...usual, ...kept.patterns] } } } });
  return kept;
}

/** The modules by which components ask the run. */
function pagesModule(config: AstroConfig, options: IntegrationOptions, run: SiteRun, address: SiteAddress) {
  const { docs, lastUpdated, words, components, status, whole } = options;
  const siteRoot = fileURLToPath(config.root);
  return virtualPages({
    run,
    siteRoot,
    docsPath: slashed(siteRoot, fileURLToPath(new URL('content/docs', config.srcDir))),
    docs,
    lastUpdated,
    address,
    words,
    components,
    status: status || whole !== null,
  });
}

/** Scripts, routes and the middleware of every site; a server's toolbar and its script for edits. */
function addOwnParts(
  { injectScript, addDevToolbarApp, injectRoute, addMiddleware }: SetUp,
  command: IntegrationOptions['command'],
): void {
  // They are one module: a server hears which page is open whatever becomes of the others.
  for (const script of [...(command === 'dev' ? ['edit'] : []), 'page'])
    injectScript('page', `import ${JSON.stringify(moduleBeside(import.meta.url, `../client/${script}`))};`);
  if (command === 'dev')
    addDevToolbarApp({
      id: 'plumbline',
      name: 'Plumbline',
      icon: 'checkCircle',
      entrypoint: moduleBeside(import.meta.url, '../client/toolbar-app'),
    });
  for (const [pattern, module] of madeRoutes)
    injectRoute({ pattern, entrypoint: moduleBeside(import.meta.url, module), prerender: true });
  addMiddleware({ entrypoint: moduleBeside(import.meta.url, 'commit'), order: 'post' });
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

type SetUp = Parameters<NonNullable<AstroIntegration['hooks']['astro:config:setup']>>[0];

/** What is known of the site once its configuration is. */
interface Site {
  run: SiteRun;
  /** Null in a build. */
  devRun: DevRun | null;
  kept: KeptFiles | null;
  siteRoot: string;
  address: SiteAddress;
  facts: SiteFacts;
  /** Folder of scripts and styles in the built site. */
  assets: string;
  /** Whether a build gives files alone, as it does without an adapter. */
  isPlainBuild: boolean;
}

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
