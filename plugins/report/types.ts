import type { Report } from '../engine/index.ts';

/** A report as text, with its last line break. Pure: the same report gives the same text. */
export type Reporter = (report: Report, io: ReporterIo) => string;

export interface ReporterIo {
  color: boolean;
  /**
   * Text of a page or manifest for code frames, values of Secrets blanked; undefined where it is not known.
   */
  text(file: string): string | undefined;
  /** A file's path from the top of its Git repository, where that is not the root; without it: as it is. */
  path?(file: string): string;
  /** Address of a line at the commit, by path from the top of the repository; null where there is none. */
  link?(path: string, line: number): string | null;
  /** Address of the page of a rule; without it nobody knows where the pages are served. */
  ruleUrl?(rule: string): string;
  /**
   * Files, from the top of the repository, that the change touches: they come first where there is a limit.
   */
  touched?: ReadonlySet<string>;
  /** Whether to tell how much of each page is checked. */
  coverage?: boolean;
}
