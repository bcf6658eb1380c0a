import type { PageRule } from '../rule.ts';

export const diagramEdgeUnbacked = {
  name: 'diagram-edge-unbacked',
  about: 'page',
  severity: 'error',
  title: 'no manifest backs an edge',
  explain: `An edge between two bound shapes is a statement: the model must know a relation between the two resources in the direction of the arrow. A plain line states that there is a relation at all, an arrow with two heads one each way. \`edges="unchecked: reason"\` opts a fence out. All of it holds for layers, scenarios and steps as well.`,
  failing: `\`\`\`d2
audit: Audit { link: "gitops:AppProject/audit" }
shop: shop { link: "gitops:Namespace/shop" }
audit -> shop: deploys to
\`\`\`
`,
  mended: `\`\`\`d2
project: Shop { link: "gitops:AppProject/shop" }
shop: shop { link: "gitops:Namespace/shop" }
project -> shop: deploys to
\`\`\`
`,
} as const satisfies PageRule;
