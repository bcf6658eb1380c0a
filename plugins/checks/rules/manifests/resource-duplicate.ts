import type { RepeatedFinding, SharedFinding } from '../../../model/index.ts';
import { type DiagnosticOf, diagnostic } from '../../../source/index.ts';
import { inRole } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject } from './example-files.ts';

export const resourceDuplicate = {
  name: 'resource-duplicate',
  about: 'manifests',
  severity: 'warning',
  title: 'one resource is declared twice',
  explain: `Two manifests that are applied to one cluster declare the same resource. In one application Argo CD keeps the last and sets the condition RepeatedResourceWarning. In two applications each takes it for its own and overwrites what the other applied (SharedResourceWarning, and with \`FailOnSharedResource=true\` a failed sync). Beside an application, whichever is applied last wins.`,
  silent: `Says nothing:

- where two destinations may be two clusters: other servers, other names, or one given by server and one by name;
- where two Applications of one name and namespace deploy it, or two ApplicationSets make those that do, and about what those deploy in turn: they cannot live in one Argo CD, so the repository holds several, and each applies its own;
- where an Application is refused by its project or its own spec;
- where the second copy comes from a kustomization of the reconciled layer that no Application deploys.

What is not rendered is compared with nothing.`,
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

/** Argo CD keeps the last, and says so at the application. */
export function repeatedResource({
  resource,
  application,
  places,
}: RepeatedFinding): DiagnosticOf<'resource-duplicate'> {
  return diagnostic({
    rule: resourceDuplicate.name,
    severity: resourceDuplicate.severity,
    identity: ['repeated', application.id, resource.id],
    message: `\`${resource.id}\` appears ${places.length} times in Application \`${application.name}\` (RepeatedResourceWarning)`,
    sources: places.map((place, index) => inRole(place, index === places.length - 1 ? 'counts' : 'before')),
    expected: 'one manifest',
    actual: places.map(({ file }) => file).join(', '),
    help: 'Argo CD applies the last alone and passes over the others: keep one of them.',
  });
}

/** Several applications, each of which takes the resource for its own; or one and what bootstrap applies. */
export function sharedResource({
  resources,
  files,
  applications,
  places,
}: SharedFinding): DiagnosticOf<'resource-duplicate'> {
  const id = resources[0]?.id ?? '';
  const isShared = applications.length > 1;
  const failing = applications.find(({ failsOnShared }) => failsOnShared)?.resource.name;
  return diagnostic({
    rule: resourceDuplicate.name,
    severity: resourceDuplicate.severity,
    identity: [id, ...files, ...(isShared ? applications.map(({ resource }) => resource.id) : [])],
    message: isShared
      ? `\`${id}\` is part of ${applications.length} applications (SharedResourceWarning)`
      : `\`${id}\` is applied ${resources.length} times, from different files`,
    sources: places.map((place, index) => inRole(place, index === 0 ? 'first' : 'again')),
    expected: isShared ? 'one application that deploys it' : 'one manifest',
    actual: resources
      .map(({ application, origin }) =>
        application === null ? origin.file : `${origin.file} by Application ${application}`,
      )
      .join(', '),
    help:
      isShared && failing !== undefined
        ? `\`FailOnSharedResource=true\` makes each sync of \`${failing}\` fail: let one application deploy it.`
        : isShared
          ? 'Each takes it for its own and overwrites what the other applied: let one application deploy it.'
          : 'Whichever is applied last wins: keep one of them.',
  });
}
