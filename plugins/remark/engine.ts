import type { CheckContext } from '../checks/index.ts';
import { createD2, type D2 } from '../d2/index.ts';
import { type LoadOptions, loadPlatform, type Platform } from '../model/index.ts';
import { createQuery, type Query } from '../query/index.ts';
import { createPageIndex } from './page-index.ts';

/** One platform with everything that pages are held against. Made once for a run; `reload` follows the manifests. */
export async function createEngine(options: LoadOptions): Promise<Engine> {
  const platform = await loadPlatform(options);
  let context: CheckContext = {
    platform,
    query: createQuery(platform),
    d2: createD2({ cache: platform.cache }),
    pages: createPageIndex(platform),
  };
  return {
    get platform() {
      return context.platform;
    },
    get query() {
      return context.query;
    },
    get d2() {
      return context.d2;
    },
    get context() {
      return context;
    },
    async reload() {
      const next = await loadPlatform(options);
      if (fingerprintOf(next) === fingerprintOf(context.platform)) return false;
      context = { ...context, platform: next, query: createQuery(next), pages: createPageIndex(next) };
      return true;
    },
    async dispose() {
      await context.d2.dispose();
    },
  };
}

/** What a platform was read from: two with the same files and settings say the same. */
function fingerprintOf({ sources, config, model }: Platform): string {
  const files = [...sources.files.values()].map((file) => `${file.path} ${file.hash}`);
  return JSON.stringify([files, config, model.commit, model.unverified.length]);
}

export interface Engine {
  readonly platform: Platform;
  readonly query: Query;
  readonly d2: D2;
  readonly context: CheckContext;
  /** Reads the manifests again; true where anything changed. The D2 pool stays. */
  reload(): Promise<boolean>;
  dispose(): Promise<void>;
}
