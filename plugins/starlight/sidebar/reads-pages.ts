import type { AstroIntegration } from 'astro';

/**
 * Whether something of a site's own reads its pages before the integration of a name is called, and so is to
 * find them whole.
 */
export function readsPages(integrations: readonly AstroIntegration[], own: string): boolean {
  const place = integrations.findIndex(({ name }) => name === own);
  return integrations.some(
    ({ name, hooks }, index) =>
      hooks['astro:build:generated'] !== undefined ||
      // Starlight makes the index of its search of their texts.
      (index < place && name !== '@astrojs/starlight' && hooks['astro:build:done'] !== undefined),
  );
}
