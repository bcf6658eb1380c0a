import sax from 'sax';
import { describe, expect, it } from 'vitest';
import { rules } from '../../plugins/checks/index.ts';
import type { Report } from '../../plugins/engine/index.ts';
import type { ReporterIo } from '../../plugins/report/types.ts';
import { unverifiedChart } from '../../plugins/source/index.ts';
import {
  caseOf,
  coverage,
  edge,
  fault,
  hostile,
  hostileReport,
  io,
  place,
  report,
  reporters,
} from './reports.ts';

describe('junit', () => {
  const broken = fault(edge);
  const pages = (...cases: Report['pages'][number]['cases']) => [
    { file: 'docs/events.md', cases, coverage: coverage() },
  ];

  it('has a suite a page and a case for everything on it, passed ones too', () => {
    const given = report({
      diagnostics: [broken],
      pages: pages(
        caseOf(),
        caseOf({ type: 'd2', name: 'Events', outcome: 'false', fingerprints: [broken.fingerprint] }),
        caseOf({ outcome: 'unverified', name: 'Charts', why: ['helm chart x: far'] }),
        caseOf({ outcome: 'suppressed', name: 'Later' }),
      ),
    });
    const [suite] = suitesOf(given);
    expect(suite).toMatchObject({ name: 'docs/events.md', tests: '4', failures: '1', skipped: '2' });
    expect(suite?.cases.map(({ name, state }) => [name, state])).toEqual([
      ['claim: Namespaces come first', 'passed'],
      ['d2: Events', 'failure'],
      ['claim: Charts', 'skipped'],
      ['claim: Later', 'skipped'],
    ]);
    expect(suite?.cases[1]).toMatchObject({ file: 'docs/events.md', message: 'no manifest backs this edge' });
    expect(suite?.cases[1]?.text).toContain('found     nothing');
    expect(suite?.cases[2]?.message).toBe('not verified: helm chart x: far');
  });

  it('tells a warning without failing for it', () => {
    const warning = fault({ ...edge, severity: 'warning' });
    const given = report({
      diagnostics: [warning],
      pages: pages(caseOf({ fingerprints: [warning.fingerprint] })),
    });
    expect(suitesOf(given)[0]).toMatchObject({ failures: '0', cases: [{ state: 'system-out' }] });
  });

  it('has a case for a fault of the page that is no statement', () => {
    const given = report({
      diagnostics: [fault({ rule: 'suppression-unused', page: place('docs/events.md', 1, 1) })],
      pages: pages(),
    });
    expect(suitesOf(given)[0]?.cases).toMatchObject([{ name: 'page: suppression-unused', state: 'failure' }]);
  });

  it('has a suite of the manifests alone, a case a rule', () => {
    const given = report({
      diagnostics: [fault({ ...edge, rule: 'wave-inverted', page: null })],
      unverified: [unverifiedChart({ name: 'x' }, 'far', null)],
      off: ['wave-inert'],
    });
    const suite = suitesOf(given).find(({ name }) => name === 'manifests');
    const states = Object.fromEntries(suite?.cases.map(({ name, state }) => [name, state]) ?? []);
    const names = Object.values(rules).flatMap(({ name, about }): string[] =>
      about === 'manifests' ? [name] : [],
    );
    expect(suite?.cases).toHaveLength(names.length + 1);
    expect(states).toMatchObject({
      'wave-inverted: Sensor/ci-push': 'failure',
      'wave-inert': 'skipped',
      'render-failed': 'passed',
      'helm chart x': 'skipped',
    });
  });

  it('skips what the baseline lists, and fails for what has to leave it', () => {
    const gone = [{ fingerprint: 'f', rule: 'claim-false', file: 'docs/a.md', message: 'mended' }];
    const given = report({
      baseline: { file: 'baseline.json', known: [broken], gone },
      pages: pages(caseOf({ outcome: 'false', fingerprints: [broken.fingerprint] })),
    });
    const suites = suitesOf(given);
    expect(suites[0]?.cases).toMatchObject([{ state: 'skipped', message: 'known: listed in baseline.json' }]);
    expect(suites.at(-1)).toMatchObject({ name: 'baseline', failures: '1' });
  });

  it('gives each case of a page a name of its own', () => {
    const [suite] = suitesOf(report({ pages: pages(caseOf(), caseOf()) }));
    expect(suite?.cases.map(({ name }) => name)).toEqual([
      'claim: Namespaces come first',
      'claim: Namespaces come first (2)',
    ]);
  });

  it('names files from the top of the repository', () => {
    const given = report({ pages: pages(caseOf()) });
    const [suite] = suitesOf(given, { ...io, path: (file) => `idp/${file}` });
    expect(suite).toMatchObject({ name: 'docs/events.md', cases: [{ file: 'idp/docs/events.md' }] });
  });

  it('is XML whatever names hold', () => {
    const suites = suitesOf(hostileReport());
    expect(suites).toHaveLength(hostile.length + 2);
    const cases = suites.flatMap((suite) => suite.cases);
    expect(cases.filter(({ name }) => name === 'forged')).toEqual([]);
    expect(cases.map(({ name }) => name)).toContain(
      ']]></failure><testcase name="forged"/>'.replace(/^/, 'claim: '),
    );
  });
});

/** The suites, as a strict parser of XML reads them. */
function suitesOf(given: Report, with_: ReporterIo = io): Suite[] {
  const suites: Suite[] = [];
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) => {
    const given = attributes as Record<string, string>;
    const suite = suites.at(-1);
    const last = suite?.cases.at(-1);
    if (name === 'testsuite') suites.push({ ...given, cases: [] });
    else if (name === 'testcase') suite?.cases.push({ ...given, state: 'passed', text: '' });
    else if (last) Object.assign(last, { message: given.message, state: name });
  };
  parser.ontext = (text) => {
    const last = suites.at(-1)?.cases.at(-1);
    if (last) last.text += text;
  };
  const text = reporters.junit(given, with_);
  // The parser lets through what XML 1.0 forbids.
  expect(text).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  parser.write(text).close();
  return suites;
}

interface Suite {
  name?: string;
  tests?: string;
  failures?: string;
  skipped?: string;
  cases: { name?: string; file?: string; message?: string; state: string; text: string }[];
}
