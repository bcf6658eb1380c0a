import { describe, expect, it } from 'vitest';
import type { Report } from '../../plugins/engine/index.ts';
import type { ReporterIo } from '../../plugins/report/types.ts';
import { unverifiedChart } from '../../plugins/source/index.ts';
import {
  edge,
  edgePlace,
  fault,
  hostile,
  hostileReport,
  io,
  page,
  place,
  report,
  reporters,
} from './reports.ts';

const diagnosticsOf = (given: Report, with_: ReporterIo = io) =>
  JSON.parse(reporters.rdjson(given, with_)).diagnostics;

describe('rdjson', () => {
  it('counts columns in bytes of UTF-8, ends exclusive', () => {
    const [one] = diagnosticsOf(report({ diagnostics: [fault(edge)] }));
    const { start, end } = one.location.range;
    const line = Buffer.from(page.split('\n')[2] ?? '');
    expect(line.subarray(start.column - 1, end.column - 1).toString()).toBe('sensor -> argocd');
    expect(one).toMatchObject({
      message: expect.stringContaining('no manifest backs this edge\nexpected: '),
      location: { path: 'docs/events.md', range: { start: { line: 3 }, end: { line: 3 } } },
      severity: 'ERROR',
      code: { value: 'diagram-edge-unbacked' },
      relatedLocations: [
        {
          message: 'Sensor/ci-push, triggers nothing',
          location: { path: 'K8s/sensor.yaml', range: { start: { line: 3, column: 3 } } },
        },
      ],
    });
  });

  it('has lines alone where the text is not known', () => {
    const [one] = diagnosticsOf(report({ diagnostics: [fault(edge)] }), { ...io, text: () => undefined });
    expect(one.location.range).toEqual({ start: { line: 3 }, end: { line: 3 } });
  });

  it('makes a replacement a change of one click', () => {
    const fix = { replacement: 'sensor -> build' };
    const [one] = diagnosticsOf(report({ diagnostics: [fault({ ...edge, fix })] }));
    expect(one.suggestions).toEqual([{ range: one.location.range, text: 'sensor -> build' }]);
    const elsewhere = { ...fix, place: { ...edgePlace, column: 19, endColumn: 25 } };
    const [other] = diagnosticsOf(report({ diagnostics: [fault({ ...edge, fix: elsewhere })] }));
    expect(other.suggestions[0].range.start.column).toBe(one.location.range.end.column - 'argocd'.length);
  });

  it('tells what could not be verified, below a warning', () => {
    const unverified = [unverifiedChart({ name: 'x' }, 'far', place('K8s/sensor.yaml', 1, 1))];
    expect(diagnosticsOf(report({ unverified }))).toMatchObject([
      { message: 'not verified: helm chart x: far', severity: 'INFO', location: { path: 'K8s/sensor.yaml' } },
    ]);
  });

  it('names files from the top of the repository', () => {
    const [one] = diagnosticsOf(report({ diagnostics: [fault(edge)] }), {
      ...io,
      path: (file) => `idp/${file}`,
    });
    expect(one.location.path).toBe('idp/docs/events.md');
  });

  it('is JSON whatever names hold', () => {
    expect(diagnosticsOf(hostileReport())).toHaveLength(4 * hostile.length);
  });
});
