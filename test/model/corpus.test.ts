import { describe, expect, it } from 'vitest';
import { printedModel } from '../../plugins/checks/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { corpus, isPresent } from '../corpus.ts';

const root = corpus('idp-blueprint');

describe('a real repository', () => {
  it.skipIf(!isPresent(root))(
    'generates an Application for each directory that its sets match',
    { timeout: 120_000 },
    async () => {
      const model = printedModel(await loadPlatform({ root }));
      console.log(
        `idp-blueprint: ${model.resources.length} resources, ${model.applications.length} applications, ${model.relations.length} relations`,
      );
      expect(model.applications.map(({ sources }) => sources[0]?.path).sort()).toEqual(
        [
          ...['argo-workflows', 'governance', 'infrastructure', 'sonarqube'].map(
            (name) => `K8s/cicd/${name}`,
          ),
          ...['argo-events', 'governance'].map((name) => `K8s/events/${name}`),
          ...[
            'fluent-bit',
            'governance',
            'infrastructure',
            'kube-prometheus-stack',
            'loki',
            'pyrra',
            'slo',
          ].map((name) => `K8s/observability/${name}`),
          ...['backstage', 'dex', 'governance', 'infrastructure'].map((name) => `K8s/backstage/${name}`),
          ...['governance', 'infrastructure'].map((name) => `K8s/policies/${name}`),
          ...['governance', 'trivy'].map((name) => `K8s/security/${name}`),
        ].sort(),
      );
      expect(model.applicationSets.map(({ unverified }) => unverified)).toEqual([
        null,
        null,
        null,
        null,
        null,
        null,
      ]);
      // Placeholders are no faults: the one that stands is the file that a kustomization lists and nobody
      // wrote.
      const errors = model.diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ rule, sources }) => [rule, sources[0]?.file])).toEqual([
        ['render-failed', 'IT/argocd/kustomization.yaml'],
      ]);
    },
  );
});
