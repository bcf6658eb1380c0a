/** The HTML of a page in parts: our tables and diagrams, whole, and what stands between them. */
export function withFigures(html: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of html.matchAll(/<figure\b[^>]*\bclass="[^"]*\bpl-(table|diagram)\b[^>]*>/g)) {
    const start = match.index;
    if (start < from) continue;
    const end = endOf(html, start);
    parts.push({ is: 'text', view: null, html: html.slice(from, start) });
    const [, view = null] = /\bdata-view="([^"]*)"/.exec(match[0]) ?? [];
    parts.push({ is: match[1] === 'table' ? 'table' : 'diagram', view, html: html.slice(start, end) });
    from = end;
  }
  return [...parts, { is: 'text' as const, view: null, html: html.slice(from) }].filter(
    (part) => part.html !== '',
  );
}

/** Where the figure ends that begins at a place; others may stand in it. */
function endOf(html: string, start: number): number {
  let depth = 0;
  const tags = /<(\/?)figure\b[^>]*>/g;
  tags.lastIndex = start;
  for (let tag = tags.exec(html); tag !== null; tag = tags.exec(html)) {
    depth += tag[1] === '/' ? -1 : 1;
    if (depth === 0) return tags.lastIndex;
  }
  return html.length;
}

interface Part {
  is: 'text' | 'table' | 'diagram';
  /** What a table or diagram shows. */
  view: string | null;
  html: string;
}
