import { webApplication, webProject, webService } from '../example-files.ts';
import type { Rule } from '../types.ts';

export const waveInert = {
  name: 'wave-inert',
  about: 'manifests',
  severity: 'warning',
  title: 'a wave that nothing obeys',
  explain: `Sync waves order what one application deploys. On a resource that no application deploys the annotation means nothing, and a reader who trusts it is misled. Told only where the repository has applications and all of them could be expanded. A warning by default: an application that lives in another repository may deploy the resource.`,
  failing: `${webProject}${webApplication}${webService}==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    argocd.argoproj.io/sync-wave: "5"
`,
  mended: `${webProject}${webApplication}${webService}==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
`,
} as const satisfies Rule;
