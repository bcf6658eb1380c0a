import type { PolicyResult, PolicyStatus } from '../../model/index.ts';
import { reference, text } from '../cells.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';

/** How the stacks fare with the policies, one row a policy and stack. */
export const policyMatrix: TableView = {
  name: 'policy-matrix',
  title: 'Policies and stacks',
  summary: 'How every stack fares with every policy: how many of its results there are of each kind.',
  subject: 'policyresult',
  columns: [
    { name: 'policy', label: 'Policy', says: 'name of the policy', cel: null },
    { name: 'stack', label: 'Stack' },
    { name: 'pass', label: 'Pass', align: 'right', cel: null, says: 'how many pass' },
    { name: 'fail', label: 'Fail', align: 'right', cel: null, says: 'how many fail, or are warned of' },
    { name: 'error', label: 'Error', align: 'right', cel: null, says: 'how many Kyverno cannot evaluate' },
    { name: 'skip', label: 'Skip', align: 'right', cel: null, says: 'how many are passed over' },
    {
      name: 'unverified',
      label: 'Unverified',
      align: 'right',
      cel: null,
      says: 'how many only a cluster knows',
    },
  ],
  rows(platform, query) {
    const groups = Map.groupBy(query.subjects('policyresult'), ({ record, resource }) =>
      [record.policy, resource?.stack ?? ''].join('\0'),
    );
    return [...groups.values()].flatMap((group): ViewRow[] => {
      const [subject] = group;
      if (!subject) return [];
      const { record, resource } = subject;
      const count = (...results: PolicyStatus[]): Cell => countCell(group, results);
      const cells = {
        policy: reference(platform.resource(record.policy)?.name ?? record.policy, record.policy),
        stack: text(resource?.stack ?? null),
        pass: count('pass'),
        fail: count('fail', 'warn'),
        error: count('error'),
        skip: count('skip'),
        unverified: count('unverified'),
      };
      const id = `${record.policy}#${resource?.stack ?? ''}`;
      return [{ id, subject, cells, origin: platform.resource(record.policy)?.origin ?? null }];
    });
  },
};

function countCell(group: readonly { record: PolicyResult }[], results: readonly PolicyStatus[]): Cell {
  const found = group.filter(({ record }) => results.includes(record.result)).length;
  const isBad = found > 0 && results.some((one) => one === 'fail' || one === 'error');
  return isBad ? { ...text(found), tone: 'bad' } : text(found);
}
