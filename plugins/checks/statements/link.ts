import type { Diagnostic } from '../diagnostic.ts';
import { splitUrl } from '../links/decoded-url.ts';
import { targetOf } from '../links/target.ts';
import { missingHeading, missingTarget } from '../rules/pages/link-broken.ts';
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

function wrong(statement: LinkStatement, diagnostic: Diagnostic): VerdictOf<'link'> {
  return { statement, outcome: 'false', diagnostics: [diagnostic], unverified: [], result: null };
}
