import type { PageRule } from '../rule.ts';

export const diagramInvalid = {
  name: 'diagram-invalid',
  about: 'page',
  severity: 'error',
  title: 'a diagram cannot be drawn',
  explain: `A \`d2\` fence must compile with the real D2, its imports and icons must be files of the repository, its links may not run anything, and those to a board (\`layers.detail\`) must lead to one. \`@gitops/classes\` and \`@gitops/<view>\` come from the model; other imports are files beside the page.`,
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
} as const satisfies PageRule;
