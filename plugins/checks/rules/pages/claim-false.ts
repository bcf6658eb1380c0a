import { firstOf } from '../../../base/index.ts';
import type { Attribute } from '../../../markdown/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { type Query, readExpression, type Subject } from '../../../query/index.ts';
import type { DiagnosticOf, DiagnosticSource, Place } from '../../../source/index.ts';
import { counted } from '../../attribute-checks.ts';
import { diagnose } from '../../diagnose.ts';
import { actualOf, nameOf, shownSources, subjectSource } from '../../subjects.ts';
import type { PageRule } from '../rule.ts';

export const claimFalse = {
  name: 'claim-false',
  about: 'page',
  severity: 'error',
  title: 'a claim is false',
  explain: `A claim is a sentence with a test. \`of\` selects what it speaks of; \`all\`, \`any\`, \`none\` or \`count\` decides. Each resource that makes it false is listed with the line that decides.`,
  silent: `Where what is known does not decide and something that is not read could: the claim is *not verified*, and names that part. With \`written && …\` it asks only about this repository's own manifests. A resource that fails the test, and that nothing unread could change, makes the claim false whatever else is unread.`,
  failing: `:claim[Everything that carries a wave comes before wave -2]{of="waveSet" all="wave < -2"}
`,
  mended: `:claim[Everything that carries a wave comes before wave 0]{of="waveSet" all="wave < 0"}
`,
} as const satisfies PageRule;

/** A claim that does not hold, with every subject that makes it false and the line that decides. */
export function falseFault(parts: FalseParts): DiagnosticOf<'claim-false'> {
  const { platform, query, statement, of, decide, quantifier, among, holds } = parts;
  const test = decide.value;
  const fails = among.filter((subject) => !holds.includes(subject));
  const offending = { all: fails, any: among, none: holds, count: among }[quantifier];
  const kind = among[0]?.kind ?? 'resource';
  const [message, expected] = {
    all: [
      `${fails.length} of ${counted(among.length, kind)} ${fails.length === 1 ? 'fails' : 'fail'} \`${test}\``,
      `\`${test}\` for all ${among.length}`,
    ],
    any: [
      `not one of ${counted(among.length, kind)} passes \`${test}\``,
      `\`${test}\` for at least one of ${among.length}`,
    ],
    none: [
      `${holds.length} of ${counted(among.length, kind)} ${holds.length === 1 ? 'passes' : 'pass'} \`${test}\`, and none should`,
      `\`${test}\` for none of ${among.length}`,
    ],
    count: [`${counted(among.length, kind)}, and the page says \`${test}\``, `count ${test}`],
  }[quantifier];
  const offences = offending.map((subject) => offenceOf(query, subject, quantifier, test));
  return diagnose(claimFalse, {
    about: `${statement.text}|${of.value}|${quantifier}=${test}`,
    page: statement.place,
    message: `the claim is false: ${message}`,
    sources: sourcesOf(platform, offences),
    expected: expected ?? null,
    actual: foundIn(platform, offences),
    help: 'mend the manifests, or the sentence and its test',
  });
}

/** What decides at a subject: of a conjunction that must hold the part that does not, else the whole test. */
function offenceOf(query: Query, subject: Subject, quantifier: Quantifier, test: string): Offence {
  if (quantifier === 'count') return { subject, actual: null, about: undefined };
  const part = readExpression(test).parts.find(({ text }) => {
    const tested = query.test(text, subject);
    return tested.ok ? !tested.value : tested.error.reason === 'missing';
  });
  const about = quantifier !== 'none' && part ? part.text : test;
  return { subject, actual: actualOf(query, subject, about), about };
}

/** The lines that decide; one that decides for several (a set's template) is shown once. */
function sourcesOf(platform: Platform, offences: Offence[]): DiagnosticSource[] {
  const all = offences.map(({ subject, actual, about }) =>
    subjectSource(platform, subject, actual ?? 'counted', about),
  );
  const grouped = Map.groupBy(all, ({ file, line, column, role }) => `${file}:${line}:${column} ${role}`);
  return [...grouped.values()].slice(0, shownSources).flatMap(([first, ...others]) => {
    if (!first) return [];
    return [
      others.length === 0 ? first : { ...first, role: `${first.role}, and so for ${others.length} more` },
    ];
  });
}

/** `wave is 0: Namespace/a, Namespace/b and 3 more`. */
function foundIn(platform: Platform, offences: Offence[]): string {
  const grouped = Map.groupBy(offences, ({ actual }) => actual);
  const told = [...grouped].slice(0, shownSources).map(([actual, same]) => {
    const who = firstOf(same, shownSources, ({ subject }) => nameOf(platform, subject));
    return actual === null ? who : `${actual}: ${who}`;
  });
  return [...told, ...(grouped.size > told.length ? [`and ${grouped.size - told.length} more`] : [])].join(
    '; ',
  );
}

export const quantifiers = ['all', 'any', 'none', 'count'] as const;

type Quantifier = (typeof quantifiers)[number];

interface Offence {
  subject: Subject;
  /** `wave is 0`. */
  actual: string | null;
  /** The part of the test that decides. */
  about: string | undefined;
}

interface FalseParts {
  platform: Platform;
  query: Query;
  /** The claim: its sentence and where it stands. */
  statement: { text: string; place: Place };
  of: Attribute;
  decide: Attribute;
  quantifier: Quantifier;
  among: Subject[];
  holds: Subject[];
}
