import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { shareOfDay } from '../fuzz.ts';
import { manifestFiles, manifestsIn, root, type Source, sourcesIn, titleOf } from './manifests.ts';
import { faultsOf, type Manifest } from './schema.ts';

const all = manifestFiles.flatMap(sourcesIn);
const kindOf = ({ manifest }: Source) => `${manifest.apiVersion} ${manifest.kind}`;
/** A third of the kinds each day, as reading a schema takes longer than all that is held to it. */
const kinds = [...new Set(all.map(kindOf))].sort();
const turn = shareOfDay(kinds, 3);
const inTurn = (some: Source[]) => some.filter((source) => turn.chosen.includes(kindOf(source)));
const sources = inTurn(all);
console.log(
  `schemas: ${sources.length} of ${all.length} manifests, ${turn.chosen.length} of ${kinds.length} kinds (${turn.name})`,
);

describe('every manifest follows the schema of its kind', () => {
  test.each([...new Set(sources.map(({ file }) => file))])('%s', async (file) => {
    const own = sources.filter((source) => source.file === file);
    const faults = await Promise.all(
      own.map(async ({ line, manifest }) =>
        (await faultsOf(manifest)).map((fault) => `${file}:${line} ${titleOf(manifest)}: ${fault}`),
      ),
    );
    expect(faults.flat()).toEqual([]);
  });
});

describe('manifests inside manifests follow theirs', () => {
  const sensors = all.filter(({ manifest }) => manifest.kind === 'Sensor');
  test.each(inTurn(sensors))('the workflows that $file submits', async ({ manifest }) => {
    const workflows = workflowsIn(manifest);
    expect(workflows).not.toEqual([]);
    expect((await Promise.all(workflows.map(faultsOf))).flat()).toEqual([]);
  });

  const appliers = all.filter(({ manifest }) => resourcesIn(manifest).length > 0);
  test.each(inTurn(appliers))('the resources that $file applies', async ({ manifest }) => {
    const faults = await Promise.all(resourcesIn(manifest).map(faultsOf));
    expect(faults.flat()).toEqual([]);
  });

  test('there are some', () => {
    expect(sensors).toHaveLength(3);
    expect(appliers.map(({ manifest }) => manifest.metadata?.name)).toEqual(['deploy-preview']);
  });
});

