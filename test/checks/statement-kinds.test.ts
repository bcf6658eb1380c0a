import { describe, expect, it } from 'vitest';
import {
  kindOf,
  type StatementType,
  shares,
  statementKinds,
  talliesFrom,
} from '../../plugins/checks/index.ts';
import { statementsOf } from '../engine/pages.ts';

const page = `# Kinds

:fact[6]{count="true"} and :claim[x]{of="true" any="true"}, \`K8s/shop\`, \`Widget/a\`, [a link](other.md).

::table{view="waves"}

::diagram{view="projects"}

::waves{of="Application/shop"}

<!-- plumbline:table waves -->

<!-- /plumbline:table -->

\`\`\`d2
a -> b
\`\`\`

\`\`\`yaml source="K8s/a.yaml"
\`\`\`

\`\`\`sh
kubectl get nodes
\`\`\`

::table{view="waves}
`;

describe('the kinds of statements', () => {
  it('find their own, each under the name of its row', () => {
    const found = statementsOf(page).found.map(({ statement }) => statement);
    expect(new Set(found.map(({ type }) => type)).size).toBe(13);
    for (const statement of found) {
      expect(kindOf(statement)).toBe(statementKinds[statement.type]);
      expect(kindOf(statement).nameOf(statement), statement.type).not.toBe('');
    }
  });

  it('leave the first of two kinds what both could find', () => {
    const types = (text: string): StatementType[] =>
      statementsOf(text).found.map(({ statement }) => statement.type);
    expect(types('```d2 source="K8s/a.yaml"\na\n```')).toEqual(['d2']);
    expect(types('```sh source="K8s/a.sh"\nkubectl get nodes\n```')).toEqual(['excerpt']);
  });

  it('share the numbers of a report, in a fixed order', () => {
    const names = [
      'facts',
      'claims',
      'tables',
      'diagrams',
      'paths',
      'references',
      'excerpts',
      'commands',
      'links',
    ];
    expect(talliesFrom().map(({ as }) => as)).toEqual(names);
    expect(talliesFrom('links', 'claims').map(({ as }) => as)).toEqual([
      'links',
      'claims',
      ...names.filter((name) => name !== 'links' && name !== 'claims'),
    ]);
    expect(shares.map(({ as }) => as)).toEqual(names.slice(2));
  });
});
