import { describe, expect, it } from 'vitest';
import { unverifiedChart } from '../../plugins/source/index.ts';
import { edge, fault, hostile, hostileReport, io, place, report, reporters } from './reports.ts';

describe('concise', () => {
  it('has one line a fault, and the summary last', () => {
    const given = report({
      diagnostics: [fault(edge), fault({ ...edge, page: null, severity: 'warning' })],
      unverified: [unverifiedChart({ name: 'x' }, 'far', place('K8s/k.yaml', 2, 5))],
    });
    expect(reporters.concise(given, io)).toBe(
      `docs/events.md:3:9: error[diagram-edge-unbacked] no manifest backs this edge
K8s/sensor.yaml:3:3: warning[diagram-edge-unbacked] no manifest backs this edge
K8s/k.yaml:2:5: not verified: helm chart x: far
2 claims, 1 diagram on 1 page: 1 failed, 1 warning; 1 could not be verified
`,
    );
  });

  it('keeps each fault on its line whatever names hold', () => {
    const lines = reporters.concise(hostileReport(), io).trimEnd().split('\n');
    expect(lines).toHaveLength(4 * hostile.length + 1);
  });
});
