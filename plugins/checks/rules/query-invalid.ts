import type { Rule } from '../types.ts';

export const queryInvalid = {
  name: 'query-invalid',
  about: 'page',
  severity: 'error',
  title: 'an expression does not make sense',
  explain: `Selections and tests are CEL. An expression that does not parse, names an unknown field or is not of the right type is pointed at where it goes wrong.`,
  failing: `::table{view="resources" where="kind = 'Namespace'"}
`,
  mended: `::table{view="resources" where="kind == 'Namespace'"}
`,
} as const satisfies Rule;
