import type { Rule } from '../types.ts';

export const directiveInvalid = {
  name: 'directive-invalid',
  about: 'page',
  severity: 'error',
  title: 'a directive does not make sense',
  explain: `\`::table\`, \`::diagram\`, \`:fact\`, \`:claim\` and \`d2\` fences take the attributes that they know and no others. A directive that does not parse would be plain text on the page, silently; it is a fault here.`,
  failing: `::table{vew="resources"}
`,
  mended: `::table{view="resources"}
`,
} as const satisfies Rule;
