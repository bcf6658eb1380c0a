import { digestOf } from '../../base/index.ts';
import type { Cache } from '../../source/index.ts';
import type { pageMarkdown } from './page-markdown.ts';

/**
 * What a page says as Markdown, from the cache where a page of the same words was read before: reading a page
 * takes as long as making it. The commit, which all pages name, is no reason to read them again.
 * @param code stands for what reads them.
 */
export function keptMarkdown(cache: Cache, code: string, commit: string | null) {
  const { hide, show } = commitAside(commit);
  return async (html: string): Promise<Markdown> => {
    const main = mainOf(html);
    if (main === null) return null;
    const hidden = hide(main);
    const key = digestOf(`${code}\0${hidden}`, 64);
    const kept = cache.now(kind, key);
    if (kept !== undefined) return shown(JSON.parse(kept.toString()) as Markdown);
    const { pageMarkdown: read } = await import('./page-markdown.ts');
    const markdown = read(hidden);
    await cache.set(kind, key, JSON.stringify(markdown));
    return shown(markdown);
  };

  function shown(page: Markdown): Markdown {
    return page === null ? null : { title: show(page.title), markdown: show(page.markdown) };
  }
}

/** All of a page that its Markdown is made of; null for what is no page of text. */
function mainOf(html: string): string | null {
  const start = html.indexOf('<main');
  const end = html.indexOf('</main>', start);
  return start === -1 || end === -1 ? null : html.slice(start, end + '</main>'.length);
}

/** Puts other words for the commit, whole and short, into a text, and takes them out again. */
function commitAside(commit: string | null) {
  const whole = commit?.replace(/-dirty$/, '') ?? '';
  if (whole === '') return { hide: (text: string) => text, show: (text: string) => text };
  const short = whole.slice(0, 7);
  return {
    hide: (text: string) => text.replaceAll(whole, wholeCommit).replaceAll(short, shortCommit),
    show: (text: string) => text.replaceAll(wholeCommit, whole).replaceAll(shortCommit, short),
  };
}

type Markdown = ReturnType<typeof pageMarkdown>;

const kind = 'markdown';
// Words that Markdown has no sign in.
const wholeCommit = 'plumblineWholeCommit';
const shortCommit = 'plumblineShortCommit';
