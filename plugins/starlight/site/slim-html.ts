/**
 * The HTML of a page that is made by the hundred, without what stands in each of them many times: the drawing
 * of the link at each heading, the colours of each word of a manifest, the manifest once more for its copy
 * button, which the script reads from the lines.
 */
export function slimHtml(html: string): string {
  return withColourClasses(
    html.replaceAll(headingLink, '<a class="pl-anchor" href="#$1" aria-label="$2">#</a>'),
  ).replaceAll(/(<button title="[^"]*" data-copied="[^"]*") data-code="[^"]*"/g, '$1 data-code');
}

/** What Starlight puts behind a heading. */
const headingLink =
  /<a class="sl-anchor-link" href="#([^"]*)"><span aria-hidden="true".*?<\/svg><\/span><span class="sr-only" data-pagefind-ignore(?:="")?>([^<]*)<\/span><\/a>/gs;

/** Expressive Code writes the colours of both themes at each word: a class says the same in a third. */
function withColourClasses(html: string): string {
  const classes = new Map<string, string>();
  const body = html.replaceAll(/<span style="(--0:[^"]*)">/g, (_, style: string) => {
    const name = classes.get(style) ?? `c${classes.size}`;
    classes.set(style, name);
    return `<span class="${name}">`;
  });
  if (classes.size === 0) return html;
  const rules = [...classes].map(([style, name]) => `.expressive-code .${name}{${style}}`);
  return body.replace('<div class="expressive-code">', `<style>${rules.join('')}</style>$&`);
}
