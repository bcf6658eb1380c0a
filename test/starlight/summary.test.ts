import { describe, expect, it } from 'vitest';
import { coverage, summary } from '../../plugins/starlight/components/page-summary.ts';
import type { PageFacts } from '../../plugins/starlight/site/page-facts.ts';

describe('the foot of a page', () => {
  it('tells what was checked, and in how much of the page', () => {
    const page = facts({
      found: [{ number: 2, one: 'claim', many: 'claims' }, link(1)],
      unverified: 1,
      sentences: { checked: 41, of: 96 },
      suppressions: 1,
    });
    expect(summary(page)).toBe('2 claims, 1 link, 1 not verified');
    expect(coverage(page)).toBe('41 of 96 sentences checked, 1 fault let be');
  });

  it('is silent where nothing of the manifests was checked', () => {
    expect(summary(facts({ found: [link(3)] }))).toBe('');
    expect(summary(facts({ faults: 1 }))).toBe('1 fault');
    expect(coverage(facts({}))).toBe('');
  });
});

function link(number: number): PageFacts['found'][number] {
  return { number, one: 'link', many: 'links' };
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
