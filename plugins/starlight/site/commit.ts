/**
 * Astro middleware: puts the commit into source links and tips. Stored pages do not know it, so that a commit
 * renders nothing again.
 */

import { commit } from 'virtual:plumbline/site';
import type { MiddlewareHandler } from 'astro';
import { withCommit } from './commit-token.ts';

export const onRequest: MiddlewareHandler = async (_context, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  const html = await response.text();
  return new Response(withCommit(html, commit), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
};
