import type { ManifestRule } from '../rule.ts';
import { webService } from './example-files.ts';

export const renderFailed = {
  name: 'render-failed',
  about: 'manifests',
  severity: 'error',
  title: 'a kustomization cannot be built',
  explain: `Kustomizations are built by the real kustomize. One that refuses is told with the engine's words and the line that it stumbles over; what can still be read of its files is.`,
  failing: `==> K8s/web/kustomization.yaml <==
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - service.yaml
  - ingress.yaml
${webService}`,
  mended: `==> K8s/web/kustomization.yaml <==
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - service.yaml
${webService}`,
} as const satisfies ManifestRule;
