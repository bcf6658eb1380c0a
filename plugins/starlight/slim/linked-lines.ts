/**
 * Lines of the sources that pages show: a link to one leads to an element with its number. Of hundreds of
 * lines on a page few are linked to; to the others a script gives an address when somebody asks for one.
 */

/** Addresses of the lines that a page links to. @param own its address. */
export function linkedLines(html: string, own: string): string[] {
  return [...html.matchAll(links)].map(([, page, line]) => `${page || own}#${line}`);
}

/** The page without the numbers of lines that no page links to. */
export function withoutOtherLines(html: string, own: string, linked: ReadonlySet<string>): string {
  return html.replaceAll(lines, (_, line: string) =>
    linked.has(`${own}#${line}`) ? `<a id="${line}">` : '<a>',
  );
}

const links = / href="([^"#]*)#((?:f[\da-f]+)?L\d+)"/g;
const lines = /<a name="((?:f[\da-f]+)?L\d+)">/g;
