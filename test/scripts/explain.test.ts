import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fields, functions } from '../../plugins/query/index.ts';
import { testInTurns } from '../turns.ts';
import { copyOf, fixtures, plumbline, project } from './cli.ts';

const inTurn = testInTurns(3);

const shop = join(fixtures, 'cli-shop');

describe('explain a rule', () => {
  inTurn('what it holds, how it fails, what is said then, and the same mended', async () => {
    const { code, stdout, stderr } = await plumbline(['explain', 'fact-stale', '--root', shop]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^fact-stale: a fact is out of step with the manifests\n\nA fact shows a literal/);
    expect(stdout).toContain('  severity  error (`severity` in plumbline.yaml)\n');
    expect(stdout).toContain('  fix       `plumbline fix` mends it where one answer is certain\n');
    expect(stdout).toContain('fails:\n\n    There are :fact[three]');
    expect(stdout).toContain('says:\n\n    error[fact-stale]: the page says `three`');
    expect(stdout).toContain('mended:\n\n    There are :fact[two]');
  });

  inTurn('the severity that it has here, and its family', async () => {
    const root = copyOf('cli-shop');
    writeFileSync(
      join(root, 'plumbline.yaml'),
      'layers: {gitops: [K8s]}\nseverity: {claim-false: warning}\n',
    );
    const { stdout } = await plumbline(['explain', 'claim-false', '--root', root]);
    expect(stdout).toContain('  severity  warning here, by default error');
    expect(stdout).toContain('  fix       by hand\n');
    expect(stdout).toContain('  related   claim-empty\n');
    const json = JSON.parse(
      (await plumbline(['explain', 'claim-false', '--format', 'json', '--root', root])).stdout,
    );
    expect(json).toMatchObject({
      ...{ name: 'claim-false', severity: 'warning', defaultSeverity: 'error', fixable: false },
      related: ['claim-empty'],
    });
  });
});

describe('explain a view', () => {
  const shopViews = (...words: string[]) => plumbline(['explain', ...words, '--root', shop]);

  inTurn('what it shows, its columns in expressions, its options, and its first rows here', async () => {
    const { code, stdout, stderr } = await shopViews('table', 'applications');
    expect([code, stderr]).toEqual([0, '']);
    const line = (text: string) => expect(stdout.replaceAll(/ {2,}/g, ' ')).toContain(text);
    expect(stdout).toMatch(/^table applications: Applications\n\nEvery application/);
    line(' type always sourceType Kustomize, Helm, Directory, …\n');
    line(' limit default: all at most so many rows\n');
    expect(stdout).toContain('plumbline table applications --limit 3\n\n');
  });

  inTurn('a table and a diagram of one name are both told, and a diagram in a sentence', async () => {
    const { stdout } = await shopViews('waves');
    expect(stdout).toContain('table waves: Sync waves');
    expect(stdout).toContain('diagram waves: ');
    expect((await shopViews('diagram', 'layers')).stdout).toMatch(/plumbline diagram layers\n\n\S/);
  });

  inTurn('as JSON, and a name that is none with the nearest', async () => {
    const { stdout } = await shopViews('table', 'sync', '--format', 'json');
    expect(JSON.parse(stdout).table.columns).toContainEqual(
      expect.objectContaining({ name: 'prune', cel: 'syncPolicy.prune' }),
    );
    const wrong = await shopViews('table', 'aplications');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('`table applications`');
  });
});

