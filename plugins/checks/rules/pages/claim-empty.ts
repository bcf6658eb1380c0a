import type { Attribute } from '../../../markdown/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { type Query, type Subject, whyEmpty } from '../../../query/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { counted } from '../../attribute-checks.ts';
import { diagnose } from '../../diagnose.ts';
import { subjectSource } from '../../subjects.ts';
import type { PageRule } from '../rule.ts';

export const claimEmpty = {
  name: 'claim-empty',
  about: 'page',
  severity: 'error',
  title: 'a statement speaks of nothing',
  explain: `A selection that matches no resource makes a claim false, whatever it says: otherwise a renamed folder would make every sentence about it true. So it does a fact, a table and a diagram, unless \`empty="reason"\` says that there may be nothing; the page then shows the reason. The part of the selection that is to blame is pointed at.`,
  silent: `Where something that is not read could be selected: the statement is *not verified*, and names that part. With \`written && …\` it asks only about this repository's own manifests.`,
  failing: `:claim[Secret stores come early]{of="kind == 'SecretsStore'" all="wave < 0"}
`,
  mended: `:claim[Secret stores come early]{of="kind == 'SecretStore'" all="wave < 0"}
`,
} as const satisfies PageRule;

/** A selection that selects nothing: says what was searched, and which part of it is to blame. */
export function emptyFault(
  platform: Platform,
  query: Query,
  of: Attribute,
  kind: Subject['kind'],
  claimed: { about: string; what: string; mayBeEmpty?: boolean },
): DiagnosticOf<'claim-empty'> {
  const { part, help, candidates, found } = whyEmpty(query, of.value, kind);
  const blame = part === null ? of.place : of.at(part.offset, part.text.length);
  const [, plural = ''] = counted(2, kind).split(/ (.*)/);
  return diagnose(claimEmpty, {
    about: `${claimed.about}|${of.value}`,
    page: blame,
    message: `${claimed.what} selects no ${plural}`,
    sources: found.slice(0, 3).map((subject) => subjectSource(platform, subject, 'nearest')),
    expected: 'at least one match',
    actual: `none of ${counted(query.subjects(kind).length, kind)}`,
    candidates,
    help: claimed.mayBeEmpty ? `${help}; ${mayBeEmpty}` : help,
  });
}

/** A view or a value without anything in it, where no part of a selection is to blame. */
export function rowlessFault(fault: {
  about: string;
  page: Attribute['place'];
  message: string;
}): DiagnosticOf<'claim-empty'> {
  return diagnose(claimEmpty, { ...fault, help: mayBeEmpty });
}

const mayBeEmpty = 'where it may be so, say why: `empty="reason"`';
