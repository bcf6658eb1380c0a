import type { AstroPrerenderer } from 'astro';

/**
 * The HTML of a page as Astro gives it to a build, and what it gives with other HTML in its place; null for
 * what is no page.
 */
export async function readPage(given: Prerendered): Promise<ReadPage | null> {
  const { response, ...others } = given instanceof Response ? { response: given } : given;
  const { status, headers } = response;
  if (!headers.get('content-type')?.startsWith('text/html')) return null;
  return {
    status,
    html: await response.text(),
    withHtml: (html) => ({ ...others, response: new Response(html, { status, headers }) }),
  };
}

type Prerendered = Awaited<ReturnType<AstroPrerenderer['render']>>;

interface ReadPage {
  status: number;
  html: string;
  withHtml(html: string): Prerendered;
}
