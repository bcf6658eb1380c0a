import { nameOfScript } from './shared-parts.ts';

/**
 * Makes pages whose shared modules are one file, which stands where the first of them stood: none is run
 * before the page is read, and each keeps its names to itself. Most pages of a site have the same modules.
 * @param folder address of the files, with a stroke at its end.
 * @param files text by name; what is joined is put there.
 */
export function scriptJoiner(folder: string, files: Map<string, string>): (html: string) => string {
  const known = new Map<string, Joined | null>();
  return (html) => {
    const written = html.match(sharedModule) ?? [];
    const all = written.join('');
    const joined = known.get(all) ?? join(written);
    known.set(all, joined);
    if (joined === null) return html;
    let isFirst = true;
    return html.replaceAll(sharedModule, (tag) => {
      if (!joined.tags.has(tag)) return tag;
      if (!isFirst) return '';
      isFirst = false;
      return joined.tag;
    });
  };

  function join(written: readonly string[]): Joined | null {
    const found = written.flatMap((tag) => {
      const address = / src="([^"]*)"/.exec(tag)?.[1] ?? '';
      const text = address.startsWith(folder) ? files.get(address.slice(folder.length)) : undefined;
      return text === undefined || /\b(?:await|export)\b/.test(text) ? [] : [{ tag, text }];
    });
    if (found.length < 2) return null;
    const texts = [...new Set(found.map(({ text }) => text))];
    const script = texts.map((text) => `(()=>{${text}\n})();`).join('\n');
    const name = nameOfScript(script);
    files.set(name, script);
    return {
      tags: new Set(found.map(({ tag }) => tag)),
      tag: `<script type="module" src="${folder}${name}"></script>`,
    };
  }
}

const sharedModule = /<script type="module" src="[^"]*\/shared\.[\w-]+\.js"><\/script>/g;

interface Joined {
  /** Those that it stands in the place of. */
  tags: ReadonlySet<string>;
  tag: string;
}
