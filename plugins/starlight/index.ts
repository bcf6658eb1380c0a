/** The last room: Starlight and Astro. Nothing imports it but a site's configuration. */

export type { PlumblineOptions } from './site/options.ts';
export { plumbline } from './site/starlight-plugin.ts';
