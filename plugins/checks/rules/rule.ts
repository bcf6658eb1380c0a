import type { Platform } from '../../platform/index.ts';
import type { DiagnosticOf, Severity } from '../../source/index.ts';
import type { CheckContext, StatementBase } from '../types.ts';

/** A row of the table: everything that is said about a rule, beside the code that says it. */
export type Rule = PageRule | ManifestRule;

/** A rule about what a page states. */
export interface PageRule extends Documented {
  about: 'page';
  /** `plumbline fix` mends its fault where one answer is certain, as it does for `failing`. */
  fixable?: true;
  /**
   * Its faults, from all that a page states, in its order. Left out where the judge of a statement raises
   * them, through a function of the rule's module, while it looks the statement up.
   */
  check?(statements: readonly StatementBase[], context: CheckContext): Raised<string>[];
}

/** A rule about the manifests alone. */
export interface ManifestRule extends Documented {
  about: 'manifests';
  fixable?: never;
  /**
   * Its faults; left out where the model finds them, or where they are raised while the manifests are read
   * and rendered.
   */
  check?(platform: Platform): DiagnosticOf<string>[];
}

/** A fault, and the statement that it is about. */
export interface Raised<Name extends string> {
  statement: StatementBase;
  diagnostic: DiagnosticOf<Name>;
}

interface Documented {
  /** Kebab-case; also that of its module. */
  name: string;
  severity: Severity;
  /** The title of its fault, such as "a claim is false". */
  title: string;
  /** What it holds and why, two or three sentences of Markdown. */
  explain: string;
  /**
   * When it says nothing because something is not known, and what is said instead: Markdown, read under a
   * heading such as "When it is silent"; several cases are a list.
   */
  silent: string;
  /**
   * Markdown (page rules) or a file tree (manifest rules) that fails, and mended.
   * A file tree is YAML text in which `==> path <==` on a line of its own begins a file.
   */
  failing: string;
  mended: string;
}
