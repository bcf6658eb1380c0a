/** `plumbline/icons.svg`: the marks of the kinds, in one file for all pages. */

import type { APIRoute } from 'astro';
import { iconSprite } from './sprite.ts';

export const GET: APIRoute = () =>
  new Response(iconSprite(), { headers: { 'content-type': 'image/svg+xml' } });
