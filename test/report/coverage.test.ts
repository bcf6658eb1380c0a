import { describe, expect, it } from 'vitest';
import { coverage, io, report, reporters } from './reports.ts';

const share = (checked: number, of: number, unverified = 0) => ({ checked, of, unverified });
const told = { ...io, coverage: true };

describe('how much of each page is checked', () => {
  it('is one aligned line a page, before the summary', () => {
    const pages = [
      {
        file: 'docs/concepts/gitops-model.md',
        cases: [],
        coverage: coverage({
          sentences: share(41, 96),
          tables: share(7, 9, 2),
          diagrams: share(3, 3),
          suppressions: 1,
        }),
      },
      {
        file: 'docs/index.md',
        cases: [],
        coverage: coverage({ sentences: share(2, 8), links: share(0, 1) }),
      },
      { file: 'docs/empty.md', cases: [], coverage: coverage() },
    ];
    expect(reporters.pretty(report({ pages }), told)).toBe(`checked:
  docs/concepts/gitops-model.md    41 of 96 sentences   7 of 9 tables (2 not verified), 3 diagrams, 1 suppression
  docs/index.md                      2 of 8 sentences   0 of 1 link
  all 2 pages                     43 of 104 sentences

2 claims, 1 diagram on 1 page: all true
`);
    expect(reporters.pretty(report({ pages }), io)).not.toContain('sentences');
  });

  it('shows of many pages those with most that is not checked', () => {
    const pages = Array.from({ length: 40 }, (_, index) => ({
      file: `docs/${String(index).padStart(2, '0')}.md`,
      cases: [],
      coverage: coverage({ sentences: share(0, index + 1) }),
    }));
    const text = reporters.pretty(report({ pages }), told);
    expect(text).not.toContain('docs/09.md');
    expect(text).toMatch(/docs\/10\.md[\s\S]*docs\/39\.md[\s\S]*… and 10 pages more\n {2}all 40 pages/);
  });
});
