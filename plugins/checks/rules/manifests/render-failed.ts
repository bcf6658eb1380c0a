import type { ManifestRule } from '../rule.ts';
import { webService } from './example-files.ts';

export const renderFailed = {
  name: 'render-failed',
  about: 'manifests',
  severity: 'error',
  title: 'a kustomization cannot be built',
  explain: `Kustomizations are built by the real kustomize. One that refuses is told with the engine's words and the line that it stumbles over; what can still be read of its files is. Where something is missing, what kustomize says of the rest is not told as well.`,
  silent: `When a file is fetched from the network, and when kustomize refuses what is left without it; when an engine did not come to an end (too slow, or ended from outside); about lines and file names that hold a placeholder such as \`<NAME>\`, which a set-up fills in: all of this is not verified. So is a listed file that is missing where Git ignores it, where a template of its name lies in the repository, where a \`Chart.yaml\` lies beside a kustomization of which no resource is there, or where a plugin builds it, unless an Application has Argo CD build the kustomization from Git. Of skeletons of templates and tests of tools that nobody deploys.`,
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
