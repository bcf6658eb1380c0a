import { expect, test } from 'vitest';
import { openStatements } from '../../plugins/starlight/pages/status/statements.ts';
import { createSpeech } from '../../plugins/words/index.ts';
import { caseOf, coverage, report } from '../report/reports.ts';

test('each thing that a statement waits for is one item, by its name where the list below says why', () => {
  const why = 'kustomize refuses it; its manifests stand for it';
  const [, , table = ''] = openStatements({
    speech: createSpeech('en'),
    pages: [],
    page: (slug) => slug,
    report: report({
      unverified: [
        { kind: 'kustomization', what: 'kustomization K8s/a', why, origin: null, directory: 'K8s/a' },
      ],
      pages: [
        {
          file: 'docs/a.md',
          coverage: coverage(),
          cases: [
            caseOf({ outcome: 'unverified', why: [`kustomization K8s/a: ${why}`, 'it; that: far; off'] }),
          ],
        },
      ],
    }),
  });
  const items = [...table.matchAll(/<li>(.*?)<\/li>/g)].map(([, item]) => item);
  expect(items).toEqual(['kustomization K8s/a', 'it; that: far; off']);
});
