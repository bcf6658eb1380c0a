/**
 * Where what is in an element ends: at its own closing tag, past those of elements of its name within.
 * @param from behind its opening tag.
 * @returns the place of `</name`; that of the end of the page where nothing closes it.
 */
export function innerEnd(html: string, from: number, name: string): number {
  const tags = new RegExp(`<(/?)${name}(?=[\\s>])`, 'g');
  tags.lastIndex = from;
  let depth = 1;
  for (let found = tags.exec(html); found !== null; found = tags.exec(html)) {
    depth += found[1] === '' ? 1 : -1;
    if (depth === 0) return found.index;
  }
  return html.length;
}
