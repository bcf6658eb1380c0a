/**
 * Astro middleware: puts the commit into source links and tips. Stored pages do not know it, so that a commit
 * renders nothing again.
 */

import { commit } from 'virtual:plumbline/site';
import type { MiddlewareHandler } from 'astro';
import { commitToken } from './commit-token.ts';

export const onRequest: MiddlewareHandler = async (_context, next) => {
  const response = await next();
  if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
  const html = await response.text();
  return new Response(withCommit(html), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
};

/** Outside Git a tip says nothing of a commit, and a link leads to the newest. */
function withCommit(html: string): string {
  if (commit === null) return html.replaceAll(` (at ${commitToken})`, '').replaceAll(commitToken, 'HEAD');
  return html.replaceAll(commitToken, commit.replace(/-dirty$/, ''));
}
