import { type InstalledArgoCd, installedArgoCd, type Platform } from '../../../platform/index.ts';
import type { DiagnosticOf, DiagnosticSource } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import { firstNamespaced, firstNull } from '../../engines/treated-otherwise.ts';
import type { ManifestRule } from '../rule.ts';

const example = (value: string) => `==> IT/argocd.yaml <==
apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
  namespace: argocd
spec:
  selector: {matchLabels: {app: argocd-repo-server}}
  template:
    metadata: {labels: {app: argocd-repo-server}}
    spec:
      containers: [{name: repo-server, image: "quay.io/argoproj/argocd:v2.14.9"}]
==> IT/application.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://git.example.com/shop.git
    path: K8s/shop
    targetRevision: main
  destination: {server: "https://kubernetes.default.svc", namespace: shop}
==> K8s/shop/Chart.yaml <==
apiVersion: v2
name: shop
version: 1.0.0
==> K8s/shop/values.yaml <==
limits:
  memory: ${value}
==> K8s/shop/templates/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  limits: {{ .Values.limits | toJson | quote }}
`;

export const engineDiffers = {
  name: 'engine-differs',
  about: 'manifests',
  severity: 'info',
  title: "Argo CD's own engine may render something else",
  explain: `Argo CD brings a kustomize and a Helm of its own, and each version other ones. Told where the manifests say which Argo CD is installed, where another engine rendered here, and where the platform holds what these two are known to treat otherwise: \`null\` among the values of a chart (Helm 3.17.1, 3.20.0, 3.20.1 and 4.2.0 each changed how values are merged; 4.0 is like 3.20.0, 4.1.3 like 3.20.1), and charts of a kustomization with a \`namespace\` (which they get since kustomize 5.8). A note: what is rendered here may be right all the same.`,
  silent: `Says nothing:

- where no manifest gives the version of Argo CD, or where it gives several and one of them renders the same;
- about a version whose engines are not known;
- about values inside fetched charts, which are not searched for this.`,
  failing: example('null'),
  mended: example('1Gi'),
  check: differingEngines,
} as const satisfies ManifestRule;

function differingEngines(platform: Platform): DiagnosticOf<'engine-differs'>[] {
  const installed = installedArgoCd(platform);
  return differences.flatMap((difference) => told(difference, installed, platform));
}

/** Nothing where an Argo CD that is installed renders as was rendered here: it may be the one that counts. */
function told(
  { engine, wayOf, find, words }: Difference,
  installed: readonly InstalledArgoCd[],
  platform: Platform,
): DiagnosticOf<'engine-differs'>[] {
  const name = engine === 'Helm' ? 'helm' : 'kustomize';
  const ran = platform.engines.find((one) => one.name === name)?.version ?? null;
  const [first] = installed;
  if (ran === null || first === undefined) return [];
  const versions = installed.map((one) => one[name]);
  if (versions.some((version) => version === null || wayOf(version) === wayOf(ran))) return [];
  const place = find(platform);
  if (place === undefined) return [];
  const version = first[name];
  const { file, line, column, endLine, endColumn } = first.origin;
  return [
    diagnose(engineDiffers, {
      about: `${engine} of Argo CD`,
      message: `Argo CD ${first.version} renders with ${engine} v${version}, and another one rendered here, which treats ${words} otherwise`,
      sources: [
        place,
        {
          ...{ file, line, column, endLine, endColumn },
          resource: null,
          path: null,
          role: 'says the version of Argo CD',
          via: [],
        },
      ],
      expected: `what ${engine} v${version} makes of it`,
      actual: `what the ${engine} makes of it that \`plumbline engines\` names`,
      help: `Put ${engine} v${version} on PATH and name it under \`engines\` in ${platform.config.file === null ? 'a `plumbline.yaml`' : '`plumbline.yaml`'}, or let it be: \`severity: { engine-differs: off }\`.`,
    }),
  ];
}

/** The ways in which Helm has merged values. Source: `coalesce.go` at each of its tags. */
function mergingOf(version: string): number {
  const [major = 0, minor = 0, patch = 0] = partsOf(version);
  const since = (a: number, b: number, c: number) =>
    major > a || (major === a && (minor > b || (minor === b && patch >= c)));
  if (major >= 4) return since(4, 2, 0) ? 4 : since(4, 1, 3) ? 3 : 2;
  return since(3, 20, 1) ? 3 : since(3, 20, 0) ? 2 : since(3, 17, 1) ? 1 : 0;
}

/** Whether charts get the namespace of their kustomization. Source: kubernetes-sigs/kustomize#5940. */
function namingOf(version: string): number {
  const [major = 0, minor = 0] = partsOf(version);
  return major > 5 || (major === 5 && minor >= 8) ? 1 : 0;
}

function partsOf(version: string): number[] {
  return version.replace(/^v/, '').split(/[.+-]/).slice(0, 3).map(Number);
}

/** What versions of an engine are known to treat otherwise. */
const differences: Difference[] = [
  { engine: 'Helm', wayOf: mergingOf, find: firstNull, words: '`null` among values' },
  {
    engine: 'kustomize',
    wayOf: namingOf,
    find: firstNamespaced,
    words: 'charts of a kustomization with a `namespace`',
  },
];

interface Difference {
  engine: 'Helm' | 'kustomize';
  /** In which of the ways a version does it. */
  wayOf(version: string): number;
  /** Where the platform holds such a thing first. */
  find(platform: Platform): DiagnosticSource | undefined;
  words: string;
}
