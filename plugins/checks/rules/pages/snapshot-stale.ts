import type { PageRule } from '../rule.ts';

export const snapshotStale = {
  name: 'snapshot-stale',
  about: 'page',
  severity: 'error',
  title: 'a written-out table is not what its view says',
  explain: `What stands between \`<!-- plumbline:table VIEW -->\` and \`<!-- /plumbline:table -->\` is the table that \`plumbline table VIEW\` prints, for pages that are read on a Git host. Its cells must be those of the view, in its order; padding and alignment are free. \`plumbline fix\` writes it anew.`,
  failing: `<!-- plumbline:table resources where="kind == 'Namespace' && name == 'shop'" columns="name, wave" -->

| Name | Wave |
| --- | --: |
| shop | -5 |

<!-- /plumbline:table -->
`,
  mended: `<!-- plumbline:table resources where="kind == 'Namespace' && name == 'shop'" columns="name, wave" -->

| Name | Wave |
| --- | --: |
| shop | -3 |

<!-- /plumbline:table -->
`,
  fixable: true,
} as const satisfies PageRule;
