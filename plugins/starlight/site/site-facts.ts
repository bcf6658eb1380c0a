import { fileURLToPath } from 'node:url';
import type { AstroConfig, IntegrationResolvedRoute } from 'astro';
import type { SiteFacts } from '../../checks/index.ts';

/** What the checks of links know of this site; its routes are known later. */
export function siteFacts(config: AstroConfig, locales: string[]): SiteFacts {
  return {
    isOwn: true,
    base: config.base,
    trailingSlash: config.trailingSlash,
    format: config.build.format,
    publicDir: fileURLToPath(config.publicDir),
    routes: [],
    locales,
    others: [],
  };
}

/**
 * The addresses of all that is no page of Starlight's, nor Astro's own, which no page links to: Astro tells
 * its routes twice, at first without them, and what is kept of a check must not say which of the two it saw.
 */
export function routesBeside(routes: IntegrationResolvedRoute[]): string[] {
  return routes
    .filter(({ entrypoint, origin }) => origin !== 'internal' && !entrypoint.includes('@astrojs/starlight/'))
    .map(({ pattern }) => pattern.replaceAll(/^\/+|\/+$/g, ''));
}
