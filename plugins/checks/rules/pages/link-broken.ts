import { counted, inCode, isMisspelt, nearest } from '../../../base/index.ts';
import { anchorNames, type IndexedPage, schemeThatRuns } from '../../../markdown/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { type Details, diagnose, suggestion } from '../../diagnose.ts';
import { splitUrl } from '../../links/decoded-url.ts';
import { nearestTargets } from '../../links/nearest-target.ts';
import type { LinkStatement, Nowhere } from '../../links/types.ts';
import type { CheckContext } from '../../types.ts';
import type { PageRule } from '../rule.ts';

export const linkBroken = {
  name: 'link-broken',
  about: 'page',
  severity: 'error',
  title: 'a link leads nowhere',
  explain: `Links to other pages, to headings, to images and to files of the repository must lead to something that exists, whether they are written as files (\`../concepts/waves.md#order\`) or as addresses of the site (\`/concepts/waves/\`). On a site of Plumbline they are followed as a browser would that reads the built page, in Markdown, HTML, MDX components (\`href\`, \`src\`), D2 (links and labels) and front matter (\`hero\`, \`prev\`, \`next\`, \`banner\`): an address has the \`base\` and the slash that the site is configured with, drafts are not there, and a file of the repository needs a place where it is read (\`repository.browse\`). Headings are compared by the anchors that the site gives them; where there is no Astro site, by those of GitHub, MkDocs, Jekyll and Hugo. Links to other hosts are not followed; those that a browser would run (\`javascript:\`, \`vbscript:\`, \`data:\`) are refused everywhere, and a picture that lies outside the repository is not shown.`,
  silent: `Says nothing about a destination that is a placeholder (\`ARGOCD_INGRESS_URL\`), an \`href\` that an expression works out, and MDX components, D2 and front matter where Plumbline has no site.

Where only a build or another repository can tell, the link is *not verified*:

- addresses from the root of a site that is not here, that makes pages while it is built, or to which a package may add some;
- a component that is not Starlight's and may change its \`href\`;
- what lies outside the repository, and what Git ignores;
- an image or a page whose source lies beside it;
- anchors of a page that shows more than its own text, or whose diagrams have boards.`,
  failing: `## The order of waves

What comes first is in [the order](#the-order-of-wave).
`,
  mended: `## The order of waves

What comes first is in [the order](#the-order-of-waves).
`,
  fixable: true,
} as const satisfies PageRule;

/** A page, an image or a file that is not there, or not where a browser asks for it. */
export async function missingTarget(
  statement: LinkStatement,
  found: Nowhere,
  context: CheckContext,
): Promise<DiagnosticOf<'link-broken'>> {
  const { path, query, written } = splitUrl(statement.url);
  const rest = `${query}${written === null ? '' : `#${written}`}`;
  const isExplained = found.actual !== undefined;
  const candidates =
    found.instead?.map((one) => one + rest) ?? (isExplained ? [] : await nearestTargets(statement, context));
  const isPage = /\.mdx?$/.test(path) || path.startsWith('/');
  const what = statement.kind === 'image' ? 'image' : isPage ? 'page' : 'file';
  return broken(
    statement,
    {
      message: `the link \`${statement.url}\` leads to no ${what}`,
      expected: statement.kind === 'image' ? 'an image' : 'a page, a file or a folder',
      actual: found.actual ?? `there is no \`${path}\` ${path.startsWith('/') ? 'on the site' : 'from here'}`,
      candidates,
      ...(found.help && candidates.length === 0 ? { help: found.help } : {}),
    },
    found.isSure,
  );
}

/** A heading that its page does not have. */
export function missingHeading(
  statement: LinkStatement,
  page: IndexedPage,
  fragment: string,
): DiagnosticOf<'link-broken'> {
  const { path, query } = splitUrl(statement.url);
  const slugs = nearest(fragment, anchorNames(page.headings).all);
  const near = slugs.flatMap((slug) => page.headings.find((heading) => heading.slug === slug) ?? []);
  const where = path === '' ? 'this page' : `\`${page.file ?? page.slug}\``;
  return broken(statement, {
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
  });
}

/** An address that a browser would run. */
export function runningAddress(statement: LinkStatement): DiagnosticOf<'link-broken'> {
  const { url, kind } = statement;
  const shown = url.trim().replaceAll(/\s+/g, ' ').slice(0, 60);
  return broken(statement, {
    message: `the ${kind === 'image' ? 'picture' : 'link'} ${inCode(shown)} may not use the scheme \`${schemeThatRuns(url, kind)}:\``,
    expected: kind === 'image' ? 'a picture of the repository' : 'a page, a file, or an address on the web',
    actual: 'an address that a browser runs or makes a page of: it is not published',
    candidates: [],
    help:
      kind === 'image'
        ? 'put the picture into the repository, and show it by its path'
        : 'link to a page or a file by its path, or to `https:`',
  });
}

function broken(
  statement: LinkStatement,
  details: Details,
  isSure: boolean = false,
): DiagnosticOf<'link-broken'> {
  const { candidates = [] } = details;
  const [only, ...others] = candidates;
  const isCertain = only !== undefined && others.length === 0 && (isSure || isSame(statement.url, only));
  return diagnose(linkBroken, {
    about: statement.url,
    page: statement.place,
    ...details,
    help: suggestion(candidates) ?? details.help ?? 'correct the link, or take it out',
    ...(isCertain ? { fix: { replacement: statement.inQuotes ? `"${only}"` : only } } : {}),
  });
}

/**
 * A file that has only moved or changed its ending, or a name that is misspelt. A name in capitals
 * (`LICENSE`, `TESTING.md`) is that of many files.
 */
function isSame(written: string, right: string): boolean {
  const nameOf = (url: string) => splitUrl(url).path.replace(/\/$/, '').split('/').at(-1) ?? '';
  const stemOf = (url: string) => nameOf(url).replace(/\.\w+$/, '');
  const isMoved = /[a-z]/.test(stemOf(written)) && stemOf(written) === stemOf(right);
  return isMoved || isMisspelt(written, right);
}
