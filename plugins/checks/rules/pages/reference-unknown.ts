import type { PageRule } from '../rule.ts';

export const referenceUnknown = {
  name: 'reference-unknown',
  about: 'page',
  severity: 'error',
  title: 'a reference names no resource',
  explain: `Inline code of the form \`Kind/name\` or \`Kind/namespace/name\` must name a resource of the repository; the page links to it. Nearest resources of the same kind are named.`,
  failing: `Traffic ends at \`Service/shop/carts\`.
`,
  mended: `Traffic ends at \`Service/shop/cart\`.
`,
  fixable: true,
} as const satisfies PageRule;
