import { nearest } from '../../../base/index.ts';
import type { DiagnosticOf, Place } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import type { PageRule } from '../rule.ts';

export const suppressionUnused = {
  name: 'suppression-unused',
  about: 'page',
  severity: 'error',
  title: 'a suppression suppresses nothing, or has no reason',
  explain: `\`<!-- plumbline-ignore RULE: reason -->\` before a block takes that rule's faults out of the block. It needs a reason, and it must be needed.`,
  silent: `Where something in the block is *not verified*, as it is then not known whether the suppression is needed. An unknown rule and a missing reason are always told.`,
  failing: `<!-- plumbline-ignore path-missing: the file moves next week -->

The quota is set in \`K8s/shop/governance/resourcequota.yaml\`.
`,
  mended: `<!-- plumbline-ignore path-missing: the file comes next week -->

The quota will be set in \`K8s/shop/governance/quota.yaml\`.
`,
} as const satisfies PageRule;

/** A suppression without a reason, of no known rule, or with nothing to suppress. */
export function unusedSuppression(
  { rule, reason, place }: Suppression,
  ruleNames: readonly string[],
): DiagnosticOf<'suppression-unused'> {
  const of = { about: `${rule}|${reason}`, page: place };
  if (!ruleNames.includes(rule)) {
    const candidates = nearest(rule, ruleNames);
    return diagnose(suppressionUnused, {
      ...of,
      message:
        rule === ''
          ? 'a suppression names no rule'
          : `a suppression names the rule \`${rule}\`, which there is not`,
      candidates,
      help: suggestion(candidates, ruleNames),
    });
  }
  if (reason === '')
    return diagnose(suppressionUnused, {
      ...of,
      message: `the suppression of \`${rule}\` has no reason`,
      help: `write plumbline-ignore ${rule}: why it is right to be silent here`,
    });
  return diagnose(suppressionUnused, {
    ...of,
    message: `the suppression of \`${rule}\` suppresses nothing: the block after it has no such fault`,
    help: 'drop it, or put it straight before the block it is for',
  });
}

interface Suppression {
  rule: string;
  reason: string;
  place: Place;
}
