import { firstOf, inCode } from '../../../base/index.ts';
import type { Attribute } from '../../../markdown/index.ts';
import type { Resource } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf, Place } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import { shownSources, sourceOf } from '../../subjects.ts';
import type { PageRule } from '../rule.ts';

export const diagramIncomplete = {
  name: 'diagram-incomplete',
  about: 'page',
  severity: 'error',
  title: 'a diagram leaves something out',
  explain: `With \`covers="CEL"\` every resource that is selected must be bound to a shape, on whichever board; with \`exact\` nothing else may be. A project that is added later makes the drawing fail until it is drawn.`,
  silent: `Where something that is not read could bring another resource that \`covers\` selects, it tells only what is known to be missing; if nothing is, the fence is *not verified*.`,
  failing: `\`\`\`d2 covers="kind == 'AppProject'"
shop: Shop { link: "gitops:AppProject/shop" }
\`\`\`
`,
  mended: `\`\`\`d2 covers="kind == 'AppProject'"
shop: Shop { link: "gitops:AppProject/shop" }
audit: Audit { link: "gitops:AppProject/audit" }
\`\`\`
`,
} as const satisfies PageRule;

/** What `covers` selects and no board binds. */
export function leftOut(
  covers: Attribute,
  wanted: Resource[],
  missing: Resource[],
  platform: Platform,
): DiagnosticOf<'diagram-incomplete'> {
  const nameOf = (resource: Resource) => inCode(platform.referenceOf(resource));
  return diagnose(diagramIncomplete, {
    about: `covers|${covers.value}`,
    page: covers.place,
    message: `the diagram leaves out ${missing.length} of the ${wanted.length} it covers: ${firstOf(missing, shownSources, nameOf)}`,
    sources: missing
      .slice(0, shownSources)
      .map((resource) => sourceOf(platform, resource, 'missing', ['metadata', 'name'])),
    expected: `all ${wanted.length} where ${covers.value}`,
    actual: `${wanted.length - missing.length} bound`,
    help: `add a shape with { link: "gitops:${missing[0] ? platform.referenceOf(missing[0]) : ''}" }`,
  });
}

/** With `exact`: what is bound and `covers` does not select. */
export function drawnBesides(
  covers: Attribute,
  resource: Resource,
  page: Place,
  platform: Platform,
): DiagnosticOf<'diagram-incomplete'> {
  return diagnose(diagramIncomplete, {
    about: `exact|${covers.value}|${resource.id}`,
    page,
    message: `\`exact\`: \`${platform.referenceOf(resource)}\` is drawn and \`covers\` does not select it`,
    sources: [sourceOf(platform, resource, 'declared here', ['metadata', 'name'])],
    help: 'widen `covers`, drop `exact`, or drop the shape',
  });
}
