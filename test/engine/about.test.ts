import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, createExplainer, type Engine, type Explanation } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';

let engine: Engine;
let explained: (reference: string) => Explanation;

beforeAll(async () => {
  engine = await createEngine({ root: resolve(import.meta.dirname, '../..'), d2 });
  const { explain } = createExplainer(engine.platform);
  explained = (reference) => {
    const found = engine.platform.resolveReference(reference);
    if (!found.ok) throw new Error(`no ${reference}`);
    return explain(found.resource);
  };
});
afterAll(() => engine?.dispose());

describe('what a resource is to its tool', () => {
  test('an application: its chart with its values, and what may keep it out of sync', () => {
    const { about, commands } = explained('Application/obs-loki');
    expect(about).toMatchObject({
      is: 'application',
      sources: [{ path: 'K8s/observability/loki', kustomization: { line: 1 } }],
      charts: [
        {
          name: 'loki',
          version: '18.11.0',
          values: [{ place: { file: expect.stringMatching(/loki\/values\.yaml$/) } }],
        },
      ],
      unrendered: [{ kind: 'chart' }],
      // Nothing that is rendered is meant, and the chart may hold what is.
      ignored: [
        { by: 'argocd-cm', objects: 0 },
        { by: 'argocd-cm', objects: 0 },
      ],
      changedBy: [],
      mayChange: [{ policy: { reference: 'ClusterPolicy/add-default-labels' } }, {}],
    });
    if (about?.is !== 'application') throw new Error('no application');
    expect(commands.map(({ text }) => text)).toEqual([
      'argocd app diff obs-loki',
      'argocd app get obs-loki --refresh',
      expect.stringMatching(/^kubectl get -n argocd application\.argoproj\.io\/obs-loki -o jsonpath=/),
      'kustomize build --enable-helm K8s/observability/loki | kubectl diff -n observability -f -',
    ]);
    expect(about.sync.map(({ sentence }) => sentence).join(' ')).toMatch(/by itself.*prune.*self-heal/);
  });

  test('nothing may change what is rendered whole, and matches no policy that changes', () => {
    expect(explained('Application/edge').about).toMatchObject({ unrendered: [], mayChange: [], ignored: [] });
  });

  test('a set, a project and a policy', () => {
    expect(explained('ApplicationSet/backstage').about).toMatchObject({
      generators: [{ sentence: 'one Application for each folder that fits K8s/backstage/*' }],
      makes: { length: 4 },
      project: { reference: 'AppProject/backstage' },
    });
    expect(explained('AppProject/backstage').about).toMatchObject({
      namespacedKinds: { allowed: null, denied: expect.arrayContaining(['Secret']) },
      applications: { length: 4 },
    });
    expect(explained('ClusterPolicy/require-limits').about).toMatchObject({
      is: 'policy',
      title: expect.any(String),
      severity: expect.any(String),
      rules: [
        {
          counts: { pass: 2 },
          judges: [{ reference: 'Deployment/backstage' }, { reference: 'Deployment/dex' }],
        },
      ],
    });
  });

  test('a rule for Pods judges those of workloads, where Kyverno adds none for the workloads', () => {
    const { policies, results } = explained('Deployment/backstage');
    expect(policies).toContainEqual(
      expect.objectContaining({ rule: 'no-latest-images', matches: true, ofPods: true }),
    );
    expect(results).toContainEqual(
      expect.objectContaining({ rule: 'no-latest-images', result: 'pass', action: 'Enforce' }),
    );
    expect(explained('ClusterPolicy/restrict-unsafe-pods').about).toMatchObject({
      rules: [{ counts: { pass: 2 }, judges: [{ reference: 'Deployment/backstage' }, {}] }, {}, {}, {}],
    });
  });

  test('a route: whether it is taken, and where each rule leads', () => {
    expect(explained('HTTPRoute/backstage').about).toMatchObject({
      hosts: ['portal.idp.example.com'],
      parents: [
        {
          parent: { reference: 'Gateway/platform' },
          listeners: ['https'],
          accepted: true,
          reason: 'Accepted',
        },
      ],
      rules: [
        {
          matches: ['prefix /'],
          backends: [
            {
              service: { reference: 'Service/backstage' },
              workloads: [{ reference: 'Deployment/backstage', port: 7007 }],
            },
          ],
        },
      ],
    });
    expect(explained('HTTPRoute/grafana').about).toMatchObject({
      rules: [{ backends: [{ service: null, resolved: null, why: expect.stringContaining('helm chart') }] }],
    });
    expect(explained('Gateway/platform').about).toMatchObject({
      className: 'cilium',
      listeners: [
        { name: 'http' },
        {
          name: 'https',
          routes: expect.arrayContaining([expect.objectContaining({ reference: 'HTTPRoute/backstage' })]),
        },
      ],
    });
    expect(explained('Deployment/backstage').about).toBeNull();
  });

  test.each(['EventSource/alertmanager', 'Sensor/slo-burn', 'WorkflowTemplate/rollback-release'])(
    'the route of an event is the same sentence at %s, with what comes after it',
    (reference) => {
      const route = explained(reference).events.find(({ event }) => event === 'slo-burn');
      expect(route?.chain.sentence).toBe(
        'when alertmanager posts slo-burn and status is firing and severity is critical → rollback-release, at most once an hour; then → POST https://chat.example.com/hooks/platform',
      );
      expect(route?.chain.steps.map(({ reference: of, sentence }) => `${of}: ${sentence}`)).toEqual([
        'EventSource/alertmanager: gives slo-burn (webhook)',
        'Sensor/slo-burn: hears it as slo-burn',
        'Sensor/slo-burn: only where body.status = firing',
        'Sensor/slo-burn: only where body.commonLabels.severity = critical',
        'Sensor/slo-burn: trigger rollback: submit WorkflowTemplate/rollback-release',
        'Sensor/slo-burn: at most 1 per Hour',
        'WorkflowTemplate/rollback-release: runs WorkflowTemplate/rollback-release',
      ]);
      expect(route?.chain.next.map(({ steps }) => steps.at(-1)?.sentence)).toEqual([
        'trigger notify: POST https://chat.example.com/hooks/platform',
      ]);
    },
  );
});
