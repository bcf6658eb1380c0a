import { describe, expect, it } from 'vitest';
import { coverage, summary } from '../../plugins/starlight/components/page-summary.ts';
import type { PageFacts } from '../../plugins/starlight/site/page-facts.ts';
import { english } from '../../plugins/words/index.ts';

describe('the foot of a page', () => {
  it('tells what was checked, and in how much of the page', () => {
    const page = facts({
      found: [{ as: 'claims', number: 2 }, link(1)],
      unverified: 1,
      sentences: { checked: 41, of: 96 },
      suppressions: 1,
    });
    expect(summary(page, english)).toBe('2 claims, 1 link, 1 not verified');
    expect(coverage(page, english)).toBe('41 of 96 sentences checked, 1 fault let be');
  });

  it('is silent where nothing of the manifests was checked', () => {
    expect(summary(facts({ found: [link(3)] }), english)).toBe('');
    expect(summary(facts({ faults: 1 }), english)).toBe('1 fault');
    expect(coverage(facts({}), english)).toBe('');
  });
});

function link(number: number): PageFacts['found'][number] {
  return { as: 'links', number };
}

function facts(parts: Partial<PageFacts>): PageFacts {
  return {
    found: [],
    unverified: 0,
    faults: 0,
    sentences: { checked: 0, of: 0 },
    suppressions: 0,
    lastUpdated: null,
    ...parts,
  };
}
