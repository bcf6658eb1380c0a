import { isHeld, kindOf, type Tally, type TallyName, talliesFrom } from '../../checks/index.ts';
import type { PageReport } from '../../engine/index.ts';

/** How many statements of a page were found true, by what they are. */
export function pageFacts(page: PageReport): Omit<PageFacts, 'lastUpdated'> {
  const { sentences, suppressions } = page.coverage;
  const trueOnes = page.verdicts.filter((one) => one.outcome === 'true' && isHeld(one));
  const numberOf = ({ as }: Tally) =>
    trueOnes.filter(({ statement }) => kindOf(statement).counted?.as === as).length;
  return {
    found: talliesFrom('claims')
      .map((tally) => ({ as: tally.as, number: numberOf(tally) }))
      .filter(({ number }) => number > 0),
    unverified: page.verdicts.filter(({ outcome }) => outcome === 'unverified').length,
    faults: page.diagnostics.filter(({ severity }) => severity === 'error').length,
    sentences: { checked: sentences.checked, of: sentences.of },
    suppressions,
  };
}

export interface PageFacts {
  /** `12 claims`, `3 tables`: those of which there are any, in the order in which they are told. */
  found: { as: TallyName; number: number }[];
  unverified: number;
  faults: number;
  /** Sentences that hold something checked, out of all. */
  sentences: { checked: number; of: number };
  /** Comments that let a fault of the page be. */
  suppressions: number;
  /** Milliseconds; null where Git does not know, or nobody asks. */
  lastUpdated: number | null;
}
