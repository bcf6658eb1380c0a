import { type Policy, type PolicyRule, type PolicyStatus, resultCounts } from '../../model/index.ts';
import type { WordKey } from '../../words/index.ts';
import { code, list, reference, text } from '../cells.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/** Kyverno's policies, one row a rule. */
export const policies: TableView = {
  name: 'policies',
  title: 'Policies',
  summary:
    'Every policy rule: what it matches, what it does, and how many of the repository\u2019s own resources it matches.',
  subject: 'policy',
  columns: [
    { name: 'policy', label: 'Policy', says: 'name of the policy' },
    { name: 'rule', label: 'Rule', cel: 'rule.name', says: 'name of the rule' },
    { name: 'type', label: 'Type' },
    { name: 'kinds', label: 'Kinds' },
    { name: 'scope', label: 'Scope' },
    { name: 'action', label: 'Action', says: '`Enforce`, `Audit`, or what it makes or changes' },
    {
      name: 'matches',
      label: 'Matches',
      align: 'right',
      cel: 'matches.size()',
      says: 'how many resources it matches',
    },
    { name: 'pass', label: 'Pass', align: 'right', cel: null, says: 'how many of these pass' },
    { name: 'fail', label: 'Fail', align: 'right', cel: null, says: 'how many fail' },
    { name: 'warn', label: 'Warn', align: 'right', cel: null, hidden: true, says: 'how many are warned of' },
    {
      name: 'error',
      label: 'Error',
      align: 'right',
      cel: null,
      hidden: true,
      says: 'how many Kyverno cannot evaluate',
    },
    {
      name: 'skip',
      label: 'Skip',
      align: 'right',
      cel: null,
      hidden: true,
      says: 'how many are passed over',
    },
    {
      name: 'unverified',
      label: 'Unverified',
      align: 'right',
      cel: null,
      hidden: true,
      says: 'how many only a cluster knows',
    },
    { name: 'target', label: 'Target', hidden: true },
    { name: 'message', label: 'Message', hidden: true },
    { name: 'kind', label: 'Kind', hidden: true },
    { name: 'namespace', label: 'Namespace', hidden: true },
  ],
  rows({ model }, query) {
    const counts = resultCounts(model);
    return query.subjects('policy').flatMap((subject): ViewRow[] => {
      const { record } = subject;
      const { rule } = record;
      const cells = {
        policy: reference(record.name, record.id),
        rule: { ...text(rule.name), place: rule.origin },
        type: rule.type === 'unknown' ? saidCell('cell.unknown') : text(typeNames[rule.type]),
        kinds: list(rule.kinds.map(code)),
        scope: list(rule.scope.map(text)),
        action: actionCell(rule),
        matches: text(rule.matches.length),
        ...countCells(rule, (result) => counts(record.id, rule.name, result)),
        target: text(rule.target),
        message: text(rule.message),
        kind: text(record.kind),
        namespace: text(record.namespace),
      };
      return [{ id: `${record.id}#${rule.name}`, subject, cells, origin: rule.origin }];
    });
  },
};

/** Of a rule that judges nothing there is nothing to count. */
function countCells({ type }: PolicyRule, count: (result: PolicyStatus) => number): Record<string, Cell> {
  return Object.fromEntries(
    results.map((result) => {
      if (type !== 'validate') return [result, text(null)];
      const found = count(result);
      const isBad = found > 0 && (result === 'fail' || result === 'error');
      return [result, isBad ? { ...text(found), tone: 'bad' } : text(found)];
    }),
  );
}

const results = ['pass', 'fail', 'warn', 'error', 'skip', 'unverified'] as const;

function actionCell(rule: Policy['rules'][number]): Cell {
  if (rule.action === null) return rule.target === null ? text(null) : targetCell(rule.type, rule.target);
  return rule.action === 'Enforce' ? { text: 'Enforce', tone: 'good' } : { text: rule.action, tone: 'warn' };
}

function targetCell(type: PolicyRule['type'], what: string): Cell {
  const verb = actionVerbs[type];
  return verb === undefined ? text(what) : saidCell(verb, { what });
}

const actionVerbs: Partial<Record<PolicyRule['type'], WordKey>> = {
  generate: 'cell.makes',
  mutate: 'cell.changes',
  cleanup: 'cell.removes',
};

const typeNames: Record<PolicyRule['type'], string> = {
  validate: 'validate',
  mutate: 'mutate',
  generate: 'generate',
  verifyImages: 'verify images',
  cleanup: 'clean up',
  unknown: 'unknown',
};
