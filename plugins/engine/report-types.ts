import type { Diagnostic, Outcome, ShareName, StatementType, TallyName } from '../checks/index.ts';
import type { Place, Unverified } from '../source/index.ts';

/** How much was checked, by kind of statement: `facts`, `claims`, … */
export interface Checked extends Record<TallyName, number> {
  pages: number;
}

/** What a run of `check` found; the JSON format is this, as it is. */
export interface Report {
  version: 1;
  commit: string | null;
  checked: Checked;
  diagnostics: Diagnostic[];
  unverified: Unverified[];
  /** Every page that was checked, in the order of the run. */
  pages: PageSummary[];
  /** Names of the rules that the configuration turns off. */
  off: string[];
  /** Where a baseline was given: what it holds back. */
  baseline?: BaselineResult;
}

export interface PageSummary {
  file: string;
  /** Everything that the page states, in its order; passed ones too. */
  cases: Case[];
  coverage: Coverage;
}

/** One statement of a page, and how it fared. */
export interface Case {
  type: StatementType;
  /** What is stated, in a few words: the sentence, the path, the view. */
  name: string;
  place: Place;
  /** `suppressed`: it is wrong, and a suppression or the configuration lets it be. */
  outcome: Outcome | 'suppressed';
  /** False for one that was held to nothing, and so is `true` of nothing. */
  held: boolean;
  /** Of its diagnostics, as they stand in the report. */
  fingerprints: string[];
  /** Why it could not be verified: each part that is not known, and why it is not. */
  why: string[];
}

/** How much of a page is checked. What is suppressed counts as not checked. */
export interface Coverage extends Record<ShareName, Share> {
  /**
   * Of paragraphs, list items and quotations; checked where a fact, a claim, a path or a reference in it was
   * judged.
   */
  sentences: Share;
  /** Comments on the page that let a fault be. */
  suppressions: number;
}

export interface Share {
  /** Judged, true or false. */
  checked: number;
  /** Could not be judged: apart from `checked`. */
  unverified: number;
  of: number;
}

/** Faults that were there when the baseline was taken. */
interface BaselineResult {
  /** The file, as it was named. */
  file: string;
  /** Still there: taken out of `diagnostics`. */
  known: Diagnostic[];
  /** Mended since: the file has to drop them. */
  gone: BaselineFault[];
}

/** A line of a baseline: the fingerprint is what counts, the rest is for those who read it. */
export interface BaselineFault {
  fingerprint: string;
  rule: string;
  /** The page, or the first manifest; null where there is neither. */
  file: string | null;
  message: string;
}
