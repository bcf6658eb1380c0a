import type { PolicyStatus } from '../../model/index.ts';
import { reference, text } from '../cells.ts';
import { createLookup } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';

/** What the rules of policies say, one row a rule and resource. */
export const policyResults: TableView = {
  name: 'policy-results',
  title: 'Policy results',
  summary:
    'What every validating rule says of every resource that it selects, as a report of Kyverno would have it.',
  subject: 'policyresult',
  columns: [
    { name: 'policy', label: 'Policy', says: 'name of the policy', cel: null },
    { name: 'rule', label: 'Rule' },
    { name: 'resource', label: 'Resource' },
    { name: 'result', label: 'Result' },
    { name: 'action', label: 'Action' },
    { name: 'message', label: 'Message' },
    { name: 'kind', label: 'Kind', hidden: true },
    { name: 'namespace', label: 'Namespace', hidden: true },
    { name: 'stack', label: 'Stack', hidden: true },
    { name: 'application', label: 'Application', hidden: true },
  ],
  rows(platform, query) {
    const lookup = createLookup(platform);
    return query.subjects('policyresult').map((subject): ViewRow => {
      const { record, resource } = subject;
      const policy = platform.resource(record.policy);
      const named = resource ? platform.referenceOf(resource) : record.resource;
      const cells = {
        policy: reference(policy?.name ?? record.policy, record.policy),
        rule: text(record.rule),
        resource: { ...reference(named, record.resource), place: record.origin },
        result: resultCell(record.result),
        action: text(record.action),
        message: text(record.message === '' ? null : record.message),
        kind: text(resource?.kind ?? null),
        namespace: lookup.namespaceCell(resource?.namespace ?? null),
        stack: text(resource?.stack ?? null),
        application: lookup.applicationCell(resource?.application ?? null),
      };
      const id = `${record.policy}#${record.rule}#${record.resource}`;
      return { id, subject, cells, origin: record.origin };
    });
  },
};

function resultCell(result: PolicyStatus): Cell {
  const tone = tones[result];
  return tone === undefined ? { text: result } : { text: result, tone };
}

const tones: Partial<Record<PolicyStatus, Cell['tone']>> = {
  pass: 'good',
  fail: 'bad',
  error: 'bad',
  warn: 'warn',
  skip: 'muted',
  unverified: 'warn',
};
