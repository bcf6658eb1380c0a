import { expect, test } from 'vitest';
import type { Counts } from '../../scripts/corpora/count.ts';
import { commandsOf, repositories } from '../../scripts/corpora/repositories.ts';
import { byRule, markdown, sample } from '../../scripts/corpora/tables.ts';

const diagnostic = (rule: 'path-missing' | 'link-broken', fingerprint: string) => ({
  ...{ rule, fingerprint, message: `${rule} is told`, at: 'README.md:3', judgement: undefined },
});
const counts: Counts[] = [
  {
    ...{ name: 'a/one', commit: '0123456789', pages: 2 },
    rules: { 'path-missing': 2, 'link-broken': 1 },
    unverified: { chart: 3 },
    diagnostics: [
      { ...diagnostic('path-missing', 'bb'), judgement: 'true' },
      { ...diagnostic('path-missing', 'aa'), judgement: 'false' },
      diagnostic('link-broken', 'dd'),
    ],
  },
  {
    ...{ name: 'b/two', commit: 'no commit', pages: 1 },
    rules: { 'link-broken': 1 },
    unverified: { base: 1, chart: 1 },
    diagnostics: [diagnostic('link-broken', 'cc')],
  },
];

test('rules are counted with what somebody judged of them, in the order of the rules', () => {
  expect(byRule(counts)).toEqual([
    { rule: 'path-missing', fired: 2, repositories: 1, judged: 2, right: 1, arguable: 0, false: 1 },
    { rule: 'link-broken', fired: 2, repositories: 2, judged: 0, right: 0, arguable: 0, false: 0 },
  ]);
  expect(markdown(counts)).toContain('| `path-missing` | 2 | 1 | 2 | 1 | 0 | 1 | 50 % |');
  expect(markdown(counts)).toContain('| a/one `0123456` | 2 | path-missing 2, link-broken 1 | chart 3 |');
  expect(markdown(counts)).toContain('| **all** | 3 | path-missing 2, link-broken 2 | base 1, chart 4 |');
});

test('a sample holds what nobody judged, by fingerprint', () => {
  expect(sample(counts, 1)).toBe('b/two cc link-broken README.md:3 link-broken is told');
});

test('the chosen repositories are cloned at their commits, and none where there is no need', () => {
  expect(repositories.length).toBeGreaterThanOrEqual(6);
  for (const repository of repositories) {
    expect(repository.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(commandsOf(repository, '/tmp/x').at(-1)).toEqual(expect.arrayContaining([repository.commit]));
  }
});
