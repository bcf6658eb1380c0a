import type { StarlightPlugin } from '@astrojs/starlight/types';
import { starlightPlugin } from './make-plugin.ts';
import { type PlumblineOptions, readOptions } from './plugin-options.ts';

/**
 * Starlight plugin: pages that state what the manifests say, checked before a build and rendered from one
 * model.
 *
 *     starlight({ plugins: [plumbline()] })               astro.config.mjs
 *     docs: defineCollection({ loader: plumblineLoader(), schema: docsSchema() })      src/content.config.ts
 */
export function plumbline(given: PlumblineOptions = {}): StarlightPlugin {
  return starlightPlugin(() => ({ ...readOptions(given), whole: null }));
}
