import { countedAs, type PageReport } from '../../engine/index.ts';

/** How many statements of a page were found true, by what they are. */
export function pageFacts(page: PageReport): Omit<PageFacts, 'lastUpdated'> {
  const { sentences, suppressions } = page.coverage;
  const counts = {
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
    sentences: { checked: sentences.checked, of: sentences.of },
    suppressions,
  };
  for (const { statement, outcome } of page.verdicts) {
    if (outcome === 'unverified') counts.unverified++;
    const kind = countedAs[statement.type];
    if (outcome === 'true' && kind !== null) counts[kind]++;
  }
  counts.faults = page.diagnostics.filter((one) => one.severity === 'error').length;
  return counts;
}

export interface PageFacts {
  claims: number;
  facts: number;
  tables: number;
  diagrams: number;
  paths: number;
  references: number;
  excerpts: number;
  commands: number;
  links: number;
  unverified: number;
  faults: number;
  /** Sentences that hold something checked, out of all. */
  sentences: { checked: number; of: number };
  /** Comments that let a fault of the page be. */
  suppressions: number;
  /** Milliseconds; null where Git does not know, or nobody asks. */
  lastUpdated: number | null;
}
