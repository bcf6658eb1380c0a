import type { Attribute, Attributes } from '../../markdown/index.ts';
import type { SubjectKind } from '../../query/index.ts';
import { subjectKind, unknownAttributes } from '../attribute-checks.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { quantifiers } from '../rules/pages/claim-false.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import type { StatementBase } from '../types.ts';

export const claimAttributes = ['of', 'over', ...quantifiers];

/** What a claim asks, or what is wrong with how it is written. */
export function askedTest(
  statement: StatementBase & { attributes: Attributes },
): AskedTest | { ok: false; faults: Diagnostic[] } {
  const { attributes } = statement;
  const faults = unknownAttributes(statement, claimAttributes, '`:claim`');
  const given = quantifiers.filter((name) => attributes[name] !== undefined);
  const [quantifier] = given;
  const of = attributes.of;
  const over = subjectKind(statement);
  if (!over.ok) faults.push(over.fault);
  const example = 'such as {of="kind == \'Namespace\'" all="wave < 0"}';
  if (!of)
    faults.push(formFault(statement, '`:claim` needs `of="CEL"`: what it speaks of', { help: example }));
  if (given.length !== 1) {
    const message = given.length === 0 ? '`:claim` has no test' : `\`:claim\` has ${given.length} tests`;
    faults.push(
      formFault(statement, `${message}: give one of \`all\`, \`any\`, \`none\`, \`count\``, {
        help: example,
      }),
    );
  }
  const decide = quantifier === undefined ? undefined : attributes[quantifier];
  const comparison = quantifier === 'count' && decide ? comparisonFrom(decide.value) : null;
  if (quantifier === 'count' && decide && !comparison) {
    const help = 'a number with one of == != < <= > >= before it: count="6" or count=">= 2"';
    faults.push(
      formFault(statement, `\`count\` is no comparison: \`${decide.value}\``, { place: decide.place, help }),
    );
  }
  if (faults.length > 0 || !of || !decide || !over.ok || quantifier === undefined)
    return { ok: false, faults };
  return { ok: true, kind: over.kind, of, quantifier, decide, comparison };
}

function comparisonFrom(text: string): Comparison | null {
  const match = /^\s*(==|!=|<=|>=|<|>)?\s*(\d{1,9})\s*$/.exec(text);
  if (!match) return null;
  const wanted = Number(match[2]);
  const operator = match[1] ?? '==';
  const holds = (count: number) =>
    ({
      '==': count === wanted,
      '!=': count !== wanted,
      '<': count < wanted,
      '<=': count <= wanted,
      '>': count > wanted,
      '>=': count >= wanted,
    })[operator] ?? false;
  return { exact: operator === '==', wanted, holds };
}

interface AskedTest {
  ok: true;
  /** Of what, */
  kind: SubjectKind;
  /** which of them, */
  of: Attribute;
  /** and what has to hold. */
  quantifier: (typeof quantifiers)[number];
  decide: Attribute;
  /** What `count` is compared with; null of the others. */
  comparison: Comparison | null;
}

interface Comparison {
  exact: boolean;
  wanted: number;
  holds(count: number): boolean;
}
