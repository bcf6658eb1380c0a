import { takeSteps } from '../../base/index.ts';
import type { IndexedPage } from '../../markdown/index.ts';
import { anchorNames, runsSomething } from '../../markdown/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { splitUrl } from '../links/decoded-url.ts';
import { findLink, isLink } from '../links/find-link.ts';
import { targetOf } from '../links/target.ts';
import type { Lead, LinkStatement, Nowhere, Target } from '../links/types.ts';
import { spending } from '../page-work.ts';
import { missingHeading, missingTarget, runningAddress } from '../rules/pages/link-broken.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext } from '../types.ts';
import { leftOut, type VerdictBase, verdictOf } from '../verdict.ts';

/** A link or image that leads to another page, a heading, or a file of the repository. */
export const link = {
  counted: { as: 'links', one: 'link', many: 'links' },
  share: { as: 'links', one: 'link', unstated: (node, stated) => (stated === 0 && isLink(node) ? 1 : 0) },
  // A link that leads somewhere says nothing of the platform.
  inSentences: false,
  find: (page) => (spot) => findLink(spot, page),
  judge: judgeLink,
  nameOf: ({ url }) => url,
} as const satisfies StatementKind<LinkVerdict>;

/**
 * A link must lead to a page, a heading or a file that exists. Held against the sources, not against a built
 * site as `starlight-links-validator` does it: that one needs a build, knows no files of the repository, and
 * takes pages that lie outside `src/content/docs` for missing ones.
 */
export async function judgeLink(statement: LinkStatement, context: CheckContext): Promise<LinkVerdict> {
  if (runsSomething(statement.url, statement.kind)) return wrong(statement, runningAddress(statement));
  const target = await targetOf(statement, context);
  if (target.to === 'unknown') return unverified(statement, target.why);
  if (target.to === 'nowhere') {
    const { component } = statement;
    if (component !== null) return unverified(statement, `\`<${component}>\` may make another address of it`);
    return wrong(statement, await missingTarget(statement, target, context));
  }
  const result = { target: target.name, lead: target.lead ?? null };
  const held = spending(context, () => heldToHeadings(statement, target, result, context));
  return held.ok ? held.value : leftOut(statement, 'link', held.why);
}

/** Whether a page that a link leads to has the heading that it names. */
function heldToHeadings(
  statement: LinkStatement,
  target: Exclude<Target, Nowhere | { to: 'unknown' }>,
  result: LinkResult,
  context: CheckContext,
): LinkVerdict {
  const { fragment } = splitUrl(statement.url);
  const isAnchor = fragment !== null && !/^(?:$|top$|_top$|:~:|user-content-|L\d+)/.test(fragment);
  if (target.to === 'page' && isAnchor && !hasAnchor(target.page, fragment, context)) {
    const isBoard = target.page.hasBoards && /^[^.]+\.(?:base|layers|scenarios|steps)\b/.test(fragment);
    if (!target.page.open && !isBoard)
      return { ...wrong(statement, missingHeading(statement, target.page, fragment)), result };
    const why = isBoard
      ? 'the anchors of a diagram are made when it is drawn'
      : target.page.isRead
        ? `${target.name} shows more than its own text`
        : `${target.name} was not read`;
    return { ...unverified(statement, why), result };
  }
  return verdictOf(statement, 'true', { result });
}

function unverified(statement: LinkStatement, why: string): LinkVerdict {
  const what = `link ${statement.url}`;
  const unread = [{ kind: 'link' as const, what, why, origin: statement.place }];
  return verdictOf(statement, 'unverified', { unverified: unread });
}

/**
 * A site of ours has its own anchors alone; else the configuration may name the renderer. Pages for whose
 * renderer nothing speaks may be rendered by any: theirs are those of the usual ones, the second of a name
 * with a number. An `id` that is written out is one everywhere.
 */
function hasAnchor({ headings }: IndexedPage, fragment: string, { platform, site }: CheckContext): boolean {
  const { slugs } = platform.config;
  if (!takeSteps(1)) return true;
  const names = anchorNames(headings);
  const isMade = slugs !== undefined && slugs !== 'github';
  if ((isMade ? names.written : names.all).has(fragment)) return true;
  if (slugs === undefined && site !== null) return false;
  const once = fragment.replace(/[-_]\d+$/, '');
  const made = names.slugs(slugs);
  return made.has(fragment) || made.has(once);
}

function wrong(statement: LinkStatement, diagnostic: Diagnostic): LinkVerdict {
  return verdictOf(statement, 'false', { diagnostics: [diagnostic] });
}

interface LinkResult {
  /** Name of the page or file that it leads to. */
  target: string;
  /** Where the site makes it lead; null where it leads there as it is written. */
  lead: Lead | null;
}

type LinkVerdict = VerdictBase<LinkStatement, LinkResult>;
