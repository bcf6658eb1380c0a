/**
 * Astro middleware: puts the commit into source links and tips. Stored pages do not know it, so that a commit
 * renders nothing again.
 */
import type { MiddlewareHandler } from 'astro';
import { withCommit } from './commit-token.ts';

export const onRequest: MiddlewareHandler = async (_context, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  const html = await response.text();
  // Asked for each time: a server keeps a middleware as it first was, and the commit is another later.
  const { commit } = await import('virtual:plumbline/site');
  return new Response(withCommit(html, commit), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
};
