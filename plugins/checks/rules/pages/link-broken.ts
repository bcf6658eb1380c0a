import type { PageRule } from '../rule.ts';

export const linkBroken = {
  name: 'link-broken',
  about: 'page',
  severity: 'error',
  title: 'a link leads nowhere',
  explain: `Links to other pages, to headings, to images and to files of the repository must lead to something that exists, whether they are written as files (\`../concepts/waves.md#order\`) or as addresses of the site (\`/concepts/waves/\`). Headings are compared by the anchors that the site gives them. Links to other hosts are not followed.`,
  failing: `## The order of waves

What comes first is in [the order](#the-order-of-wave).
`,
  mended: `## The order of waves

What comes first is in [the order](#the-order-of-waves).
`,
  fixable: true,
} as const satisfies PageRule;