describe('explain a resource', () => {
  inTurn('where it comes from, who deploys it when, what it touches, who speaks of it', async () => {
    const { code, stdout, stderr } = await plumbline(['explain', 'Sensor/slo-burn', '--root', project]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const line = (text: string) => expect(stdout.replaceAll(/ {2,}/g, ' ')).toContain(text);
    expect(stdout.split('\n')[0]).toBe('Sensor/slo-burn');
    line(' API argoproj.io/v1alpha1 Sensor\n');
    line(' layer gitops, stack events\n');
    line(' written in K8s/events/argo-events/sensors/slo-burn.yaml:2\n');
    line(' by way of K8s/events/argo-events/kustomization.yaml:');
    line(' application events-argo-events, in project events: permitted\n');
    // What its chart brings may come in any wave: no step is said of it.
    expect(stdout).toMatch(/ {2}sync {9}wave 3; not known beside it: helm chart argo-events [\d.]+\n/);
    line(
      ' events when alertmanager posts slo-burn and status is firing and severity is critical → rollback-release, at most once an hour; then → POST https://chat.example.com/hooks/platform, by Sensor/slo-burn (K8s/',
    );
    line(' speaks through EventBus/default\n');
    line(' triggers WorkflowTemplate/rollback-release\n');
    line(' listens to EventSource/alertmanager, EventSource/kubernetes\n');
    expect(stdout).not.toContain('feeds');
    expect(stdout).toMatch(/ {2}on pages {5}docs\/\S+:\d+ \w+\n/);
  });

  inTurn('what a sensor does with an event at hand', async () => {
    const file = join(copyOf('cli-shop'), 'event.json');
    const tried = async (severity: string) => {
      const labels = { severity, application: 'shop-web' };
      writeFileSync(file, JSON.stringify({ body: { status: 'firing', commonLabels: labels } }));
      const options = ['--event', file, '--dependency', 'slo-burn', '--root', project];
      return (await plumbline(['explain', 'Sensor/slo-burn', ...options])).stdout;
    };
    const fires = await tried('critical');
    expect(fires).toContain('  slo-burn: passes the filters\n    rollback fires\n');
    expect(fires).toContain('value: shop-web\n');
    expect(await tried('warning')).toBe(
      'Sensor/slo-burn\n  slo-burn: does not pass the filters\n    rollback does not fire\n',
    );
  });

  inTurn('the same as JSON', async () => {
    const { stdout } = await plumbline([
      'explain',
      'Namespace/observability',
      '--format',
      'json',
      '--root',
      project,
    ]);
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({
      ...{ reference: 'Namespace/observability', kind: 'Namespace', namespace: null, stack: 'observability' },
      application: { name: 'obs-governance', project: 'observability', permitted: true, reasons: [] },
      order: { wave: -10, waveSet: true, phase: 'Sync', step: 1 },
    });
    expect(told.policies.map(({ policy }: { policy: string }) => policy)).toContain(
      'ClusterPolicy/require-namespace-labels',
    );
    expect(told.relations).toContainEqual(
      expect.objectContaining({
        type: 'permits',
        way: 'in',
        words: 'permitted by',
        other: 'AppProject/observability',
      }),
    );
    for (const { file, line, how } of told.mentions) {
      expect(file).toMatch(/^docs\//);
      expect(line).toBeGreaterThan(0);
      expect(how).toMatch(/^(reference|path|diagram|table|excerpt|command|claim|fact)$/);
    }
    expect(new Set(told.mentions.map(({ how }: { how: string }) => how)).size).toBeGreaterThan(3);
  });

  inTurn('what its project forbids', async () => {
    const { stdout } = await plumbline([
      'explain',
      'ClusterRole/all',
      '--root',
      join(fixtures, 'model-forbidden'),
    ]);
    expect(stdout).toContain('  application  wrong, in project narrow: forbidden\n');
    expect(stdout).toMatch(
      / {15}resource `ClusterRole\S+` is not permitted in project `narrow`.* \(apps\/\w+\.yaml:\d+\)\n/,
    );
  });
});

describe('explain expressions', () => {
  inTurn('every name and function', async () => {
    const { code, stdout } = await plumbline(['explain', 'expressions', '--root', shop]);
    expect(code).toBe(0);
    for (const { name } of Object.values(fields).flat())
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    for (const { forms } of functions) expect(stdout).toContain(`\n  ${forms[0]} `);
    const json = JSON.parse(
      (await plumbline(['explain', 'expressions', '--format', 'json', '--root', shop])).stdout,
    );
    expect(Object.keys(json)).toEqual(['fields', 'lists', 'functions']);
  });
});

describe('explain what there is not', () => {
  test.each([
    ['fact-stal', 'there is no rule, no view and no resource `fact-stal`', 'did you mean `fact-stale`?'],
    ['Namespace/shopp', 'there is no rule, no view and no resource `Namespace/shopp`', '`Namespace/shop`'],
    ['nothing-like-it-at-all', 'there is no rule, no view and no resource', 'Kind/name'],
  ])('%s', async (what, message, help) => {
    const { code, stdout, stderr } = await plumbline(['explain', what, '--root', shop]);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toContain(help);
    expect(code).toBe(2);
  });
});
