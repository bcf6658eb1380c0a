import { isPathMisspelt } from '../../../base/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf, Place } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import type { NotFound } from '../../resolve.ts';
import { sourceOf } from '../../subjects.ts';
import type { PageRule } from '../rule.ts';

export const referenceUnknown = {
  name: 'reference-unknown',
  about: 'page',
  severity: 'error',
  title: 'a reference names no resource',
  explain: `Inline code of the form \`Kind/name\` or \`Kind/namespace/name\` must name a resource of the repository; the page links to it. Nearest resources of the same kind are named. What kustomize makes of a name (a prefix, a suffix, the hash of a generator) may be named as it is written. Silent for Pods, Jobs, ReplicaSets and others that controllers name, but for one that is nearly that of a declared one.`,
  silent: `Where something that is not read could hold the resource (a chart, a base, a failed build, or an ApplicationSet that may put such a kind into that namespace): the reference is *not verified*, and names that part. Changelogs are not held to it: they tell of what was.`,
  failing: `Traffic ends at \`Service/shop/carts\`.
`,
  mended: `Traffic ends at \`Service/shop/cart\`.
`,
  fixable: true,
} as const satisfies PageRule;

/** A reference that names no resource, or several. */
export function unknownReference(
  text: string,
  page: Place,
  found: NotFound,
  platform: Platform,
): DiagnosticOf<'reference-unknown'> {
  const [near] = found.candidates;
  return diagnose(referenceUnknown, {
    about: text,
    page,
    message: found.ambiguous
      ? `\`${text}\` names ${found.candidates.length} resources: say which`
      : `\`${text}\` names no resource of the repository`,
    sources: found.nearest
      .slice(0, 3)
      .map((resource) =>
        sourceOf(platform, resource, found.ambiguous ? 'one of them' : 'nearest', ['metadata', 'name']),
      ),
    expected: 'the name of one resource',
    actual: found.searched,
    candidates: found.candidates,
    help: suggestion(found.candidates) ?? 'correct the name, or take it out of inline code if it is none',
    ...(near !== undefined && found.candidates.length === 1 && isPathMisspelt(text, near)
      ? { fix: { replacement: near } }
      : {}),
  });
}
