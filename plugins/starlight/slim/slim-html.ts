/**
 * The HTML of a page that is made by the hundred, without what stands in each of them many times: the link
 * behind each heading with its drawing, the manifest once more for its copy button, which the script reads
 * from the lines, and the ends of lines in signs that Markdown does not see. Headings that all of them have
 * tell a search nothing, and a line no more: it gets its id back once it is known that a page links to it.
 */
export function slimHtml(html: string): string {
  return html
    .replaceAll(
      heading,
      (_, tag: string, text: string, id: string) =>
        `<${tag} data-pagefind-ignore><a href="#${id}">${text}</a></${tag.slice(0, 2)}>`,
    )
    .replaceAll(/(<button title="[^"]*" data-copied="[^"]*") data-code="[^"]*"/g, '$1 data-code')
    .replaceAll('&#10;</a>', '\n</a>')
    .replaceAll(/<a id="((?:f[\da-f]+)?L\d+)">/g, '<a name="$1">');
}

/** A heading with the link that Starlight puts behind it. */
const heading =
  /<div class="sl-heading-wrapper level-h\d">\s*<(h\d[^>]*)>((?:(?!<\/?(?:a|h\d)\b)[\s\S])*)<\/h\d>\s*<a class="sl-anchor-link" href="#([^"]*)"><span aria-hidden="true"(?:(?!<\/svg>)[\s\S])*<\/svg><\/span><span class="sr-only"[^>]*>[^<]*<\/span><\/a>\s*<\/div>/g;