describe('a fault is found', () => {
  const faults: [what: string, file: string, right: string | RegExp, wrong: string][] = [
    ['an unknown field', 'IT/argocd/appproject-observability.yaml', 'sourceRepos:', 'sourceRepoz:'],
    [
      'an unknown field of a core kind',
      'K8s/backstage/dex/service.yaml',
      'targetPort: http',
      'targetport: http',
    ],
    [
      'a field one level too high',
      'K8s/backstage/dex/deployment.yaml',
      'spec:\n  replicas: 2',
      'replicas: 2\nspec:',
    ],
    ['a wave that is no string', 'IT/gateway/httproutes/vault.yaml', '"10"', '10'],
    [
      'a sync option that is no list',
      'K8s/events/applicationset-events.yaml',
      /syncOptions:(\n +[-#] .*)+/,
      'syncOptions: PruneLast=true',
    ],
    ['a misspelt prune', 'K8s/cicd/applicationset-cicd.yaml', 'prune: true', 'prunes: true'],
    [
      'a misspelt wave of a secret',
      'K8s/backstage/dex/externalsecret-dex.yaml',
      'annotations:',
      'annotation:',
    ],
    ['a creation policy that is none', 'K8s/backstage/dex/externalsecret-dex.yaml', 'OrMerge', 'OrMarge'],
    ['a port that is no number', 'IT/gateway/httproutes/dex.yaml', 'port: 5556', 'port: http'],
    ['an issuer without a kind', 'IT/cert-manager/clusterissuer-platform-ca.yaml', 'kind: ', 'kin: '],
    ['an action that is none', 'K8s/security/kyverno/policies/require-limits.yaml', 'Audit', 'Warn'],
    [
      'a misspelt action',
      'K8s/security/kyverno/policies/require-limits.yaml',
      'failureAction',
      'failureAktion',
    ],
    ['a misspelt match', 'K8s/security/kyverno/policies/require-limits.yaml', 'kinds: [Pod]', 'kind: [Pod]'],
    ['a misspelt port', 'K8s/observability/kube-prometheus-stack/monitors/argocd.yaml', '- port', '- prot'],
    [
      'a misspelt entry point',
      'K8s/cicd/argo-workflows/workflow-templates/notify.yaml',
      'entrypoint',
      'entryPoint',
    ],
    [
      'a misspelt step',
      'K8s/cicd/argo-workflows/workflow-templates/sync-application.yaml',
      'templateRef:',
      'templateref:',
    ],
    ['a limit that is no quantity', 'K8s/events/governance/limitrange.yaml', 'cpu: 500m', 'cpu: half'],
    ['an unknown event type', 'K8s/events/argo-events/eventsources/kubernetes.yaml', 'UPDATE', 'CHANGE'],
    ['a misspelt event source', 'K8s/events/argo-events/eventsources/github.yaml', '  github:', '  gitHub:'],
    [
      'a misspelt dependency',
      'K8s/events/argo-events/sensors/slo-burn.yaml',
      'eventSourceName',
      'eventSource',
    ],
    [
      'two triggers in one',
      'K8s/events/argo-events/sensors/slo-burn.yaml',
      'http:',
      'argoWorkflow: {}\n        http:',
    ],
    ['an unknown bus', 'K8s/events/argo-events/eventbus.yaml', 'jetstream:', 'jetStream:'],
    ['a target above 100', 'K8s/observability/slo/argocd-sync.yaml', 'target: "99"', 'target: "990"'],
    ['an unknown indicator', 'K8s/observability/slo/gateway-latency.yaml', 'latency:', 'speed:'],
    ['an unknown entity', 'K8s/cicd/governance/ciliumnetworkpolicy.yaml', '- ingress', '- gateway'],
    [
      'a chart of no fixed version',
      'K8s/observability/loki/kustomization.yaml',
      /version: .*/,
      'version: ">=1"',
    ],
    ['a kind that nobody knows', 'IT/gateway/gateway.yaml', 'kind: Gateway', 'kind: Gatekeeper'],
    ['a version that is gone', 'IT/gateway/gateway.yaml', '.io/v1', '.io/v1alpha2'],
    ['a group that nobody knows', 'IT/gateway/gateway.yaml', 'networking.k8s.io', 'networking.example.com'],
  ];
  const isInTurn = ([, file]: (typeof faults)[number]) => sources.some((source) => source.file === file);

  test.each(faults.filter(isInTurn))('%s', async (_, file, right, wrong) => {
    const text = readFileSync(join(root, file), 'utf8');
    const broken = text.replace(right, wrong);
    expect(broken).not.toBe(text);
    const found = await Promise.all(manifestsIn(broken).map(faultsOf));
    expect(found.flat()).not.toEqual([]);
  });

  test.each(turn.chosen)('an unknown field anywhere in %s', async (kind) => {
    for (const { manifest } of sources.filter((source) => kindOf(source) === kind)) {
      expect(await faultsOf({ ...manifest, plumb: true })).not.toEqual([]);
      if (manifest.spec === undefined) continue;
      expect(await faultsOf({ ...manifest, spec: { ...manifest.spec, plumb: true } })).not.toEqual([]);
    }
  });
});

interface Trigger {
  template: { argoWorkflow?: { source: { resource: Manifest } } };
}

function workflowsIn(sensor: Manifest): Manifest[] {
  const { triggers } = sensor.spec as { triggers: Trigger[] };
  return triggers.flatMap(({ template }) => template.argoWorkflow?.source.resource ?? []);
}

function resourcesIn(manifest: Manifest): Manifest[] {
  if (manifest.kind !== 'WorkflowTemplate') return [];
  const { templates } = manifest.spec as { templates: { resource?: { manifest: string } }[] };
  return templates.flatMap(({ resource }) =>
    // What a workflow fills in is a word here.
    resource === undefined ? [] : (parse(resource.manifest.replaceAll(/{{.*?}}/g, 'word')) as Manifest),
  );
}
