import { webApplication, webProject, webService } from '../example-files.ts';
import type { Rule } from '../types.ts';

export const waveInverted = {
  name: 'wave-inverted',
  about: 'manifests',
  severity: 'error',
  title: 'a resource comes before what it needs',
  explain: `Within one application a resource must not come in an earlier wave than what it cannot do without: its Namespace, the store that an ExternalSecret reads, the ServiceAccount, ConfigMap or Secret of a workload. Argo CD waits for each wave to be healthy, so the sync fails or waits for ever.`,
  failing: `${webProject}${webApplication}==> K8s/web/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: web
  annotations:
    argocd.argoproj.io/sync-wave: "3"
${webService}  namespace: web
`,
  mended: `${webProject}${webApplication}==> K8s/web/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: web
  annotations:
    argocd.argoproj.io/sync-wave: "-3"
${webService}  namespace: web
`,
} as const satisfies Rule;
