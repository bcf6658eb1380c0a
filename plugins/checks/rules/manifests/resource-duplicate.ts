import type { RepeatedFinding } from '../../../model/index.ts';
import { type DiagnosticOf, diagnostic } from '../../../source/index.ts';
import { inRole } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject } from './example-files.ts';

export const resourceDuplicate = {
  name: 'resource-duplicate',
  about: 'manifests',
  severity: 'warning',
  title: 'one resource is declared twice',
  explain: `Two manifests that are applied to one cluster declare the same resource: the last one to be applied wins, and Argo CD warns of a shared resource.`,
  failing: `${webProject}${webApplication}==> IT/kustomization.yaml <==
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: web
==> K8s/web/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
`,
  mended: `${webProject}${webApplication}==> IT/kustomization.yaml <==
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: web
==> K8s/web/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: preview
`,
} as const satisfies ManifestRule;

export function repeatedResource({
  resources,
  files,
  places,
}: RepeatedFinding): DiagnosticOf<'resource-duplicate'> {
  const id = resources[0]?.id ?? '';
  return diagnostic({
    rule: resourceDuplicate.name,
    severity: resourceDuplicate.severity,
    identity: [id, ...files],
    message: `\`${id}\` is applied ${resources.length} times, from different files`,
    sources: places.map((place, index) => inRole(place, index === 0 ? 'first' : 'again')),
    expected: 'one manifest',
    actual: resources
      .map(({ application, origin }) =>
        application === null ? origin.file : `${origin.file} by Application ${application}`,
      )
      .join(', '),
    help: 'Whichever is applied last wins: keep one of them.',
  });
}
