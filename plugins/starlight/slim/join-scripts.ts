import { nameOfScript } from './shared-parts.ts';

/**
 * A page whose shared modules are one file, which stands where the first of them stood: none is run before
 * the page is read, and each keeps its names to itself.
 * @param folder address of the files, with a stroke at its end.
 * @param files text by name; what is joined is put there.
 */
export function joinScripts(html: string, folder: string, files: Map<string, string>): string {
  const found = [...html.matchAll(sharedModule)].flatMap(({ 0: tag, 1: address = '' }) => {
    const text = address.startsWith(folder) ? files.get(address.slice(folder.length)) : undefined;
    return text === undefined || /\b(?:await|export)\b/.test(text) ? [] : [{ tag, text }];
  });
  if (found.length < 2) return html;
  const joined = [...new Set(found.map(({ text }) => text))].map((text) => `(()=>{${text}\n})();`).join('\n');
  const name = nameOfScript(joined);
  files.set(name, joined);
  const tags = new Set(found.map(({ tag }) => tag));
  let isFirst = true;
  return html.replaceAll(sharedModule, (tag) => {
    if (!tags.has(tag)) return tag;
    if (!isFirst) return '';
    isFirst = false;
    return `<script type="module" src="${folder}${name}"></script>`;
  });
}

const sharedModule = /<script type="module" src="([^"]*\/shared\.[\w-]+\.js)"><\/script>/g;
