import type { ForbiddenFinding } from '../../../model/index.ts';
import { type DiagnosticOf, diagnostic } from '../../../source/index.ts';
import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject, webService } from './example-files.ts';

export const projectForbids = {
  name: 'project-forbids',
  about: 'manifests',
  severity: 'error',
  title: 'a project forbids an application',
  explain: `An AppProject permits sources, destinations and kinds. An application that its project does not permit is never deployed: Argo CD refuses it. A project that permits every server permits a cluster wherever it is.`,
  silent: `Where the verdict rests on something that the repository does not say. The Application is then *not verified*:

- the server of a cluster that is known by its name alone (name it under \`generators.clusters\` in \`plumbline.yaml\`);
- a regular expression that cannot be read;
- clusters or repositories that Secrets give to the project itself;
- a project that something unread may declare, or several of that name of which none lies nearest to the Application;
- a placeholder that a set-up fills in;
- global projects, where argocd-cm is in the repository (behind a generator, or as a patch over a remote base) and could not be rendered whole. Where nothing mentions argocd-cm, there are no global projects.`,
  failing: `==> IT/project.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: web
  namespace: argocd
spec:
  sourceRepos: ["*"]
  destinations:
    - {server: "https://kubernetes.default.svc", namespace: shop}
  clusterResourceWhitelist:
    - {group: "", kind: Namespace}
${webApplication}${webService}`,
  mended: `${webProject}${webApplication}${webService}`,
} as const satisfies ManifestRule;

export function forbiddenApplication({
  application,
  project,
  reason,
}: ForbiddenFinding): DiagnosticOf<'project-forbids'> {
  return diagnostic({
    rule: projectForbids.name,
    severity: projectForbids.severity,
    identity: [application.id, project, reason.about],
    message: `\`Application/${application.name}\`: ${reason.message}`,
    sources: [
      { ...reason.application, role: 'actual' },
      ...(reason.project ? [{ ...reason.project, role: 'declared here' }] : []),
    ],
    expected: reason.expected,
    actual: reason.actual,
    help:
      reason.help ??
      (reason.project
        ? `Widen \`AppProject/${project}\`, or change the application.`
        : `Add \`AppProject/${project}\`, or name another project.`),
  });
}
