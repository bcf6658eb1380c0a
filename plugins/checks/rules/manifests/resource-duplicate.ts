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
