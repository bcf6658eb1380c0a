import type { Rule } from '../types.ts';

export const diagramInvalid = {
  name: 'diagram-invalid',
  about: 'page',
  severity: 'error',
  title: 'a diagram cannot be drawn',
  explain: `A \`d2\` fence must compile with the real D2, its imports must exist, and its links may not run anything. \`@gitops/classes\` and \`@gitops/<view>\` come from the model; other imports are files beside the page.`,
  failing: `\`\`\`d2
cart: Cart {
  shape: squircle
}
\`\`\`
`,
  mended: `\`\`\`d2
cart: Cart {
  shape: circle
}
\`\`\`
`,
} as const satisfies Rule;
