/** `facts.json`: everything that was checked, and how it fares. */

import { facts } from 'virtual:plumbline/facts';
import type { APIRoute } from 'astro';

export const GET: APIRoute = () => new Response(facts, { headers: { 'content-type': 'application/json' } });
