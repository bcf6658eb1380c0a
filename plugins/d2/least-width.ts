/**
 * Pixels under which a text of a drawing, as D2 writes it, would fall under 12 px: no page shows it narrower.
 */
export function leastWidth(svg: string): number {
  return Math.ceil((Number(boxOf(svg).split(' ')[2]) * 12) / smallestText(svg));
}

/** The box of a drawing, which lies in another SVG of its size. */
function boxOf(svg: string): string {
  const tags = [...svg.matchAll(/<svg\b[^>]*>/g)].map(([tag]) => tag);
  return /viewBox="([^"]+)"/.exec(tags[1] ?? tags[0] ?? '')?.[1] ?? '0 0 1 1';
}

function smallestText(svg: string): number {
  // What is in Markdown is as large as the page's own text.
  const drawn = svg.replaceAll(/(<foreignObject\b[^>]*>).*?<\/foreignObject>/gs, '$1');
  const sizes = [...drawn.matchAll(/<(?:text|foreignObject)\b[^>]*>/g)].map(([tag]) =>
    Number(/font-size:\s*([\d.]+)/.exec(tag)?.[1] ?? usual),
  );
  if (/class="appendix-icon"[^>]*><title>/.test(drawn)) sizes.push(markSize);
  return sizes.length === 0 ? usual : Math.max(smallestOfD2, Math.min(...sizes));
}

/** Of the `i` that stands in the place of D2's icon of a tooltip. */
export const markSize = 13;
const usual = 16;
/** D2 refuses smaller ones. */
const smallestOfD2 = 8;
