import type { Rule } from '../types.ts';

export const suppressionUnused = {
  name: 'suppression-unused',
  about: 'page',
  severity: 'error',
  title: 'a suppression suppresses nothing, or has no reason',
  explain: `\`<!-- plumbline-ignore RULE: reason -->\` before a block takes that rule's faults out of the block. It needs a reason, and it must be needed.`,
  failing: `<!-- plumbline-ignore path-missing: the file moves next week -->

The quota is set in \`K8s/shop/governance/resourcequota.yaml\`.
`,
  mended: `<!-- plumbline-ignore path-missing: the file comes next week -->

The quota will be set in \`K8s/shop/governance/quota.yaml\`.
`,
} as const satisfies Rule;
