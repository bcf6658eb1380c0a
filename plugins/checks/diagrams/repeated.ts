import { compareText } from '../../base/index.ts';
import type { Diagnostic } from '../../source/index.ts';
import { diagnose } from '../diagnose.ts';
import type { Statement } from '../types.ts';

/**
 * A fault for each diagram of a page that an earlier one already shows: the same D2 text, or the same view with the same options.
 * Both are drawn, each with ids of its own; titles may differ.
 * @returns by the place of the statement among those given.
 */
export function repeatedDiagrams(statements: Statement[]): Map<number, Diagnostic> {
  const faults = new Map<number, Diagnostic>();
  const seen = new Map<string, Statement>();
  for (const [index, statement] of statements.entries()) {
    const content = contentOf(statement);
    if (content === null) continue;
    const first = seen.get(content);
    if (first) faults.set(index, repeated(statement, first, content));
    else seen.set(content, statement);
  }
  return faults;
}

function repeated(statement: Statement, first: Statement, content: string): Diagnostic {
  const earlier = { ...first.place, resource: null, path: null, role: 'the first of the two', via: [] };
  return diagnose('diagram-duplicate', {
    about: content,
    page: statement.place,
    message: `this diagram is the same as the one on line ${first.place.line}`,
    sources: [earlier],
    expected: 'a diagram that the page does not show yet',
    actual: 'the same shapes and edges twice',
    help: 'drop one of the two, or link to the section that has the other',
  });
}

/** What is drawn, without the words about it; null for what is no diagram. */
function contentOf(statement: Statement): string | null {
  if (statement.type !== 'd2' && statement.type !== 'diagram') return null;
  const options = Object.entries(statement.attributes)
    .filter(([name]) => drawing.has(name))
    .map(([name, { value }]) => [name, value])
    .sort(([a = ''], [b = '']) => compareText(a, b));
  const text = statement.type === 'd2' ? statement.source.trim() : '';
  return JSON.stringify([statement.type, text, options]);
}

/** Options that change what is drawn. */
const drawing = new Set(['view', 'where', 'of', 'layout']);
