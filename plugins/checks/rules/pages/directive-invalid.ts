import type { DiagnosticOf, Place } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import type { StatementBase } from '../../types.ts';
import type { PageRule } from '../rule.ts';

export const directiveInvalid = {
  name: 'directive-invalid',
  about: 'page',
  severity: 'error',
  title: 'a directive does not make sense',
  explain: `\`::table\`, \`::diagram\`, \`:fact\`, \`:claim\` and \`d2\` fences take the attributes that they know and no others. A directive that does not parse would be plain text on the page, silently; it is a fault here.`,
  silent: `Never: what a directive may say does not depend on the manifests.`,
  failing: `::table{vew="resources"}
`,
  mended: `::table{view="resources"}
`,
} as const satisfies PageRule;

/** A fault of the statement's form, at an attribute or at the statement itself. */
export function formFault(
  statement: StatementBase,
  message: string,
  options: FormOptions = {},
): DiagnosticOf<'directive-invalid'> {
  const { place = statement.place, candidates = [], help = null } = options;
  return diagnose(directiveInvalid, {
    about: `${statement.type}|${message}`,
    page: place,
    message,
    candidates,
    help,
  });
}

/** A page that does not parse at all, with the parser's own words. */
export function pageFault(
  message: string,
  page: Place,
  help = 'in MDX, braces outside directives are JavaScript; look for an unclosed quote or brace',
): DiagnosticOf<'directive-invalid'> {
  return diagnose(directiveInvalid, {
    about: message,
    page,
    message: `the page does not parse: ${message}`,
    help,
  });
}

interface FormOptions {
  place?: Place;
  candidates?: string[];
  help?: string | null;
}
