import { type Diagnostic, rules } from '../checks/index.ts';
import { type Case, type PageSummary, type Report, whyWords } from '../engine/index.ts';
import { block } from './block.ts';
import { visible } from './frame.ts';
import type { ReporterIo } from './types.ts';

/**
 * JUnit's XML: a suite for each page with a case for everything that it states, and one for the manifests
 * alone with a case for each of their rules. What could not be verified is skipped; a warning is told and
 * does not fail. No times, so that the same report gives the same bytes.
 */
export function junit(report: Report, io: ReporterIo): string {
  const plainIo = { ...io, color: false };
  const named = faultsByName(report);
  const suites = [
    ...report.pages.map((page) => pageSuite(page, report, named, plainIo)),
    manifestSuite(report, plainIo),
    ...baselineSuite(report),
  ];
  const cases = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: 'plumbline', ...totals(cases) })}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite ${attributes({ name: suite.name, ...totals(suite.cases) })}>`,
      ...uniquelyNamed(suite.cases).map((one) => caseElement(one, suite.name, io)),
      '  </testsuite>',
    ]),
    '</testsuites>\n',
  ].join('\n');
}

function pageSuite(page: PageSummary, report: Report, named: NamedFaults, io: ReporterIo): Suite {
  const held = page.cases.filter((one) => one.held);
  const stated = held.map((one): Test => {
    const faults = [...new Set(one.fingerprints)]
      .flatMap((fingerprint) => named.found.get(fingerprint) ?? [])
      .toSorted((a, b) => a.index - b.index)
      .map(({ fault }) => fault);
    const base = { name: `${one.type}: ${one.name}`, file: page.file, line: one.place.line };
    if (faults.length > 0) return { ...base, ...judged(faults, io) };
    return {
      ...base,
      ...skippedWhy(
        one,
        one.fingerprints.some((each) => named.known.has(each)),
        report,
      ),
    };
  });
  const ofCases = new Set(page.cases.flatMap(({ fingerprints }) => fingerprints));
  const others = (named.byPage.get(page.file) ?? [])
    .filter((one) => !ofCases.has(one.fingerprint))
    .map(
      (one): Test => ({
        name: `page: ${one.rule}`,
        file: page.file,
        line: one.page?.line,
        ...judged([one], io),
      }),
    );
  return { name: page.file, cases: [...stated, ...others] };
}

/** A report has as many cases as faults: each case finds its own by their fingerprints. */
function faultsByName({ diagnostics, baseline }: Report): NamedFaults {
  return {
    found: Map.groupBy(
      diagnostics.map((fault, index) => ({ fault, index })),
      ({ fault }) => fault.fingerprint,
    ),
    known: new Set(baseline?.known.map(({ fingerprint }) => fingerprint)),
    byPage: Map.groupBy(diagnostics, ({ page }) => page?.file),
  };
}

function skippedWhy(one: Case, isKnown: boolean, { baseline }: Report): Partial<Test> {
  const { outcome } = one;
  if (isKnown) return { skipped: `known: listed in ${baseline?.file}` };
  if (outcome === 'unverified')
    return { skipped: `not verified: ${whyWords(one) ?? 'it could not be known'}` };
  if (outcome === 'suppressed') return { skipped: 'suppressed' };
  return {};
}

function manifestSuite(report: Report, io: ReporterIo): Suite {
  const alone = report.diagnostics.filter(({ page }) => page === null);
  const names = Object.values(rules)
    .filter((rule) => rule.about === 'manifests')
    .map((rule): string => rule.name);
  const cases = names.flatMap((name): Test[] => {
    if (report.off.includes(name)) return [{ name, skipped: 'turned off in the configuration' }];
    const faults = alone.filter(({ rule }) => rule === name);
    if (faults.length === 0) return [{ name }];
    return faults.map((fault) => {
      const [source] = fault.sources;
      const what = source ? `${name}: ${source.resource ?? source.file}` : name;
      return { name: what, file: source?.file, line: source?.line, ...judged([fault], io) };
    });
  });
  const open = report.unverified.map(({ what, why, origin }): Test => {
    return { name: what, file: origin?.file, line: origin?.line, skipped: `not verified: ${why}` };
  });
  return { name: 'manifests', cases: [...cases, ...open] };
}

/** Where a baseline is used: its faults that are mended must leave it. */
function baselineSuite({ baseline }: Report): Suite[] {
  if (!baseline) return [];
  const gone = baseline.gone.map(({ file, rule, message }): Test => {
    const name = `${rule}: ${file ?? ''} ${message}`;
    const failure = { rule: 'baseline', message: 'mended, and still listed: run with --update-baseline' };
    return { name, file: baseline.file, failure: { ...failure, text: name } };
  });
  const passed: Test = { name: 'lists only faults that there are', file: baseline.file };
  return [{ name: 'baseline', cases: gone.length > 0 ? gone : [passed] }];
}

function judged(faults: Diagnostic[], io: ReporterIo): Partial<Test> {
  const text = faults.map((fault) => block(fault, io)).join('\n\n');
  const error = faults.find(({ severity }) => severity === 'error');
  return error ? { failure: { rule: error.rule, message: error.message, text } } : { told: text };
}

function caseElement(test: Test, suite: string, io: ReporterIo): string {
  const { name, file, line, failure, skipped, told } = test;
  const place = {
    ...(file === undefined ? {} : { file: io.path?.(file) ?? file }),
    ...(line === undefined ? {} : { line }),
  };
  const open = `    <testcase ${attributes({ classname: suite, name, ...place })}`;
  const inner = failure
    ? `<failure ${attributes({ type: failure.rule, message: failure.message })}>${escapeText(failure.text)}</failure>`
    : skipped !== undefined
      ? `<skipped ${attributes({ message: skipped })}/>`
      : told !== undefined
        ? `<system-out>${escapeText(told)}</system-out>`
        : '';
  return inner === '' ? `${open}/>` : `${open}>\n      ${inner}\n    </testcase>`;
}

/** Tools tell cases apart by their names, and a page may state the same thing twice. */
function uniquelyNamed(cases: Test[]): Test[] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    const number = (seen.get(one.name) ?? 0) + 1;
    seen.set(one.name, number);
    return number === 1 ? one : { ...one, name: `${one.name} (${number})` };
  });
}

function totals(cases: Test[]): Record<string, number> {
  const failures = cases.filter(({ failure }) => failure).length;
  const skipped = cases.filter((one) => one.skipped !== undefined && !one.failure).length;
  return { tests: cases.length, failures, errors: 0, skipped };
}

function attributes(given: Record<string, string | number>): string {
  return Object.entries(given)
    .map(([name, value]) => `${name}="${escapeText(visible(String(value)))}"`)
    .join(' ');
}

/** XML has no way at all to write most control characters and half a surrogate pair: they are replaced. */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Faults and what a baseline lists, by what a case or a page names them by. */
interface NamedFaults {
  found: Map<string, { fault: Diagnostic; index: number }[]>;
  known: Set<string>;
  byPage: Map<string | undefined, Diagnostic[]>;
}

interface Suite {
  name: string;
  cases: Test[];
}

interface Test {
  name: string;
  file?: string | undefined;
  line?: number | undefined;
  failure?: { rule: string; message: string; text: string };
  /** Why nothing was judged. */
  skipped?: string;
  /** Warnings: told, and passed. */
  told?: string;
}
