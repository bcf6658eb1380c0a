import type { ManifestRule } from '../rule.ts';

export const manifestInvalid = {
  name: 'manifest-invalid',
  about: 'manifests',
  severity: 'error',
  title: 'a manifest cannot be read',
  explain: `Every file under the manifest roots is read. One that is not YAML, or is cut off, is told with its place; everything else is still checked. So is an object that its tool would refuse: an AppProject with a policy that is none, an Application without a source.`,
  failing: `==> K8s/web/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: web
  labels: {owner: web
`,
  mended: `==> K8s/web/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: web
  labels: {owner: web}
`,
} as const satisfies ManifestRule;
