/**
 * How the shapes, lines and texts of drawings look, which a drawing writes out at every one of them: a class
 * in the place of attributes that many have, and what it stands for once in the head. A rule of a stylesheet
 * that is for a drawing says more than a class, as it does more than an attribute.
 */
export function shortDrawings(html: string): { rules: string[]; nameOf(tag: string): string | null } {
  const counts = new Map<string, number>();
  for (const [drawing] of html.matchAll(drawings))
    for (const [tag] of drawing.matchAll(drawn)) {
      const look = lookOf(tag);
      if (look !== '') counts.set(look, (counts.get(look) ?? 0) + 1);
    }
  const rules: string[] = [];
  const names = new Map<string, string>();
  for (const [look, count] of counts) {
    const name = `d2-${names.size.toString(36)}`;
    const rule = `.d2-diagram .${name}{${look.replaceAll(attribute, '$1:$2;').slice(0, -1)}}`;
    if (count * (look.length - ` class="${name}"`.length) <= rule.length) continue;
    names.set(look, name);
    rules.push(rule);
  }
  let isInside = false;
  return {
    rules,
    nameOf: (tag) => {
      if (names.size === 0) return null;
      if (/^<\/?svg\b/.test(tag)) isInside = beginning.test(tag);
      const name = isInside && drawnTag.test(tag) ? names.get(lookOf(tag)) : undefined;
      if (name === undefined) return null;
      const bare = tag.replaceAll(attribute, '');
      return bare.includes(' class="')
        ? bare.replace(' class="', ` class="${name} `)
        : bare.replace(/^<\w+/, (start) => `${start} class="${name}"`);
    },
  };
}

/** The attributes that a stylesheet says as well, as they are written. */
function lookOf(tag: string): string {
  return (tag.match(attribute) ?? []).join('');
}

const drawings = /<svg\b[^>]* class="d2-diagram[ "][\s\S]*?<\/svg>/g;
const beginning = /^<svg\b[^>]* class="d2-diagram[ "]/;
const drawn = /<(?:rect|path|text|polygon|polyline|line|circle|ellipse)\b[^>]*>/g;
const drawnTag = /^<(?:rect|path|text|polygon|polyline|line|circle|ellipse)\b/;
/** With a value that is the same in a stylesheet, and that can end none of its rules. */
const attribute =
  / (fill|stroke|stroke-width|stroke-dasharray|font-weight|font-style|marker-start|marker-end|mask)="([\w#., -]+|var\(--[\w-]+,#?\w+\)|url\(#[\w-]+\))"/g;
