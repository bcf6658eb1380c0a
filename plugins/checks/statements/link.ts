import { counted, isMisspelt, nearest } from '../../base/index.ts';
import type { IndexedPage } from '../../markdown/index.ts';
import { type Details, diagnose, suggestion } from '../diagnose.ts';
import { splitUrl } from '../links/decoded-url.ts';
import { nearestTargets } from '../links/nearest-target.ts';
import { targetOf } from '../links/target.ts';
import { linkBroken } from '../rules/pages/link-broken.ts';
import type { CheckContext, LinkStatement } from '../types.ts';
import type { VerdictOf } from '../verdict.ts';

/**
 * A link must lead to a page, a heading or a file that exists. Held against the sources, not against a built site as
 * `starlight-links-validator` does it: that one needs a build, knows no files of the repository, and takes pages that lie
 * outside `src/content/docs` for missing ones.
 */
export async function judgeLink(statement: LinkStatement, context: CheckContext): Promise<VerdictOf<'link'>> {
  const target = await targetOf(statement, context);
  if (target.to === 'unknown') {
    const unverified = [{ what: `link ${statement.url}`, why: target.why, origin: statement.place }];
    return { statement, outcome: 'unverified', diagnostics: [], unverified, result: null };
  }
  if (target.to === 'nowhere') return wrong(statement, await missingTarget(statement, context));
  const { fragment } = splitUrl(statement.url);
  const isAnchor = fragment !== null && !/^(?:$|top$|_top$|:~:|user-content-|L\d+)/.test(fragment);
  if (target.to === 'page' && isAnchor && !target.page.headings.some(({ slug }) => slug === fragment)) {
    const isBoard = target.page.hasBoards && /^[^.]+\.(?:base|layers|scenarios|steps)\b/.test(fragment);
    if (!target.page.open && !isBoard)
      return wrong(statement, missingHeading(statement, target.page, fragment));
    const why = isBoard
      ? 'the anchors of a diagram are made when it is drawn'
      : `${target.name} shows more than its own text`;
    const unverified = [{ what: `link ${statement.url}`, why, origin: statement.place }];
    return { statement, outcome: 'unverified', diagnostics: [], unverified, result: null };
  }
  return { statement, outcome: 'true', diagnostics: [], unverified: [], result: { target: target.name } };
}

function wrong(statement: LinkStatement, details: Details): VerdictOf<'link'> {
  const { candidates = [] } = details;
  const [only, ...others] = candidates;
  const isCertain = only !== undefined && others.length === 0 && isSame(statement.url, only);
  const diagnostic = diagnose(linkBroken, {
    about: statement.url,
    page: statement.place,
    ...details,
    help: suggestion(candidates) ?? 'correct the link, or take it out',
    ...(isCertain ? { fix: { replacement: only } } : {}),
  });
  return { statement, outcome: 'false', diagnostics: [diagnostic], unverified: [], result: null };
}

/** A file that has only moved or changed its ending, or a name that is misspelt. */
function isSame(written: string, right: string): boolean {
  const nameOf = (url: string) => splitUrl(url).path.replace(/\/$/, '').split('/').at(-1) ?? '';
  const stemOf = (url: string) => nameOf(url).replace(/\.\w+$/, '');
  return (stemOf(written) !== '' && stemOf(written) === stemOf(right)) || isMisspelt(written, right);
}

async function missingTarget(statement: LinkStatement, context: CheckContext): Promise<Details> {
  const { path } = splitUrl(statement.url);
  const candidates = await nearestTargets(statement, context);
  const isPage = /\.mdx?$/.test(path) || path.startsWith('/');
  const what = statement.kind === 'image' ? 'image' : isPage ? 'page' : 'file';
  return {
    message: `the link \`${statement.url}\` leads to no ${what}`,
    expected: statement.kind === 'image' ? 'an image' : 'a page, a file or a folder',
    actual: `there is no \`${path}\` ${path.startsWith('/') ? 'on the site' : 'from here'}`,
    candidates,
  };
}

function missingHeading(statement: LinkStatement, page: IndexedPage, fragment: string): Details {
  const { path, query } = splitUrl(statement.url);
  const slugs = nearest(
    fragment,
    page.headings.map(({ slug }) => slug),
  );
  const near = slugs.flatMap((slug) => page.headings.find((heading) => heading.slug === slug) ?? []);
  const where = path === '' ? 'this page' : `\`${page.file ?? page.slug}\``;
  return {
    message: `${where} has no heading \`#${fragment}\``,
    expected: `the anchor of a heading of ${where}`,
    actual: `it has ${counted(page.headings.length, 'anchor')}`,
    candidates: slugs.map((slug) => `${path}${query}#${slug}`),
    sources: near.map(({ line }) => ({
      file: page.file ?? '',
      line,
      column: 1,
      endLine: line,
      endColumn: 1,
      resource: null,
      path: null,
      role: 'nearest',
      via: [],
    })),
  };
}
