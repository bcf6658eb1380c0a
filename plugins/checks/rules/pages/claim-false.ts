import type { PageRule } from '../rule.ts';

export const claimFalse = {
  name: 'claim-false',
  about: 'page',
  severity: 'error',
  title: 'a claim is false',
  explain: `A claim is a sentence with a test. \`of\` selects what it speaks of; \`all\`, \`any\`, \`none\` or \`count\` decides. Each resource that makes it false is listed with the line that decides.`,
  failing: `:claim[Everything that carries a wave comes before wave -2]{of="waveSet" all="wave < -2"}
`,
  mended: `:claim[Everything that carries a wave comes before wave 0]{of="waveSet" all="wave < 0"}
`,
} as const satisfies PageRule;
