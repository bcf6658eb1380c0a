import type { Diagnostic, Unverified } from '../source/index.ts';

/** How much was checked, by kind of statement. */
export interface Checked {
  pages: number;
  facts: number;
  claims: number;
  tables: number;
  diagrams: number;
  paths: number;
  references: number;
  excerpts: number;
  commands: number;
  links: number;
}

/** What a run of `check` found; the JSON format is this, as it is. */
export interface Report {
  version: 1;
  commit: string | null;
  checked: Checked;
  diagnostics: Diagnostic[];
  unverified: Unverified[];
}

/** A report as text, with its last line break. Pure: the same report gives the same text. */
export type Reporter = (report: Report, io: ReporterIo) => string;

export interface ReporterIo {
  color: boolean;
  /** Text of a page or manifest for code frames, values of Secrets blanked; undefined where it is not known. */
  text(file: string): string | undefined;
}
