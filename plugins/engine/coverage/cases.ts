import { type Diagnostic, isHeld, kindOf, type Verdict } from '../../checks/index.ts';
import type { Case } from '../report-types.ts';

/**
 * What a page states as the cases of a report. `faults` are what is left to say of each statement, with their
 * fingerprints in the report.
 */
export function casesOf(verdicts: Verdict[], faults: Diagnostic[][]): Case[] {
  return verdicts.map((verdict, index) => {
    const { statement, outcome, diagnostics, unverified } = verdict;
    const left = faults[index] ?? [];
    const isSilenced = diagnostics.length > 0 && left.length === 0;
    return {
      type: statement.type,
      name: kindOf(statement).nameOf(statement),
      place: statement.place,
      outcome: isSilenced ? 'suppressed' : outcome,
      held: isHeld(verdict),
      fingerprints: left.map(({ fingerprint }) => fingerprint),
      why: unverified.map(({ what, why }) => `${what}: ${why}`),
    };
  });
}

/** Why one could not be verified, as one text; null where there is nothing to say. */
export function whyWords({ why }: Pick<Case, 'why'>): string | null {
  return why.length === 0 ? null : why.join('; ');
}
