import type { PageRule } from '../rule.ts';

export const claimEmpty = {
  name: 'claim-empty',
  about: 'page',
  severity: 'error',
  title: 'a claim speaks of nothing',
  explain: `A selection that matches no resource makes a claim false, whatever it says: otherwise a renamed folder would make every sentence about it true. The part of the selection that is to blame is pointed at.`,
  failing: `:claim[Secret stores come early]{of="kind == 'SecretsStore'" all="wave < 0"}
`,
  mended: `:claim[Secret stores come early]{of="kind == 'SecretStore'" all="wave < 0"}
`,
} as const satisfies PageRule;
