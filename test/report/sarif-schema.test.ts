import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { sarifFailure } from '../../plugins/report/index.ts';
import { edge, fault, hostileReport, io, place, report, reporters } from './reports.ts';

/** The schema as Microsoft's own tests for SARIF carry it. */
const {
  $schema: _draft,
  id: _id,
  ...schema
} = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const validate = new Ajv({
  strict: false,
  allErrors: true,
  validateFormats: false,
  unicodeRegExp: false,
}).compile(schema);
const faultsOf = (text: string) => (validate(JSON.parse(text)) ? [] : validate.errors);

describe('the schema of SARIF 2.1.0', () => {
  it('refuses what is none', () => {
    expect(faultsOf('{"version":"2.1.0","runs":[{"results":[{}]}]}')).not.toEqual([]);
  });

  it.each([
    ['nothing', report()],
    [
      'faults of pages and manifests',
      report({ diagnostics: [fault(edge), fault({ ...edge, page: null }), fault()] }),
    ],
    ['replacements', report({ diagnostics: [fault({ ...edge, fix: { replacement: 'x' } })] })],
    ['an empty place', report({ diagnostics: [fault({ page: place('docs/a.md', 1, 1, 1, 1) })] })],
    ['a baseline', report({ baseline: { file: 'b.json', known: [fault(edge)], gone: [] } })],
    ['hostile names', hostileReport()],
  ])('takes %s', (_what, given) => {
    expect(faultsOf(reporters.sarif(given, io))).toEqual([]);
  });

  it('takes a run that ended without an answer', () => {
    expect(faultsOf(sarifFailure('error: no'))).toEqual([]);
  });
});
