import type { Rule } from '../types.ts';

export const diagramDuplicate = {
  name: 'diagram-duplicate',
  about: 'page',
  severity: 'warning',
  title: 'a page shows the same diagram twice',
  explain: `Two diagrams of a page with the same D2 text, or the same view with the same options, are most often a copy that was meant to be changed. Both are drawn; titles may differ.`,
  failing: `\`\`\`d2 title="Before"
shop: Shop { link: "gitops:AppProject/shop" }
\`\`\`

\`\`\`d2 title="After"
shop: Shop { link: "gitops:AppProject/shop" }
\`\`\`
`,
  mended: `\`\`\`d2 title="Before"
shop: Shop { link: "gitops:AppProject/shop" }
\`\`\`

\`\`\`d2 title="After"
shop: Shop { link: "gitops:AppProject/shop" }
audit: Audit { link: "gitops:AppProject/audit" }
\`\`\`
`,
} as const satisfies Rule;
