import type { ManifestRule } from '../rule.ts';
import { webService } from './example-files.ts';

export const renderFailed = {
  name: 'render-failed',
  about: 'manifests',
  severity: 'error',
  title: 'a kustomization cannot be built',
  explain: `Kustomizations are built by the real kustomize. One that refuses is told with the engine's words and the line that it stumbles over; what can still be read of its files is. Where something is missing, what kustomize says of the rest is not told as well.`,
  silent: `These are *not verified* instead:

- a file that would be fetched from the network, and what kustomize refuses to build without it;
- an engine that did not finish (too slow, or ended from outside);
- lines and file names with a placeholder such as \`<NAME>\`, which a set-up fills in;
- a listed file that is missing because Git ignores it, because only a template of it is in the repository, because a plugin builds it, or where a \`Chart.yaml\` lies beside a kustomization none of whose resources is there; unless an Application has Argo CD build the kustomization from Git.

Says nothing about skeletons of templates, kustomizations with \`{{ … }}\` in them or in what they list, overlays that Fleet lays over a chart, and tests of tools, as long as nothing deploys them.`,
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
