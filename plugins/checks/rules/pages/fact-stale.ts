import type { Attribute } from '../../../markdown/index.ts';
import type { Subject } from '../../../query/index.ts';
import type { DiagnosticOf, DiagnosticSource, Place } from '../../../source/index.ts';
import { counted } from '../../attribute-checks.ts';
import { diagnose } from '../../diagnose.ts';
import { shownSources } from '../../subjects.ts';
import type { PageRule } from '../rule.ts';

export const factStale = {
  name: 'fact-stale',
  about: 'page',
  severity: 'error',
  title: 'a fact is out of step with the manifests',
  explain: `A fact shows a literal that must equal what the model says. Counts may be written as words up to twelve; empty brackets are filled in.`,
  silent: `Where something that is not read could make the written value right: the fact is *not verified*, and names that part, and \`fix\` leaves it alone. A number that no unread part could make right is told.`,
  failing: `There are :fact[three]{count="kind == 'AppProject'"} projects.
`,
  mended: `There are :fact[two]{count="kind == 'AppProject'"} projects.
`,
  fixable: true,
} as const satisfies PageRule;

/** A count that the page gives otherwise, with what was counted. */
export function staleCount({
  statement,
  over,
  count,
  subjects,
  written,
  replacement,
  atLeast,
  sources,
}: StaleCount): DiagnosticOf<'fact-stale'> {
  const { literal } = statement;
  return diagnose(factStale, {
    about: `count|${over}|${count.value}`,
    page: statement.literalPlace,
    message: `the page says \`${literal}\`, the manifests say ${atLeast ? 'at least ' : ''}${subjects.length}${written === undefined ? ' (and the literal is no number)' : ''}`,
    sources,
    expected: `${atLeast ? 'at least ' : ''}${subjects.length}`,
    actual: literal,
    candidates: atLeast ? [] : [replacement],
    // What is not read may hold more: nobody knows the number.
    ...(atLeast ? {} : { fix: { replacement: statement.written(replacement) } }),
    help: atLeast
      ? `count only what is known, as with \`written && …\`: ${listing(subjects, over)} where \`${count.value}\``
      : `write \`${replacement}\`, or mend the selection: ${listing(subjects, over)} where \`${count.value}\``,
  });
}

/** A value that the page gives otherwise, with where it is declared. */
export function staleValue({
  statement,
  expression,
  shown,
  replacement,
  sources,
}: StaleValue): DiagnosticOf<'fact-stale'> {
  const { literal } = statement;
  return diagnose(factStale, {
    about: `value|${expression}`,
    page: statement.literalPlace,
    message: `the page says \`${literal}\`, the manifests say \`${shown}\``,
    sources,
    expected: shown,
    actual: literal,
    candidates: [replacement],
    fix: { replacement: statement.written(replacement) },
    help: `write \`${replacement}\`, or mend the expression \`${expression}\``,
  });
}

/** One value on the page where the expression gives a list: a whole list in its place would be no mending. */
export function listForOne({
  statement,
  expression,
  items,
  sources,
}: Omit<Stale, 'replacement'> & { expression: string; items: string[] }): DiagnosticOf<'fact-stale'> {
  const shown = items.slice(0, 3).map((item) => (item.length > 40 ? `${item.slice(0, 39)}…` : item));
  const list = `${shown.join(', ')}${items.length > 3 ? ', …' : ''}`;
  return diagnose(factStale, {
    about: `value|${expression}`,
    page: statement.literalPlace,
    message: `the page says \`${statement.literal}\`, and \`value\` is a list of ${items.length}`,
    sources,
    expected: `one value, or all: ${list}`,
    actual: statement.literal,
    help: `how many there are is \`size(${expression})\` (${items.length}), all of them \`${operand(expression)}.join(', ')\`, one of them \`${operand(expression)}[0]\``,
  });
}

/** An expression as what a method is called of. */
function operand(expression: string): string {
  return /^[\w.]+(?:\([^()]*\))?[\w.]*$/.test(expression.trim()) ? expression : `(${expression})`;
}

function listing(subjects: Subject[], kind: Subject['kind']): string {
  const more = subjects.length - shownSources;
  return more > 0
    ? `${counted(subjects.length, kind)} (${more} more than are listed)`
    : counted(subjects.length, kind);
}

interface Stale {
  /** The fact: what the page says, and where. */
  statement: { literal: string; literalPlace: Place; written(text: string): string };
  /** What should stand there, written as its author wrote it. */
  replacement: string;
  sources: DiagnosticSource[];
}

interface StaleCount extends Stale {
  over: Subject['kind'];
  count: Attribute;
  subjects: Subject[];
  /** The number that stands there; undefined where it is none. */
  written: number | undefined;
  /** True where something unread may hold more. */
  atLeast: boolean;
}

interface StaleValue extends Stale {
  expression: string;
  /** What the manifests say. */
  shown: string;
}
