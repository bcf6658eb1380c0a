import type { StarlightPlugin } from '@astrojs/starlight/types';
import { starlightPlugin } from './make-plugin.ts';
import type { PlumblineOptions } from './options.ts';
import { readOptions } from './plugin-options.ts';

/**
 * Starlight plugin: pages that state what the manifests say, checked before a build and rendered from one
 * model. It takes the loader beside it:
 *
 *     starlight({ plugins: [plumbline()] })               astro.config.mjs
 *     docs: defineCollection({ loader: plumblineLoader(), schema: docsSchema() })      src/content.config.ts
 *
 * An option that there is not ends Astro's start with the nearest one, a page that disagrees with the
 * manifests ends the build with both sides (`errors`).
 */
export function plumbline(given: PlumblineOptions = {}): StarlightPlugin {
  return starlightPlugin(() => ({ ...readOptions(given), whole: null }));
}
