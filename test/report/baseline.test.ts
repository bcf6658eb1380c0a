import { describe, expect, it } from 'vitest';
import {
  type Baseline,
  baselineOf,
  heldAgainst,
  parseBaseline,
  shrunk,
  writeBaseline,
} from '../../plugins/report/baseline.ts';
import { coverage, edge, fault, hostileReport, io, place, report, reporters } from './reports.ts';

const onA = fault({ page: place('docs/a.md', 1, 1), rule: 'claim-false', message: 'a' });
const onB = fault({ page: place('docs/b.md', 1, 1), rule: 'claim-false', message: 'b' });
const manifest = fault({ ...edge, page: null, rule: 'wave-inverted', message: 'm' });
const warning = fault({ severity: 'warning', message: 'w' });
const all = report({ diagnostics: [onB, onA, manifest, warning] });
const baseline = baselineOf(all);
const messages = (faults: { message: string }[] = []) => faults.map(({ message }) => message);

describe('a baseline', () => {
  it('begins with the faults that fail, sorted, one a line, and is read as it was written', () => {
    const text = writeBaseline(baseline);
    expect(text.split('\n').filter((line) => line.includes('fingerprint'))).toEqual([
      `    {"rule":"wave-inverted","file":"K8s/sensor.yaml","message":"m","fingerprint":"${manifest.fingerprint}"},`,
      `    {"rule":"claim-false","file":"docs/a.md","message":"a","fingerprint":"${onA.fingerprint}"},`,
      `    {"rule":"claim-false","file":"docs/b.md","message":"b","fingerprint":"${onB.fingerprint}"}`,
    ]);
    const read = parseBaseline(text);
    expect('wrong' in read ? read.wrong : writeBaseline(read)).toBe(text);
    const hostile = baselineOf(hostileReport());
    expect(parseBaseline(writeBaseline(hostile))).toMatchObject({
      faults: { length: hostile.faults.length },
    });
    expect(parseBaseline(writeBaseline({ version: 1, faults: [] }))).toEqual({ version: 1, faults: [] });
  });

  it.each([
    ['x', 'it is not JSON'],
    ['{"version":2,"faults":[]}', 'at `version`'],
    ['{"version":1,"faults":[{"rule":"a"}]}', 'at `faults.0.'],
  ])('is refused as %s', (text, words) => {
    expect(parseBaseline(text)).toEqual({ wrong: expect.stringContaining(words) });
  });

  it('lets what it lists be, and nothing else', () => {
    const other = fault({ message: 'new' });
    const held = heldAgainst(report({ diagnostics: [onA, other, manifest, onB] }), baseline, 'f.json', true);
    expect(messages(held.diagnostics)).toEqual(['new']);
    expect(messages(held.baseline?.known)).toEqual(['a', 'm', 'b']);
    expect(held.baseline?.gone).toEqual([]);
  });

  it('only shrinks: what is mended has to leave it', () => {
    const held = heldAgainst(report({ diagnostics: [onA] }), baseline, 'f.json', true);
    expect(messages(held.baseline?.gone)).toEqual(['b', 'm']);
    const smaller: Baseline = shrunk(baseline, held.baseline?.gone ?? []);
    expect(messages(smaller.faults)).toEqual(['a']);
    const text = reporters.pretty(held, io);
    expect(text).toContain('error: f.json lists faults that are mended\n  docs/b.md: b [claim-false]\n');
    expect(text).toContain('--baseline f.json --update-baseline');
    expect(text).toMatch(/nothing new failed, 1 known fault, 2 mended and still in the baseline\n$/);
  });

  it('knows nothing of pages that were not checked', () => {
    const pages = [{ file: 'docs/a.md', cases: [], coverage: coverage() }];
    const held = heldAgainst(report({ pages }), baseline, 'f.json', false);
    expect(messages(held.baseline?.gone)).toEqual(['a', 'm']);
  });
});
