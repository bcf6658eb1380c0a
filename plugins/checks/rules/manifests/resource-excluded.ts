import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject, webService } from './example-files.ts';

export const resourceExcluded = {
  name: 'resource-excluded',
  about: 'manifests',
  severity: 'warning',
  title: 'a resource that Argo CD never syncs',
  explain: `Argo CD leaves some kinds out of every sync: events, metrics and leases always, and what \`resource.exclusions\` and \`resource.inclusions\` of argocd-cm say. A manifest of such a kind in the source of an application is rendered and then passed over, so nobody ever applies it.`,
  failing: `${webProject}${webApplication}${webService}==> K8s/web/lease.yaml <==
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata:
  name: leader
`,
  mended: `${webProject}${webApplication}${webService}`,
} as const satisfies ManifestRule;
