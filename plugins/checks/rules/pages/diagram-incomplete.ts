import type { PageRule } from '../rule.ts';

export const diagramIncomplete = {
  name: 'diagram-incomplete',
  about: 'page',
  severity: 'error',
  title: 'a diagram leaves something out',
  explain: `With \`covers="CEL"\` every resource that is selected must be bound to a shape, on whichever board; with \`exact\` nothing else may be. A project that is added later makes the drawing fail until it is drawn.`,
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
