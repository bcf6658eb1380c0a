import type { ExcludedFinding } from '../../../model/index.ts';
import { type DiagnosticOf, diagnostic } from '../../../source/index.ts';
import { inRole } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject, webService } from './example-files.ts';

export const resourceExcluded = {
  name: 'resource-excluded',
  about: 'manifests',
  severity: 'warning',
  title: 'a resource that Argo CD never syncs',
  explain: `Argo CD leaves some kinds out of every sync: events, metrics and leases always, and what \`resource.exclusions\` and \`resource.inclusions\` of argocd-cm say. A manifest of such a kind in the source of an application is rendered and then passed over, so nobody ever applies it.`,
  silent: `Says nothing about kinds that only an argocd-cm excludes which is not read or cannot be parsed (those that Argo CD always excludes are still told), nor about an exclusion for certain clusters where the destination's server is not known.`,
  failing: `${webProject}${webApplication}${webService}==> K8s/web/lease.yaml <==
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata:
  name: leader
`,
  mended: `${webProject}${webApplication}${webService}`,
} as const satisfies ManifestRule;

export function excludedResource({
  resource,
  application,
  place,
}: ExcludedFinding): DiagnosticOf<'resource-excluded'> {
  return diagnostic({
    rule: resourceExcluded.name,
    severity: resourceExcluded.severity,
    identity: [resource.id, application],
    message: `\`${resource.kind}/${resource.name}\` is in Application \`${application}\`, and Argo CD leaves its kind out of every sync`,
    sources: [inRole(place, 'excluded')],
    expected: 'a kind that Argo CD syncs',
    actual: `${resource.group === '' ? 'core' : resource.group}/${resource.kind}`,
    help: 'take it out of the source, or out of `resource.exclusions` (or into `resource.inclusions`) of argocd-cm',
  });
}
