import type { ManifestRule } from '../rule.ts';
import { webApplication, webProject, webService } from './example-files.ts';

export const projectForbids = {
  name: 'project-forbids',
  about: 'manifests',
  severity: 'error',
  title: 'a project forbids an application',
  explain: `An AppProject permits sources, destinations and kinds. An application that its project does not permit is never deployed: Argo CD refuses it.`,
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
