import type { PageRule } from '../rule.ts';

export const commandUnknown = {
  name: 'command-unknown',
  about: 'page',
  severity: 'error',
  title: 'a command names what there is not',
  explain: `Commands in shell fences are looked up, never run: the kinds, names, namespaces and folders that \`kubectl\`, \`argocd\`, \`helm\` and \`kustomize\` are given must be those of the repository, so that whoever is on call can trust what they copy. Gaps such as \`<name>\` or \`$APP\`, Pods and other things that controllers make, and what the page itself creates are not asked for. What a chart may bring that could not be read counts as not verified.`,
  failing: `\`\`\`sh
kubectl -n shop rollout restart deployment/carts
\`\`\`
`,
  mended: `\`\`\`sh
kubectl -n shop rollout restart deployment/cart
\`\`\`
`,
  fixable: true,
} as const satisfies PageRule;
