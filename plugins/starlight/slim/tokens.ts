/**
 * Gives each piece of HTML, with the place where it ends, to a function that says what stands there instead.
 * A tag is taken with its attributes, so that what looks like one within an attribute is none; scripts,
 * styles and small drawings are pieces with all that is in them.
 */
export function replaceTokens(html: string, replace: (token: Token, end: number) => string | null): string {
  return html.replaceAll(piece, (text, ...groups) => {
    const { rawTag, rawBody, raw, svg, drawing, tag } = groups.at(-1) as Record<string, string | undefined>;
    const token: Token | null =
      raw !== undefined
        ? { is: 'raw', tag: rawTag ?? '', name: raw.toLowerCase(), body: rawBody ?? '' }
        : svg !== undefined
          ? { is: 'icon', tag: svg, body: drawing ?? '' }
          : tag !== undefined
            ? { is: 'tag', tag }
            : null;
    const start = Number(groups.at(-3));
    return (token && replace(token, start + text.length)) ?? text;
  });
}

const attributes = `(?:"[^"]*"|'[^']*'|[^'">])*`;
const piece = new RegExp(
  [
    // A comment is kept whole, as what reads like a tag in it is none.
    String.raw`<!--[\s\S]*?-->`,
    String.raw`(?<rawTag><(?<raw>script|style|textarea|title)\b${attributes}>)(?<rawBody>[\s\S]*?)</\k<raw>\s*>`,
    String.raw`(?<svg><svg\b${attributes}>)(?<drawing>(?:<path\b${attributes}>(?:</path>)?)+)</svg>`,
    `(?<tag></?[a-z]${attributes}>)`,
  ].join('|'),
  'gi',
);

export type Token =
  | { is: 'raw'; tag: string; name: string; body: string }
  | { is: 'icon'; tag: string; body: string }
  | { is: 'tag'; tag: string };
