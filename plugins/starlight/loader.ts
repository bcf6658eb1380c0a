import { docsLoader } from '@astrojs/starlight/loaders';
import { glob, type Loader } from 'astro/loaders';
import { published } from './run/shared-run.ts';
import { loaderName } from './site/loader-name.ts';

/**
 * Starlight's `docsLoader`, with more: a page is rendered again exactly when its text or what the model says
 * in it has changed (Astro's own digest knows the text alone), the pages made from the model lie beside the
 * author's, and a page without a title has its first heading as one, as on a Git host. Without the
 * `plumbline` plugin in the configuration it is `docsLoader`.
 * @param options those of `docsLoader`.
 */
export function plumblineLoader(options?: Parameters<typeof docsLoader>[0]): Loader {
  return {
    name: loaderName,
    load: async (context) => {
      const run = published(context.config.root.href);
      if (!run) return docsLoader(options).load(context);
      await run.load(context, { docs: docsLoader, files: glob, options });
    },
  };
}
