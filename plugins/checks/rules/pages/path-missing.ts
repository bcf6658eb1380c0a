import type { PageRule } from '../rule.ts';

export const pathMissing = {
  name: 'path-missing',
  about: 'page',
  severity: 'error',
  title: 'a path matches no file',
  explain: `Inline code that begins with a manifest root is a path or a glob. It must match at least one file of the repository, so that a moved or renamed file cannot leave a page behind.`,
  failing: `The quota is set in \`K8s/shop/governance/resource-quota.yaml\`.
`,
  mended: `The quota is set in \`K8s/shop/governance/resourcequota.yaml\`.
`,
  fixable: true,
} as const satisfies PageRule;
