import type { PageRule } from '../rule.ts';

export const diagramReferenceUnknown = {
  name: 'diagram-reference-unknown',
  about: 'page',
  severity: 'error',
  title: 'a shape stands for nothing',
  explain: `A shape with \`link: "gitops:Kind/name"\` stands for that resource, which must exist.`,
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
