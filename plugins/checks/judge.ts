import { formFault } from './rules/pages/directive-invalid.ts';
import { judgeClaim } from './statements/claim.ts';
import { judgeCommand } from './statements/command.ts';
import { judgeDiagram } from './statements/diagram.ts';
import { judgeExcerpt } from './statements/excerpt.ts';
import { judgeFact } from './statements/fact.ts';
import { judgeFence } from './statements/fence.ts';
import { judgeLink } from './statements/link.ts';
import { judgePath } from './statements/path.ts';
import { judgeReference } from './statements/reference.ts';
import { judgeSnapshot } from './statements/snapshot.ts';
import { judgeTable } from './statements/table.ts';
import type { CheckContext, Statement } from './types.ts';
import type { Verdict } from './verdict.ts';

/**
 * Holds a statement against the model. Never throws for what an author or a manifest can do: everything that is wrong is a
 * diagnostic of the verdict, and the verdict's result is what the page shows.
 */
export async function judge(statement: Statement, context: CheckContext): Promise<Verdict> {
  switch (statement.type) {
    case 'table':
      return judgeTable(statement, context);
    case 'diagram':
      return judgeDiagram(statement, context);
    case 'd2':
      return judgeFence(statement, context);
    case 'fact':
      return judgeFact(statement, context);
    case 'claim':
      return judgeClaim(statement, context);
    case 'path':
      return judgePath(statement, context);
    case 'reference':
      return judgeReference(statement, context);
    case 'excerpt':
      return judgeExcerpt(statement, context);
    case 'snapshot':
      return judgeSnapshot(statement, context);
    case 'command':
      return judgeCommand(statement, context);
    case 'link':
      return judgeLink(statement, context);
    case 'malformed': {
      const { message, help, candidates } = statement;
      const diagnostics = [formFault(statement, message, { help, candidates })];
      return { statement, outcome: 'invalid', diagnostics, unverified: [], result: null };
    }
  }
}
