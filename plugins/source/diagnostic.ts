import { digestOf, stableStringify } from '../base/index.ts';

/**
 * The one shape of everything that is wrong, from the first room to the last.
 * `report` renders it; nothing else prints.
 */
export function diagnostic<const Rule extends string>(input: DiagnosticInput<Rule>): DiagnosticOf<Rule> {
  const { identity, ...given } = input;
  return {
    severity: 'error',
    page: null,
    sources: [],
    expected: null,
    actual: null,
    candidates: [],
    help: null,
    fingerprint: digestOf(stableStringify([input.rule, ...identity]), 16),
    ...given,
  };
}

/** Leaves out each diagnostic that says the same as one before it. */
export function distinctDiagnostics<T extends { fingerprint: string }>(diagnostics: Iterable<T>): T[] {
  const first = new Map<string, T>();
  for (const one of diagnostics) if (!first.has(one.fingerprint)) first.set(one.fingerprint, one);
  return [...first.values()];
}

/** A file as one side of a fault, where none of its lines is meant. */
export function wholeFile(file: string, role: string): DiagnosticSource {
  const start = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { file, ...start, resource: null, path: null, role, via: [] };
}

export function isError({ severity }: { severity: Severity }): boolean {
  return severity === 'error';
}

export type Severity = 'error' | 'warning' | 'info';

/** A place in a file, 1-based; `endColumn` is exclusive, as in unist. Columns count UTF-16 units. */
export interface Place {
  /** Path relative to the root, with `/`. */
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** A manifest's side of a fault. */
export interface DiagnosticSource extends Place {
  /** Reference of the resource, `Kind/namespace/name`, where there is one. */
  resource: string | null;
  /** YAML path inside the document, such as `spec.destinations[0].namespace`. */
  path: string | null;
  /** What this place is in the story: `actual`, `nearest`, `declared here`, `via`, … */
  role: string;
  via: Via[];
}

/** A step between the line a person edits and what came out: a kustomization, a patch, a generator. */
export interface Via {
  file: string;
  line: number;
  what: string;
}

/**
 * A diagnostic of one rule, or of a union of rules. Those of all rules are the `Diagnostic` of `checks`,
 * which has the table.
 */
export interface DiagnosticOf<Rule extends string> {
  /** Kebab-case name of the rule, a row in the table of `checks`. */
  rule: Rule;
  severity: Severity;
  /** One sentence that stands alone; identifiers in backticks. */
  message: string;
  /** The words in the page; null for a fault of the manifests alone. */
  page: Place | null;
  sources: DiagnosticSource[];
  expected: string | null;
  actual: string | null;
  /** Nearest right things, best first. */
  candidates: string[];
  /**
   * A replacement that mends the fault, where one is certain: for the page's range, or for `place` where that
   * is another.
   */
  fix?: Fix;
  /** How to mend it, in one sentence. */
  help: string | null;
  /** Made from rule, page, claim and resource; never from a line number. */
  fingerprint: string;
}

interface Fix {
  replacement: string;
  place?: Place;
}

/**
 * A diagnostic as a rule writes it: what is left out gets its default. `identity` is what stays the same when
 * lines move: page, claim and resource; the fingerprint is made from it and the rule.
 */
export type DiagnosticInput<Rule extends string> = Partial<DiagnosticOf<Rule>> &
  Pick<DiagnosticOf<Rule>, 'rule' | 'message'> & { identity: (string | null)[] };

/** Rules that the rooms before `checks` raise themselves, while they read and render. */
type EarlyRule = 'lock-mismatch' | 'manifest-invalid' | 'render-failed';

export type EarlyDiagnostic = DiagnosticOf<EarlyRule>;
