import { describe, expect, it } from 'vitest';
import { coverage, summary } from '../../plugins/starlight/components/page-summary.ts';
import type { PageFacts } from '../../plugins/starlight/site/page-facts.ts';

describe('the foot of a page', () => {
  it('tells what was checked, and in how much of the page', () => {
    const page = facts({
      claims: 2,
      links: 1,
      unverified: 1,
      sentences: { checked: 41, of: 96 },
      suppressions: 1,
    });
    expect(summary(page)).toBe('2 claims, 1 link, 1 not verified');
    expect(coverage(page)).toBe('41 of 96 sentences checked, 1 fault let be');
  });

  it('is silent where nothing of the manifests was checked', () => {
    expect(summary(facts({ links: 3 }))).toBe('');
    expect(summary(facts({ faults: 1 }))).toBe('1 fault');
    expect(coverage(facts({}))).toBe('');
  });
});

function facts(parts: Partial<PageFacts>): PageFacts {
  return {
    claims: 0,
    facts: 0,
    tables: 0,
    diagrams: 0,
    paths: 0,
    references: 0,
    excerpts: 0,
    commands: 0,
    links: 0,
    unverified: 0,
    faults: 0,
    sentences: { checked: 0, of: 0 },
    suppressions: 0,
    lastUpdated: null,
    ...parts,
  };
}
