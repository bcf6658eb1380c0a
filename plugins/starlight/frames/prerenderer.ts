import type { AstroPrerenderer } from 'astro';
import { cutFrame, type Frame, type FramedPage, fillFrame } from './frame.ts';
import { readPage } from './read-page.ts';

/**
 * Makes the pages of things, of which there may be thousands, without Astro's cost for each: of those that
 * are alike around their text the first is made by Astro, the second too, which must be what the frame of the
 * first would have made it, and only then all others from the frame. Where that is not so, Astro makes them.
 */
export function withFrames(usual: AstroPrerenderer, { pageOf, isKnown }: FramedSite): AstroPrerenderer {
  const frames = new Map<string, { frame: Frame | null; isProven: boolean }>();
  return {
    ...usual,
    render: async (request, options) => {
      const { component } = options.routeData;
      // What a build in parts keeps of a page only Astro knows.
      if (options.collectMetadata || !component.includes('@astrojs/starlight/') || !isKnown())
        return usual.render(request, options);
      const found = pageOf(decodeURI(new URL(request.url).pathname));
      if (found === undefined) return usual.render(request, options);
      const { like, page } = found;
      const known = frames.get(like);
      if (known?.frame && known.isProven) return htmlResponse(fillFrame(known.frame, page));
      const given = await usual.render(request, options);
      if (known?.frame === null) return given;
      const read = await readPage(given);
      if (read === null) return given;
      const { html, status } = read;
      if (status !== 200) return read.withHtml(html);
      if (known === undefined) frames.set(like, { frame: cutFrame(html, page), isProven: false });
      else if (fillFrame(known.frame, page) === html) known.isProven = true;
      else known.frame = null;
      return read.withHtml(html);
    },
  };
}

function htmlResponse(html: string): Response {
  return new Response(html, { headers: { 'content-type': 'text/html' } });
}

interface FramedSite {
  /** What a page has of its own, by its address; undefined for one that is made by Astro alone. */
  pageOf(path: string): { like: string; page: FramedPage } | undefined;
  /** Whether nothing of the site's own can see the pages while they are made. */
  isKnown(): boolean;
}
