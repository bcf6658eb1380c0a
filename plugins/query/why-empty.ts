import { compareText, nearest } from '../base/index.ts';
import { type ExpressionPart, readExpression } from './cel/read-expression.ts';
import type { Subject, SubjectKind } from './subjects/index.ts';
import type { Query } from './types.ts';

/** Why a selection is empty: the part of it that is to blame, and what comes nearest. */
export function whyEmpty(query: Query, expression: string, kind: SubjectKind): EmptyCause {
  const { parts } = readExpression(expression);
  for (const part of parts.toReversed()) {
    const others = parts.filter((other) => other !== part).map((other) => `(${other.text})`);
    const loosened = query.select(others.length === 0 ? 'true' : others.join(' && '), kind);
    if (!loosened.ok || loosened.value.length === 0) continue;
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
    return { part, candidates, help: without + hint, found: parts.length > 1 ? loosened.value : [] };
  }
  return { part: null, candidates: [], help: 'no part of the selection matches anything', found: [] };
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
  return [...new Set(values.filter((value) => typeof value === 'string'))].sort(compareText);
}

interface EmptyCause {
  /** Null where no single part is. */
  part: ExpressionPart | null;
  candidates: string[];
  help: string;
  /** What it would select without that part. */
  found: Subject[];
}
