import type { Root } from 'mdast';
import { createNumbering, digestOf, once, stableStringify } from '../base/index.ts';
import type { CheckContext, Diagnostic, Extraction, Statement } from '../checks/index.ts';
import {
  checkStatements,
  extract,
  fileStatement,
  kindOf,
  leftOut,
  pageFault,
  spending,
  type Verdict,
} from '../checks/index.ts';
import type { Positions, Unparsed } from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Config, Unverified } from '../source/index.ts';
import { bySeverity } from './by-severity.ts';
import { casesOf } from './coverage/cases.ts';
import { coverageOf, emptyCoverage } from './coverage/page-coverage.ts';
import type { Engine } from './engine.ts';
import { platformDiagnostics } from './manifest-faults.ts';
import type { Case, Coverage } from './report-types.ts';
import { suppress } from './suppress.ts';

/** Holds everything that a page states against the model; nothing that a page holds makes it throw. */
export async function judgePage(
  engine: Engine,
  tree: Root,
  positions: Positions,
  path: string | null,
): Promise<JudgedPage> {
  const context = { ...engine.context, ...engine.work.begin(path ?? positions.file) };
  const { config } = context.platform;
  const extraction = extract(tree, { positions, platform: context.platform, site: context.site, path });
  const verdicts = await Promise.all(extraction.found.map(({ statement }) => judge(statement, context)));
  const together = checkStatements(
    extraction.found.map(({ statement }) => statement),
    context,
  );
  const { kept, faults } = suppress(
    extraction,
    verdicts.map(({ statement, diagnostics }) => [...diagnostics, ...(together.get(statement) ?? [])]),
    verdicts.map(({ outcome }) => outcome === 'unverified'),
  );
  const wanted = kept.map((diagnostics) => bySeverity(diagnostics, config));
  const inOrder = sorted([...wanted.flat(), ...bySeverity(faults, config)]);
  const diagnostics = numbered(inOrder);
  const final = new Map(inOrder.map((diagnostic, index) => [diagnostic, diagnostics[index] ?? diagnostic]));
  const left = wanted.map((some) => some.map((diagnostic) => final.get(diagnostic) ?? diagnostic));
  const behind = faultsBehind(verdicts, context.platform);
  const cases = casesOf(verdicts, left);
  const report = withDigest({
    file: positions.file,
    verdicts,
    diagnostics,
    cases,
    coverage: coverageOf(tree, extraction, verdicts, cases),
    hash: digestOf(positions.text),
    behind,
    leftOut: null,
  });
  return { report, extraction, faults: left };
}

/**
 * A report with its digest. A site asks for that; it takes longer than much else, and an editor never does.
 * It is made apart from what was judged with, as a report outlives its engine's platform.
 */
function withDigest(report: Omit<PageReport, 'digest'>): PageReport {
  const { verdicts, diagnostics, behind } = report;
  const digest = once(() => shownDigest(verdicts, [...diagnostics, ...behind.flat()]));
  return {
    ...report,
    get digest() {
      return digest();
    },
  };
}

/**
 * For each verdict the faults of manifests that make something unknown to it, each once a page: an engine
 * refuses what they are in.
 */
function faultsBehind(verdicts: Verdict[], platform: Platform): Diagnostic[][] {
  const told = new Set<Diagnostic>();
  return verdicts.map(({ unverified }) => {
    const places = unverified.flatMap(({ refusedAt }) => refusedAt ?? []);
    if (places.length === 0) return [];
    const found = platformDiagnostics(platform).filter(
      (fault) =>
        !told.has(fault) &&
        fault.sources.some((source) =>
          places.some(({ file, line }) => file === source.file && line === source.line),
        ),
    );
    for (const fault of found) told.add(fault);
    return found;
  });
}

/** A file of D2 that somebody edits: what D2 makes of it, and what its shapes stand for. */
export async function judgeDrawing(engine: Engine, positions: Positions, path: string): Promise<PageReport> {
  const context = { ...engine.context, ...engine.work.begin(path) };
  const { diagnostics } = await judge(fileStatement(positions, path), context);
  const faults = numbered(sorted(bySeverity(diagnostics, context.platform.config)));
  return withoutVerdicts(positions, faults, null);
}

/** A statement that takes more than is left is left out, and so is one that comes when nothing is. */
function judge(statement: Statement, context: CheckContext): Verdict | Promise<Verdict> {
  const { counted, judge } = kindOf(statement);
  const judged = spending(context, () => judge(statement, context));
  if (judged.ok) return judged.value;
  return leftOut(statement, counted?.one ?? statement.type, judged.why) as Verdict;
}

/** A page that does not parse at all: its one fault is the parser's. */
export function unreadablePage(
  positions: Positions,
  { message, offset, help }: Unparsed,
  config: Config,
): PageReport {
  const faults = [pageFault(message, positions.place(offset, offset + 1), help)];
  return withoutVerdicts(positions, bySeverity(faults, config), null);
}

/** A page that was not parsed, as a run has no room for it: nothing on it is verified. */
export function leftOutPage(positions: Positions, why: string): PageReport {
  const origin = positions.place(0, 1);
  return withoutVerdicts(positions, [], { kind: 'page', what: `page ${positions.file}`, why, origin });
}

function withoutVerdicts(
  positions: Positions,
  diagnostics: Diagnostic[],
  leftOut: Unverified | null,
): PageReport {
  return {
    file: positions.file,
    verdicts: [],
    diagnostics,
    cases: [],
    coverage: emptyCoverage(),
    digest: `${shownDigest([], diagnostics)}${leftOut?.why ?? ''}`,
    hash: digestOf(positions.text),
    behind: [],
    leftOut,
  };
}

function sorted(diagnostics: Diagnostic[]): Diagnostic[] {
  const at = ({ page }: Diagnostic) => (page ? page.line * 100_000 + page.column : 0);
  return diagnostics
    .map((diagnostic, index) => ({ diagnostic, index }))
    .sort((a, b) => at(a.diagnostic) - at(b.diagnostic) || a.index - b.index)
    .map(({ diagnostic }) => diagnostic);
}

/**
 * The same thing said twice on a page has one fingerprint: the second gets `-2`, so that each stays its own.
 */
function numbered(diagnostics: Diagnostic[]): Diagnostic[] {
  const own = createNumbering();
  return diagnostics.map((diagnostic) => ({ ...diagnostic, fingerprint: own(diagnostic.fingerprint) }));
}

/**
 * Everything on the page that comes from the model; not the commit, or every commit would render every page
 * again.
 */
function shownDigest(verdicts: Verdict[], diagnostics: Diagnostic[]): string {
  const shown = verdicts.map(({ outcome, result, unverified }) => [outcome, result, unverified]);
  return digestOf(stableStringify([shown, diagnostics]));
}

export interface PageReport {
  file: string;
  verdicts: Verdict[];
  diagnostics: Diagnostic[];
  /** The same for a report: each statement with how it fared, and how much of the page is checked. */
  cases: Case[];
  coverage: Coverage;
  /** Hash of everything that the live pieces of the page resolved to. */
  digest: string;
  /** Of the page's own text. */
  hash: string;
  /** For each verdict what keeps it from being verified in the manifests, each where it does so first. */
  behind: Diagnostic[][];
  /** Where nothing of it was looked at: that, and why. */
  leftOut: Unverified | null;
}

export interface JudgedPage {
  report: PageReport;
  extraction: Extraction;
  /** What is left to say of each statement after suppressions and severities. */
  faults: Diagnostic[][];
}
