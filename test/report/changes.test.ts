import { expect, test } from 'vitest';
import { changes } from '../../plugins/report/index.ts';
import { caseOf, coverage, edgePlace, fault, io, page, place, report } from './reports.ts';

const wrong = fault({ page: edgePlace });
const told = (outcome: 'false' | 'unverified' | 'true') => {
  const fingerprints = outcome === 'false' ? [wrong.fingerprint] : [];
  const cases = [caseOf({ place: edgePlace, outcome, fingerprints })];
  const pages = [{ file: 'docs/events.md', cases, coverage: coverage() }];
  return report({ pages, diagnostics: outcome === 'false' ? [wrong] : [] });
};
const chart = {
  kind: 'file' as const,
  what: 'helm chart at web',
  why: 'Helm refuses it',
  origin: place('K8s/set.yaml', 3, 1),
};
const line = 'docs/events.md:3:9: error[diagram-edge-unbacked] no manifest backs this edge';

test('a fault that went is mended where its statement is true', () => {
  expect(page).toContain('sensor -> argocd');
  expect(changes(told('false'), told('true'), io)).toContain(`mended ${line}\n`);
});

test('it is not where nobody can tell any more, nor where its page is gone', () => {
  const open = { ...told('unverified'), unverified: [chart] };
  const lost = changes(told('false'), open, io);
  expect(lost).not.toContain('mended');
  expect(lost).toContain(`not verified any more: ${line}\n`);
  expect(lost).toContain('not verified any more: helm chart at web: Helm refuses it (K8s/set.yaml:3:1)\n');
  expect(changes(told('false'), report(), io)).toContain(`gone with its page: ${line}\n`);
});

test('of what is known again it is not told why it was not', () => {
  const known = changes({ ...told('unverified'), unverified: [chart] }, told('true'), io);
  expect(known).toContain('known now helm chart at web (K8s/set.yaml:3:1)\n');
});
