import type { IncomingMessage, ServerResponse } from 'node:http';
import { relative, resolve, sep } from 'node:path';
import type { AstroIntegrationLogger } from 'astro';
import type { DevEnvironment, RunnableDevEnvironment, ViteDevServer } from 'vite';
import { loaderName } from '../site/loader-name.ts';
import { resolvedSiteId } from '../site/virtual-modules.ts';
import type { DevRun } from './dev-run.ts';

/**
 * `astro dev`: a changed manifest reaches the open page. The model is read again, pages whose live pieces
 * changed are rendered again, and browsers reload. Changes that come together are taken together.
 */
export async function watchManifests({ server, refreshContent, run, logger }: WatchOptions): Promise<void> {
  const { config } = (await run.engine()).platform;
  const folders = [...config.layers.bootstrap, ...config.layers.gitops].map((folder) =>
    resolve(config.root, folder),
  );
  const watched = config.file === null ? folders : [...folders, config.file];
  server.watcher.add(run.whole ? [...watched, config.root] : watched);

  const reload = createReload(server);
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const queue = (work: () => Promise<void>) => {
    running = running.then(work).catch((error: unknown) => logger.error(String(error)));
  };
  run.onRecheck((isStale) => {
    invalidate(server, (id) => id === resolvedSiteId);
    if (isStale) queue(render);
  });

  const changed = (event: string, path: string) => {
    if (run.whole && /\.mdx?$/i.test(path)) followPage(event, path);
    if (!watched.some((one) => path === one || path.startsWith(one + sep))) return;
    clearTimeout(timer);
    timer = setTimeout(() => queue(() => refresh(relative(config.root, path))), settle);
  };
  server.watcher.on('all', changed);

  /** Pages that came after the start: Astro's own watcher does not know them. */
  const added = new Set<string>();
  function followPage(event: string, path: string): void {
    if (event === 'change' && added.has(path)) queue(render);
    if (event !== 'add' && event !== 'unlink') return;
    queue(async () => {
      if (!(await run.findPages())) return;
      if (event === 'add') added.add(path);
      logger.info(`${relative(config.root, path)} ${event === 'add' ? 'is new' : 'is gone'}`);
      await render();
    });
  }

  async function refresh(path: string): Promise<void> {
    if (!(await run.reload())) return;
    logger.info(`${path} changed`);
    await render();
  }

  async function render(): Promise<void> {
    await refreshContent({ loaders: [loaderName], context: { plumbline: true } });
    // A request that came in while Astro wrote its store may have kept the store as it was.
    invalidate(server, (id) => id === resolvedSiteId || id === dataStoreId || /\.mdx($|\?)/.test(id));
    reload();
  }
}

/**
 * Reloads the pages that are open. One that was asked for before and is still on its way has no ear yet: it
 * is reloaded as soon as it has one, or it would show what was so before for good.
 */
function createReload(server: ViteDevServer): () => void {
  let asked = 0;
  let reloaded = 0;
  let tick = 0;
  const reload = () => {
    reloaded = ++tick;
    server.ws.send({ type: 'full-reload' });
  };
  server.middlewares.stack.unshift({
    route: '',
    handle: (request: IncomingMessage, _response: ServerResponse, next: () => void) => {
      if (request.headers.accept?.includes('text/html')) asked = ++tick;
      next();
    },
  });
  server.ws.on('connection', () => {
    if (asked < reloaded) reload();
  });
  return reload;
}

function invalidate(server: ViteDevServer, isStale: (id: string) => boolean): void {
  for (const environment of Object.values(server.environments)) {
    const { moduleGraph } = environment;
    for (const [id, module] of moduleGraph.idToModuleMap) {
      if (!isStale(id)) continue;
      moduleGraph.invalidateModule(module);
      if (!isRunnable(environment)) continue;
      const { evaluatedModules } = environment.runner;
      const evaluated = evaluatedModules.getModuleById(id);
      if (evaluated) evaluatedModules.invalidateModule(evaluated);
    }
  }
}

/** True for an environment that keeps modules it has evaluated here, in this process. */
function isRunnable(environment: DevEnvironment): environment is RunnableDevEnvironment {
  return 'runner' in environment;
}

/** The module by which Astro's pages read the content store. */
const dataStoreId = '\0astro:data-layer-content';

/**
 * Milliseconds without a further change before the model is read again: editors and Git write several files
 * at once.
 */
const settle = 30;

export interface WatchOptions {
  server: ViteDevServer;
  refreshContent: (options: { loaders?: string[]; context?: Record<string, unknown> }) => Promise<void>;
  run: DevRun;
  logger: Pick<AstroIntegrationLogger, 'info' | 'error'>;
}
