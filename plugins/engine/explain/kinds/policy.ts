import type { Resource } from '../../../model/index.ts';
import { listCell, textCell } from '../../../views/index.ts';
import { anyCommands } from './any-kind.ts';
import { saidCell } from './cells.ts';
import { answer, command, type KindFacts } from './kind-facts.ts';
import { shellLine } from './shell.ts';

/** What a policy is for, how hard it is, and how this repository fares with it. */
export const policy: KindFacts = {
  is: isPolicy,
  answers(resource, { aboutOf }) {
    const about = aboutOf(resource);
    if (about?.is !== 'policy') return [];
    const { description, severity, category, actions, rules } = about;
    const sums = new Map<string, number>();
    for (const { counts } of rules)
      for (const [result, count] of Object.entries(counts)) sums.set(result, (sums.get(result) ?? 0) + count);
    return [
      ...answer('description', description === null ? null : textCell(description)),
      ...answer(
        'says',
        rules.length === 0 ? null : listCell(rules.map(({ message, name }) => textCell(message ?? name))),
      ),
      ...answer('severity', severity === null ? null : textCell(severity)),
      ...answer('category', category === null ? null : textCell(category)),
      ...answer('action', actions.length === 0 ? null : listCell(actions.map(textCell))),
      ...answer(
        'fares',
        sums.size === 0
          ? saidCell({ key: 'policy.judgesNothing' })
          : listCell([...sums].map(([result, count]) => textCell(`${count} ${result}`))),
      ),
    ];
  },
  commands: (resource) => [
    ...command(shellLine('kubectl', 'get', 'policyreports', '-A', '-o', 'wide'), 'command.reports'),
    ...command(shellLine('kubectl', 'events', '-A', '--types=Warning'), 'command.blocked'),
    ...anyCommands(resource),
  ],
};

function isPolicy({ group, kind }: Resource): boolean {
  return (
    (group.endsWith('kyverno.io') && kind.endsWith('Policy')) ||
    (group === 'admissionregistration.k8s.io' && kind.endsWith('Policy'))
  );
}
