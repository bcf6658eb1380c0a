import { byName } from '../../base/index.ts';
import { digestOf } from './shared-parts.ts';

/**
 * A page whose drawings bring the text that they were drawn from in files beside it: it is for who asks for
 * it by a button.
 * @param folder address of the files, with a stroke at its end.
 * @param files text by name; what the drawings were drawn from is put there.
 */
export function withSourcesBeside(html: string, folder: string, files: Map<string, string>): string {
  return html.replaceAll(carried, (_, figure: string, written: string) => {
    const text = `${parsedValue(written)}\n`;
    const name = `shared.${digestOf(text)}.d2`;
    files.set(name, text);
    return `${figure} data-source="${folder}${name}"`;
  });
}

/** As a parser reads it: the signs are those that Astro and the pages' own HTML are written with. */
function parsedValue(written: string): string {
  return written.replaceAll(
    /&(?:#x([\da-f]{1,5})|#(\d{1,6})|(\w+));/gi,
    (sign, hex, decimal, name: string) =>
      name === undefined
        ? String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
        : (signs[name] ?? sign),
  );
}

const signs: Readonly<Record<string, string>> = byName({ amp: '&', lt: '<', gt: '>', quot: '"' });
const carried = /(<figure class="pl-diagram[^>]*) data-d2="([^"]*)"/g;
