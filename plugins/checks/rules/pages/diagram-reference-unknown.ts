import { isPathMisspelt } from '../../../base/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf, Place } from '../../../source/index.ts';
import { type Details, diagnose, suggestion } from '../../diagnose.ts';
import type { NotFound } from '../../resolve.ts';
import { sourceOf } from '../../subjects.ts';
import type { PageRule } from '../rule.ts';

export const diagramReferenceUnknown = {
  name: 'diagram-reference-unknown',
  about: 'page',
  severity: 'error',
  title: 'a shape stands for nothing',
  explain: `A shape with \`link: "gitops:Kind/name"\` stands for that resource, which must exist.`,
  silent: `Where something that is not read could hold the resource: the fence is *not verified*, and names that part.`,
  failing: `\`\`\`d2
project: Shop { link: "gitops:AppProject/shopp" }
\`\`\`
`,
  mended: `\`\`\`d2
project: Shop { link: "gitops:AppProject/shop" }
\`\`\`
`,
  fixable: true,
} as const satisfies PageRule;

/** A shape or an edge that is bound to no resource, or to several. */
export function unknownShape(
  id: string,
  link: string,
  found: NotFound,
  page: Place,
  platform: Platform,
): DiagnosticOf<'diagram-reference-unknown'> {
  const reference = link.slice('gitops:'.length);
  const candidates = found.candidates.map((candidate) => `gitops:${candidate}`);
  return diagnose(diagramReferenceUnknown, {
    about: `${id}|${reference}`,
    page,
    message: found.ambiguous
      ? `\`${id}\` stands for \`${reference}\`, which names ${candidates.length} resources: say which`
      : `\`${id}\` stands for \`${reference}\`, which no manifest declares`,
    sources: found.nearest
      .slice(0, 3)
      .map((resource) => sourceOf(platform, resource, 'nearest', ['metadata', 'name'])),
    expected: 'the name of one resource',
    actual: found.searched,
    candidates,
    help: suggestion(candidates) ?? 'bind it to a resource that exists, or drop its link',
    ...certainLink(link, candidates, page),
  });
}

/** The one right link, where the place is that of the written one, with its quotes or without. */
function certainLink(link: string, [only, ...others]: string[], page: Place): Pick<Details, 'fix'> {
  const extra = page.line === page.endLine ? page.endColumn - page.column - link.length : -1;
  if (only === undefined || others.length > 0 || !isPathMisspelt(link, only)) return {};
  if (extra !== 0 && extra !== 2) return {};
  return { fix: { replacement: extra === 0 ? only : `"${only}"` } };
}
