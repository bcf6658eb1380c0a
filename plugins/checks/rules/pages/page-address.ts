import { inCode } from '../../../base/index.ts';
import type { DiagnosticOf, Place } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import type { PageRule } from '../rule.ts';

export const pageAddress = {
  name: 'page-address',
  about: 'page',
  severity: 'warning',
  title: 'a page has no address of its own',
  explain: `A site has one page at an address. Of two that would have the same (\`b.md\` and \`b/index.md\`, names that differ in their case alone, a \`slug\` that repeats) the second is published under a number. A page in the place of one that Plumbline makes (\`resources/\`, \`rules/\`, \`expressions/\`, \`views/\`) is published, and the made one is not. A \`slug\` that leads out of the site, or is too long for a file, is not taken.`,
  silent: `Where Plumbline has no site: other hosts have addresses of their own.`,
  failing: `---
title: Ours
slug: resources
---
`,
  mended: `---
title: Ours
slug: our-resources
---
`,
} as const satisfies PageRule;

/** What is wrong with the address of a page, at the place of its `slug` or at its beginning. */
export function addressFault(fault: AddressFault, page: Place): DiagnosticOf<'page-address'> {
  const help = 'give it another address: by its file name, or by `slug` in its front matter';
  switch (fault.is) {
    case 'refused':
      return diagnose(pageAddress, {
        about: fault.slug,
        page,
        message: `a site can have no page at the slug ${inCode(shown(fault.slug))}`,
        expected: 'parts of a path without `..`, `?`, `#`, `%` and backslashes, each of 240 bytes at most',
        actual: `it is published at \`/${shown(fault.at)}/\`, by its file name`,
        help,
      });
    case 'second':
      return diagnose(pageAddress, {
        about: fault.slug,
        page,
        message: `this page would have the address of \`${fault.of}\`, \`/${shown(fault.slug)}\``,
        expected: 'an address of its own',
        actual: `it is published at \`/${shown(fault.at)}/\``,
        sources: [
          {
            ...{ file: fault.of, line: 1, column: 1, endLine: 1, endColumn: 1 },
            ...{ resource: null, path: null, role: 'the other page', via: [] },
          },
        ],
        help,
      });
    case 'instead':
      return diagnose(pageAddress, {
        about: fault.slug,
        page,
        message: `this page stands in the place of one that Plumbline makes, \`/${shown(fault.slug)}/\``,
        expected: 'an address of its own',
        actual: 'this page is published, the made one is not: what links to that leads here',
        help,
      });
  }
}

function shown(slug: string): string {
  return slug.length > 80 ? `${slug.slice(0, 80)}…` : slug;
}

export type AddressFault =
  /** Its `slug` is none; `at`: where it is published. */
  | { is: 'refused'; slug: string; at: string }
  /** The page `of` has the address. */
  | { is: 'second'; slug: string; at: string; of: string }
  /** A made page would have the address. */
  | { is: 'instead'; slug: string };
