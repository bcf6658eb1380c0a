/**
 * Colours of the words of code, each of which Expressive Code writes out for both themes at every word: a
 * name in the same place, by which its own rules still find the word, and what it stands for once in the
 * head.
 */
export function shortColours(html: string): { rules: string[]; nameOf(tag: string): string | null } {
  const names = new Map<string, string>();
  for (const [, colours = ''] of html.matchAll(coloured))
    if (!names.has(colours)) names.set(colours, `--c${names.size.toString(36)}`);
  const rules = [...names].map(([colours, name]) => `.expressive-code [style="${name}"]{${colours}}`);
  return {
    rules,
    nameOf: (tag) => {
      if (names.size === 0 || !tag.startsWith('<span style=')) return null;
      const name = names.get(/^<span style="([^"]*)">$/.exec(tag)?.[1] ?? '');
      return name === undefined ? null : `<span style="${name}">`;
    },
  };
}

const coloured = /<span style="(--0:[#\w;:-]*)">/g;
