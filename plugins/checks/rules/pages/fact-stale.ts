import type { PageRule } from '../rule.ts';

export const factStale = {
  name: 'fact-stale',
  about: 'page',
  severity: 'error',
  title: 'a fact is out of step with the manifests',
  explain: `A fact shows a literal that must equal what the model says. Counts may be written as words up to twelve; empty brackets are filled in.`,
  failing: `There are :fact[three]{count="kind == 'AppProject'"} projects.
`,
  mended: `There are :fact[two]{count="kind == 'AppProject'"} projects.
`,
  fixable: true,
} as const satisfies PageRule;
