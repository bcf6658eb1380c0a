/** The last room: Starlight and Astro. Nothing imports it but a site's configuration. */

export { type PlumblineOptions, plumbline } from './site/starlight-plugin.ts';
