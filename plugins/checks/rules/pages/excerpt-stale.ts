import type { PageRule } from '../rule.ts';

export const excerptStale = {
  name: 'excerpt-stale',
  about: 'page',
  severity: 'error',
  title: 'an excerpt is not what its file says',
  explain: `A fence with \`source="FILE"\` shows a part of that file: the value at \`at\`, a document by \`resource\`, or \`lines\`. Keys, values and comments must be the file's; a line \`# …\` stands for what is left out. An empty fence is filled in. \`plumbline fix\` writes a stale one anew.`,
  failing: `\`\`\`yaml source="K8s/shop/governance/resourcequota.yaml" at="spec.hard"
hard:
  pods: "30"
\`\`\`
`,
  mended: `\`\`\`yaml source="K8s/shop/governance/resourcequota.yaml" at="spec.hard"
hard:
  pods: "20"
\`\`\`
`,
  fixable: true,
} as const satisfies PageRule;
