import { compareText } from '../../../base/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import type { DiagramStatement, FenceStatement } from '../../diagrams/types.ts';
import type { StatementBase } from '../../types.ts';
import type { PageRule, Raised } from '../rule.ts';

export const diagramDuplicate = {
  name: 'diagram-duplicate',
  about: 'page',
  severity: 'warning',
  title: 'a page shows the same diagram twice',
  explain: `Two diagrams of a page with the same D2 text, or the same view with the same options, are most often a copy that was meant to be changed. Both are drawn; titles may differ.`,
  silent: `Never: both diagrams are on the page.`,
  failing: `\`\`\`d2 title="Before"
shop: Shop { link: "gitops:AppProject/shop" }
\`\`\`

\`\`\`d2 title="After"
shop: Shop { link: "gitops:AppProject/shop" }
\`\`\`
`,
  mended: `\`\`\`d2 title="Before"
shop: Shop { link: "gitops:AppProject/shop" }
\`\`\`

\`\`\`d2 title="After"
shop: Shop { link: "gitops:AppProject/shop" }
audit: Audit { link: "gitops:AppProject/audit" }
\`\`\`
`,
  check: repeatedDiagrams,
} as const satisfies PageRule;

/**
 * Each diagram that an earlier one already shows: the same D2 text, or the same view with the same options;
 * titles may differ.
 */
function repeatedDiagrams(statements: readonly StatementBase[]): Raised<'diagram-duplicate'>[] {
  const seen = new Map<string, StatementBase>();
  return statements.flatMap((statement) => {
    const content = contentOf(statement);
    const first = content === null ? undefined : seen.get(content);
    if (content !== null && !first) seen.set(content, statement);
    return content !== null && first ? { statement, diagnostic: repeated(statement, first, content) } : [];
  });
}

function repeated(
  statement: StatementBase,
  first: StatementBase,
  content: string,
): DiagnosticOf<'diagram-duplicate'> {
  const earlier = { ...first.place, resource: null, path: null, role: 'the first of the two', via: [] };
  return diagnose(diagramDuplicate, {
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
function contentOf(statement: StatementBase): string | null {
  if (!isDiagram(statement)) return null;
  const options = Object.entries(statement.attributes)
    .filter(([name]) => drawing.has(name))
    .map(([name, { value }]) => [name, value])
    .sort(([a = ''], [b = '']) => compareText(a, b));
  const text = statement.type === 'd2' ? statement.source.trim() : '';
  return JSON.stringify([statement.type, text, options]);
}

function isDiagram(statement: StatementBase): statement is DiagramStatement | FenceStatement {
  return statement.type === 'd2' || statement.type === 'diagram';
}

/** Options that change what is drawn. */
const drawing = new Set(['view', 'where', 'of', 'layout']);
