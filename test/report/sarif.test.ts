import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { rules } from '../../plugins/checks/index.ts';
import type { Report } from '../../plugins/engine/index.ts';
import { sarifFailure } from '../../plugins/report/index.ts';
import { edge, fault, hostile, hostileReport, io, place, report, reporters } from './reports.ts';

const runOf = (given: Report) => {
  const log: Log = JSON.parse(reporters.sarif(given, io));
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
};

describe('sarif', () => {
  it('has the page as location, and manifests as related locations that the message links', () => {
    const [result] = runOf(report({ diagnostics: [fault(edge)] }))?.results ?? [];
    expect(result).toMatchObject({
      ruleId: 'diagram-edge-unbacked',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'docs/events.md', uriBaseId: '%SRCROOT%' },
            region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 25 },
          },
        },
      ],
      relatedLocations: [
        {
          id: 1,
          physicalLocation: { artifactLocation: { uri: 'K8s/sensor.yaml' }, region: { startLine: 3 } },
          logicalLocations: [{ fullyQualifiedName: 'Sensor/ci-push, spec.triggers', kind: 'resource' }],
        },
      ],
      partialFingerprints: { 'plumbline/v1': fault(edge).fingerprint },
    });
    expect(result?.message.text).toBe(
      'no manifest backs this edge\nExpected: Sensor/ci-push triggers Application/argocd\nFound: nothing\nSee: [Sensor/ci-push](1)\nHelp: drop the edge',
    );
  });

  it('has a fault of the manifests alone at its first manifest', () => {
    const [result] = runOf(report({ diagnostics: [fault({ ...edge, page: null })] }))?.results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('K8s/sensor.yaml');
    expect(result?.relatedLocations).toBeUndefined();
  });

  it('tells of every rule what it holds, and points each result at its own', () => {
    const run = runOf(report({ diagnostics: [fault(), fault({ rule: 'path-missing' })] }));
    const told = run?.tool.driver.rules ?? [];
    expect(told.map(({ id }) => id)).toEqual(Object.keys(rules));
    for (const rule of told) expect(rule.help?.markdown).toContain('Mended:');
    for (const { ruleId, ruleIndex = -1 } of run?.results ?? []) expect(told[ruleIndex]?.id).toBe(ruleId);
  });

  it('links the pages of the rules where their address is known', () => {
    const site = { ...io, ruleUrl: (rule: string) => `https://idp.example.com/rules/${rule}/` };
    const log: Log = JSON.parse(reporters.sarif(report({ diagnostics: [fault()] }), site));
    const uris = log.runs[0]?.tool.driver.rules?.map(({ helpUri }) => helpUri);
    expect(uris).toContain('https://idp.example.com/rules/fact-stale/');
    expect(runOf(report({}))?.tool.driver.rules?.every(({ helpUri }) => helpUri === undefined)).toBe(true);
    const [one] = JSON.parse(
      reporters.rdjson(report({ diagnostics: [fault({ rule: 'path-missing' })] }), site),
    ).diagnostics;
    expect(one.code.url).toBe('https://idp.example.com/rules/path-missing/');
    expect(reporters.pretty(report({ diagnostics: [fault({ rule: 'path-missing' })] }), site)).toMatch(
      /more +plumbline explain path-missing {2}https:\/\/idp\.example\.com\/rules\/path-missing\/\n/,
    );
  });

  it('keeps what could not be verified apart from results', () => {
    const run = runOf(
      report({
        unverified: [{ kind: 'file', what: 'chart [a]', why: 'far', origin: place('K8s/k.yaml', 3, 1) }],
      }),
    );
    expect(run?.results).toEqual([]);
    expect(run?.invocations).toMatchObject([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            descriptor: { id: 'unverified' },
            level: 'note',
            message: { text: 'chart \\[a\\]: far' },
            locations: [{ physicalLocation: { artifactLocation: { uri: 'K8s/k.yaml' } } }],
          },
        ],
      },
    ]);
  });

  it('marks faults of the baseline as suppressed', () => {
    const baseline = { file: 'baseline.json', known: [fault(edge)], gone: [] };
    const results = runOf(report({ diagnostics: [fault()], baseline }))?.results ?? [];
    expect(results.map(({ suppressions }) => suppressions?.[0]?.justification)).toEqual([
      undefined,
      'listed in baseline.json',
    ]);
  });

  it('offers a replacement where one is certain', () => {
    const [result] =
      runOf(report({ diagnostics: [fault({ ...edge, fix: { replacement: 'a -> b' } })] }))?.results ?? [];
    expect(result?.fixes?.[0]?.artifactChanges[0]).toMatchObject({
      artifactLocation: { uri: 'docs/events.md' },
      replacements: [
        { deletedRegion: { startLine: 3, startColumn: 9 }, insertedContent: { text: 'a -> b' } },
      ],
    });
  });

  it('writes paths as addresses', () => {
    const [result] =
      runOf(report({ diagnostics: [fault({ page: place('docs/a b#c/é.md', 1, 1) })] }))?.results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('docs/a%20b%23c/%C3%A9.md');
  });

  it('links nothing but related locations, whatever names say', () => {
    for (const { message, relatedLocations = [] } of runOf(hostileReport())?.results ?? []) {
      const links = [...(message.text ?? '').matchAll(/(?<!\\)\[((?:\\.|[^\]\\])*)(?<!\\)\]\(([^)]*)\)/g)];
      expect(links.map(([, , target]) => Number(target))).toEqual(relatedLocations.map(({ id }) => id));
    }
    expect(runOf(hostileReport())?.results).toHaveLength(2 * hostile.length);
  });

  it('says of a run that ended without an answer that it did, and has no results at all', () => {
    const log: Log = JSON.parse(sarifFailure('error: the root does not exist\n  help: name one\n'));
    expect(log.runs[0]?.invocations?.[0]).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    expect(log.runs[0]).not.toHaveProperty('results');
  });
});
