import { fromHtml } from 'hast-util-from-html';
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

/** What a parser reads of a value that stands between double quotes. */
function parsedValue(written: string): string {
  const [element] = fromHtml(`<i title="${written}">`, { fragment: true }).children;
  return element?.type === 'element' ? String(element.properties.title) : '';
}

const carried = /(<figure class="pl-diagram[^>]*) data-d2="([^"]*)"/g;
