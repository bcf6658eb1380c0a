import { describe, expect, it } from 'vitest';
import { type Unverified, unverifiedChart, unverifiedKustomization } from '../../plugins/source/index.ts';
import { io, place, report, reporters } from './reports.ts';

describe('what could not be verified', () => {
  const chart = unverifiedChart(
    { name: 'loki', version: '6.1.0' },
    { why: 'it comes from https://x', remedy: 'fetch' },
    place('K8s/k.yaml', 3, 5),
  );
  const set: Unverified = {
    kind: 'generator',
    what: 'ApplicationSet far',
    why: 'a `clusters` generator needs the clusters',
    remedy: 'generators',
    origin: null,
  };

  it('is listed with what settles it, a sentence a kind', () => {
    const text = reporters.pretty(
      report({ unverified: [chart, { ...chart, what: 'helm chart b' }, set] }),
      io,
    );
    expect(text.match(/helm chart .*\(K8s\/k\.yaml:3:5\)$/gm)).toHaveLength(2);
    expect(text.match(/^ {2}to settle .*$/gm)).toEqual([
      expect.stringContaining('`plumbline fetch`'),
      expect.stringContaining('`generators` in plumbline.yaml'),
      expect.stringContaining('`written && …`'),
    ]);
    expect(reporters.pretty(report({ unverified: [set] }), io)).not.toContain('plumbline fetch');
    // What is said of it is words, of whoever wrote the manifests too.
    const { remedy: _, ...said } = { ...chart, why: 'Helm says: `plumbline fetch` brings it' };
    expect(reporters.pretty(report({ unverified: [said] }), io)).not.toMatch(/to settle.*plumbline fetch/);
  });

  it('is settled by a choice where overlays differ, not by what stands in the repository', () => {
    const overlay = unverifiedKustomization('prod', { why: 'it differs', remedy: 'deploy' }, null);
    const text = reporters.pretty(report({ unverified: [overlay] }), io);
    expect(text.match(/^ {2}to settle .*$/gm)).toEqual([
      expect.stringContaining('`deploy: [overlays/prod]`'),
    ]);
  });

  it('is a state of its own in every format', () => {
    for (const [format, reporter] of Object.entries(reporters)) {
      const text = reporter(report({ unverified: [chart] }), io);
      expect(text, format).toContain('loki');
      expect(text, format).not.toMatch(/::error|"ruleId"|<failure|"ERROR"|error\[/);
    }
  });
});
