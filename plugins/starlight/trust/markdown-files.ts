import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareText } from '../../base/index.ts';
import type { PageFile } from '../site/page-files.ts';
import type { keptMarkdown } from './kept-markdown.ts';

/**
 * Writes each page of a built site once more as Markdown (`/stacks/cicd/` at `/stacks/cicd.md`), and
 * `llms.txt`, the list of them that tells a machine where to begin. What is there already stays.
 */
export async function writeMarkdown({ dir, files, base, title, things, read }: BuiltSite): Promise<void> {
  const written: WrittenPage[] = [];
  for (const { slug, url } of files) {
    if (slug === '404') continue;
    const page = await read(readFileSync(url, 'utf8'));
    if (page === null) continue;
    const file = `${slug === '' ? 'index' : slug}.md`;
    writeNew(new URL(file.split('/').map(encodeURIComponent).join('/'), dir), page.markdown);
    written.push({ slug, title: page.title, address: `${base.replace(/\/$/, '')}/${file}` });
  }
  writeNew(new URL('llms.txt', dir), llmsText(title, written, base, things));
}

/** By https://llmstxt.org: a title, a sentence, and lists of links. */
function llmsText(title: string, pages: WrittenPage[], base: string, things: ReadonlySet<string>): string {
  const own = pages.filter(({ slug }) => !things.has(slug) && !slug.startsWith('rules/'));
  const lines = own
    .sort((a, b) => compareText(a.slug, b.slug))
    .map(({ title: name, address }) => `- [${name.replaceAll(/[[\]]/g, '\\$&')}](${address})`);
  const at = (name: string) => `${base.replace(/\/$/, '')}/${name}`;
  return [
    `# ${title}`,
    '> What a GitOps repository deploys, made from its manifests and checked against them. Each page is there as Markdown too: its address with `.md` in the place of the last slash.',
    '## Pages',
    lines.join('\n'),
    '## Data',
    [
      `- [Facts](${at('facts.json')}): every statement of every page, whether it is true, and what could not be known`,
      `- [Names](${at('plumbline/search.json')}): every resource by kind, namespace and name; its page is at resources/KIND/NAMESPACE/NAME.md`,
    ].join('\n'),
    '',
  ].join('\n\n');
}

function writeNew(file: URL, text: string): void {
  if (existsSync(file)) return;
  mkdirSync(dirname(fileURLToPath(file)), { recursive: true });
  writeFileSync(file, text);
}

interface BuiltSite {
  /** Where it was built to. */
  dir: URL;
  files: readonly PageFile[];
  base: string;
  title: string;
  /** Slugs of the pages of resources, of which there may be thousands. */
  things: ReadonlySet<string>;
  read: ReturnType<typeof keptMarkdown>;
}

interface WrittenPage {
  slug: string;
  title: string;
  address: string;
}
