import { compareText, nearest } from '../../../base/index.ts';
import type { Attribute } from '../../../markdown/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { type ExpressionPart, type Query, readExpression, type Subject } from '../../../query/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { counted } from '../../attribute-checks.ts';
import { diagnose } from '../../diagnose.ts';
import { show, subjectSource } from '../../subjects.ts';
import type { PageRule } from '../rule.ts';

export const claimEmpty = {
  name: 'claim-empty',
  about: 'page',
  severity: 'error',
  title: 'a statement speaks of nothing',
  explain: `A selection that matches no resource makes a claim false, whatever it says: otherwise a renamed folder would make every sentence about it true. So it does a fact, a table and a diagram, unless \`empty="reason"\` says that there may be nothing; the page then shows the reason. The part of the selection that is to blame is pointed at.`,
  silent: `Where something that is not read could be what it selects: the statement is not verified, and names the part. \`written && …\` speaks of this repository's own manifests alone.`,
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
  const { blame, help, candidates, found } = emptyCause(query, of, kind);
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

/** Why a selection is empty, and the part of the attribute that is to blame. */
function emptyCause(query: Query, of: Attribute, kind: Subject['kind']): EmptyCause {
  const { parts } = readExpression(of.value);
  for (const part of parts.toReversed()) {
    const others = parts.filter((other) => other !== part).map((other) => `(${other.text})`);
    const loosened = query.select(others.length === 0 ? 'true' : others.join(' && '), kind);
    if (!loosened.ok || loosened.value.length === 0) continue;
    const blame = of.at(part.offset, part.text.length);
    const { field, literal } = equalityOf(part);
    const values = field === null ? [] : valuesOf(query, loosened.value, field);
    const near = field === null ? [] : nearest(literal, values);
    const few = near.length === 0 && values.length > 0 && values.length <= 12 ? values : [];
    const candidates = near.length > 0 ? near : few;
    const without =
      parts.length > 1
        ? `without \`${part.text}\` it selects ${loosened.value.length}`
        : `nothing passes \`${part.text}\``;
    const hint =
      near.length > 0
        ? `; did you mean \`${near.join('`, `')}\`?`
        : few.length > 0
          ? `; \`${field}\` is one of ${few.join(', ')}`
          : '';
    return { blame, candidates, help: without + hint, found: parts.length > 1 ? loosened.value : [] };
  }
  return { blame: of.place, candidates: [], help: 'no part of the selection matches anything', found: [] };
}

/** `field == 'text'`, the one shape of a part whose nearest values can be named. */
function equalityOf({ comparison }: ExpressionPart): { field: string | null; literal: string } {
  return comparison?.operator === '==' && typeof comparison.literal === 'string'
    ? { field: comparison.field.text, literal: comparison.literal }
    : { field: null, literal: '' };
}

function valuesOf(query: Query, subjects: Subject[], path: string): string[] {
  const values = subjects
    .map((subject) => query.evaluate(path, subject))
    .flatMap((value) => (value.ok ? [value.value] : []));
  return [...new Set(values.filter((value) => typeof value === 'string').map(show))].sort(compareText);
}

interface EmptyCause {
  blame: Attribute['place'];
  candidates: string[];
  help: string;
  found: Subject[];
}
