import type { DevEnvironment, RunnableDevEnvironment, ViteDevServer } from 'vite';
import { madeOfRun } from '../site/virtual-modules.ts';

/** Has modules read again that are stale, when they are next asked for. */
export function invalidate(server: ViteDevServer, isStale: (id: string) => boolean): void {
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

/** Whether a module is made of the manifests and the pages. */
export function isMade(id: string): boolean {
  return id === dataStoreId || madeOfRun.includes(id) || /\.mdx($|\?)/.test(id);
}

/** True for an environment that keeps modules it has evaluated here, in this process. */
function isRunnable(environment: DevEnvironment): environment is RunnableDevEnvironment {
  return 'runner' in environment;
}

/** The module by which Astro's pages read the content store. */
export const dataStoreId = '\0astro:data-layer-content';
