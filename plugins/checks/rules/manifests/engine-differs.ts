import { posix } from 'node:path';
import { at, isObject, type JsonPath, type JsonValue, listAt, textAt, textsAt } from '../../../base/index.ts';
import type { Resource } from '../../../model/index.ts';
import { type InstalledArgoCd, installedArgoCd, type Platform } from '../../../platform/index.ts';
import type { DiagnosticOf, DiagnosticSource, Place } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import { sourceOf } from '../../subjects.ts';
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
  silent: `Where no manifest says the version of Argo CD, or several of which one has an engine that renders the same; of a version whose engines are not known; of values in fetched charts, which are not read for it.`,
  failing: example('null'),
  mended: example('1Gi'),
  check: differingEngines,
} as const satisfies ManifestRule;

function differingEngines(platform: Platform): DiagnosticOf<'engine-differs'>[] {
  const installed = installedArgoCd(platform);
  const helm = versionOf('helm', platform);
  const kustomize = versionOf('kustomize', platform);
  return [
    ...told(installed, 'Helm', helm, mergingOf, () => firstNull(platform), nullWords, platform),
    ...told(
      installed,
      'kustomize',
      kustomize,
      namingOf,
      () => firstNamespaced(platform),
      namespaceWords,
      platform,
    ),
  ];
}

/** Nothing where an Argo CD that is installed renders as was rendered here: it may be the one that counts. */
function told(
  installed: readonly InstalledArgoCd[],
  engine: 'Helm' | 'kustomize',
  ran: string | null,
  wayOf: (version: string) => number,
  find: () => DiagnosticSource | undefined,
  words: string,
  platform: Platform,
): DiagnosticOf<'engine-differs'>[] {
  const versionIn = (one: InstalledArgoCd) => (engine === 'Helm' ? one.helm : one.kustomize);
  const [first] = installed;
  if (ran === null || first === undefined) return [];
  const versions = installed.map(versionIn);
  if (versions.some((version) => version === null || wayOf(version) === wayOf(ran))) return [];
  const place = find();
  if (place === undefined) return [];
  const version = versionIn(first);
  return [
    diagnose(engineDiffers, {
      about: `${engine} of Argo CD`,
      message: `Argo CD ${first.version} renders with ${engine} v${version}, and another one rendered here, which treats ${words} otherwise`,
      sources: [
        place,
        {
          ...placeOf(first.origin),
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

function versionOf(name: 'helm' | 'kustomize', { engines }: Platform): string | null {
  return engines.find((engine) => engine.name === name)?.version ?? null;
}

/** The first `null` among the values of charts that Applications have rendered here. */
function firstNull(platform: Platform): DiagnosticSource | undefined {
  const { resources } = platform.model;
  const rendered = new Set(
    resources.flatMap(({ source, application }) => (source === 'helm' ? (application ?? []) : [])),
  );
  for (const application of resources) {
    const { kind, group, name, rendered: value } = application;
    if (kind !== 'Application' || group !== 'argoproj.io' || !rendered.has(name)) continue;
    for (const path of sourcePaths(value)) {
      const found = nullIn(application, path, platform);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function sourcePaths(application: JsonValue): JsonPath[] {
  const several = listAt(application, 'spec', 'sources');
  return several.length > 0 ? several.map((_, index) => ['spec', 'sources', index]) : [['spec', 'source']];
}

function nullIn(application: Resource, path: JsonPath, platform: Platform): DiagnosticSource | undefined {
  const source = at(application.rendered, ...path);
  const values = textAt(source, 'helm', 'values') ?? '';
  const object = at(source, 'helm', 'valuesObject');
  const key = object === undefined || object === null ? 'values' : 'valuesObject';
  if (key === 'valuesObject' ? holdsNull(object) : written.test(values))
    return sourceOf(platform, application, 'null', [...path, 'helm', key]);
  const folder = textAt(source, 'path') ?? '';
  const files = [
    posix.join(folder, 'values.yaml'),
    ...textsAt(source, 'helm', 'valueFiles').map((file) =>
      file.startsWith('$') ? file.slice(file.indexOf('/') + 1) : posix.join(folder, file),
    ),
  ];
  for (const file of textAt(source, 'chart') ? files.slice(1) : files) {
    const place = nullInFile(file, platform);
    if (place !== undefined) return { ...place, resource: null, path: null, role: 'null', via: [] };
  }
  return undefined;
}

function nullInFile(file: string, { sources }: Platform): Place | undefined {
  const lines = (sources.files.get(file)?.text ?? '').split('\n');
  const index = lines.findIndex((line) => written.test(line));
  const text = lines[index];
  if (text === undefined) return undefined;
  const column = text.search(/\S/) + 1;
  return { file, line: index + 1, column, endLine: index + 1, endColumn: text.trimEnd().length + 1 };
}

function holdsNull(value: JsonValue | undefined): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(holdsNull);
  return isObject(value) && Object.values(value).some(holdsNull);
}

/** The first chart of a kustomization that is given a namespace, and says none itself. */
function firstNamespaced({ rendered, sources, model }: Platform): DiagnosticSource | undefined {
  const missing = new Set(
    model.unverified.flatMap((one) =>
      one.kind === 'chart' && one.kinds === undefined ? (one.origin?.file ?? []) : [],
    ),
  );
  for (const { inputs, failed } of rendered.builds.values())
    for (const path of failed ? [] : inputs) {
      const file = sources.files.get(path);
      const document = file?.role === 'kustomization' && !missing.has(path) ? file.documents[0] : undefined;
      if (!document || !textAt(document.value, 'namespace')) continue;
      const index = listAt(document.value, 'helmCharts').findIndex((chart) => !textAt(chart, 'namespace'));
      const place = index < 0 ? undefined : document.locate(['helmCharts', index]);
      if (place !== undefined)
        return { ...placeOf(place), resource: null, path: null, role: 'chart', via: [] };
    }
  return undefined;
}

function placeOf({ file, line, column, endLine, endColumn }: Place): Place {
  return { file, line, column, endLine, endColumn };
}

const written = /^[^#\n]*:[ \t]+(?:null|~)[ \t]*(?:#.*)?$/m;
const nullWords = '`null` among values';
const namespaceWords = 'charts of a kustomization with a `namespace`';
