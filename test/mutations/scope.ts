/**
 * Which fields of the manifests no page speaks of, each with the reason. All others are facts that a page
 * must show or hold.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Path } from './mutants.ts';

/**
 * Why no page speaks of a field; null where one must. What holds nothing but such fields is left out with
 * them.
 */
export function exclusionOf(kind: string, path: Path, value?: unknown): string | null {
  const text = generalPath(path);
  const found = exclusions.find((one) => one.kinds.test(kind) && one.path.test(text));
  if (found !== undefined || typeof value !== 'object' || value === null) return found?.reason ?? null;
  const below = Object.entries(value).map(([key, one]) =>
    exclusionOf(kind, [...path, Array.isArray(value) ? Number(key) : key], one),
  );
  return below.length > 0 && below.every((reason) => reason !== null) ? (below[0] ?? null) : null;
}

/**
 * Whether an API fills in the same where a field is left out: taking the field away changes nothing then. So
 * it is with a mapping that holds nothing but such fields.
 * @param name of the object
 */
export function isDefault(kind: string, path: Path, value: unknown, name: string): boolean {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (fields.length > 0) return fields.every(([key, one]) => isDefault(kind, [...path, key], one, name));
  const text = generalPath(path);
  return defaults.some(
    (one) => one.kinds.test(kind) && one.path.test(text) && isDeepStrictEqual(value, one.value ?? name),
  );
}

/** `spec.rules[].validate`: a path without its positions. */
function generalPath(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? '[]' : index === 0 ? part : `.${part}`))
    .join('');
}

/** Whether the order of a list means something. */
export function isOrdered(path: Path): boolean {
  return ordered.test(generalPath(path));
}

const ordered = /(^|\.)(steps|rules)$/;

export const exclusions: Exclusion[] = [
  {
    kinds: /^values$/,
    path: /./,
    reason: 'values of charts and settings of programs: the program reads them, no page does',
  },
  {
    kinds: /./,
    path: /^metadata\.annotations\.(?!argocd\.argoproj\.io\/)|^spec\.description$/,
    reason: 'words for people who read the manifest',
  },
  {
    kinds: /^file$/,
    path: /\.md$/,
    reason: 'words for people who read the manifest',
  },
  {
    kinds: /^(?!Namespace$)/,
    path: /^(metadata\.)?labels\b/,
    reason: 'labels by which programs find objects; the pages speak of those of namespaces',
  },
  {
    kinds: /^Kustomization$/,
    path: /^(apiVersion|kind)$/,
    reason: 'kustomize fills them in, and goes by the name of the file',
  },
  {
    kinds:
      /^(CiliumL2AnnouncementPolicy|CiliumLoadBalancerIPPool|CiliumNetworkPolicy|NetworkPolicy|Gateway|GatewayClass|Certificate|ClusterIssuer)$/,
    path: /^spec\b/,
    reason: 'the network in detail: pages say that it is there and when it is applied',
  },
  {
    kinds:
      /^(Deployment|DaemonSet|Service|ServiceAccount|PodDisruptionBudget|PriorityClass|LimitRange|ResourceQuota|EventBus)$/,
    path: /^(?!apiVersion|kind|metadata)/,
    reason: 'how a workload runs: pages say that it is there and when it is applied',
  },
  {
    kinds: /^(Cluster)?Role(Binding)?$/,
    path: /^(rules|roleRef|subjects)\b/,
    reason: 'rights inside the cluster, of which no page speaks',
  },
  {
    kinds: /^(ServiceMonitor|PrometheusRule)$/,
    path: /^spec\b/,
    reason: 'what Prometheus collects and alerts on, in its own language',
  },
  {
    kinds: /^ServiceLevelObjective$/,
    path: /^spec\.(indicator|alerting|description)\b/,
    reason: 'what Prometheus collects and alerts on, in its own language',
  },
  {
    kinds: /^WorkflowTemplate$/,
    path: /^spec(?!$|\.templates(\[\](\.name|\.steps(\[\]){0,2}|\.steps\[\]\[\]\.templateRef.*)?)?$)/,
    reason: 'how a workflow does its work: pages say what starts it and which gate it passes',
  },
  {
    kinds: /^(EventSource|Sensor)$/,
    path: /^spec\.template\b/,
    reason: 'how a workload runs: pages say that it is there and when it is applied',
  },
  {
    kinds: /^Sensor$/,
    path: /\.(parameters|arguments|retryStrategy|policy|secureHeaders|headers|payload)\b/,
    reason: 'how the fields of an event travel into a request',
  },
  {
    kinds: /^Sensor$/,
    path: /\.source\.resource\.(apiVersion|kind|metadata\.(generateName|namespace))$/,
    reason: 'how a workflow is named that a trigger starts: pages name its template',
  },
  {
    kinds: /^Kustomization$/,
    path: /^helmCharts\[\]\.(releaseName|namespace|includeCRDs|skipTests|valuesFile)$|^configMapGenerator\[\]\.(files|options\.(labels|disableNameSuffixHash))/,
    reason: 'values of charts and settings of programs: the program reads them, no page does',
  },
  {
    kinds: /^ConfigMap$/,
    path: /^data\.(?!resource\.customizations\.ignoreDifferences)/,
    reason: 'values of charts and settings of programs: the program reads them, no page does',
  },
];

/** Without a value: the name of the object. */
const defaults: { kinds: RegExp; path: RegExp; value?: unknown }[] = [
  { kinds: /^AppProject$/, path: /\.group$/, value: '' },
  { kinds: /^AppProject$/, path: /^spec\.clusterResourceWhitelist$/, value: [] },
  { kinds: /^ExternalSecret$/, path: /^spec\.refreshInterval$/, value: '1h' },
  { kinds: /^Sensor$/, path: /\.template\.http\.method$/, value: 'POST' },
  { kinds: /^ExternalSecret$/, path: /^spec\.secretStoreRef\.kind$/, value: 'SecretStore' },
  { kinds: /^ExternalSecret$/, path: /^spec\.target\.name$/ },
  { kinds: /^ExternalSecret$/, path: /^spec\.target\.creationPolicy$/, value: 'Owner' },
  { kinds: /^ExternalSecret$/, path: /^spec\.target\.deletionPolicy$/, value: 'Retain' },
  { kinds: /^Sensor$/, path: /\.http\.method$/, value: 'GET' },
  { kinds: /^Sensor$/, path: /\.argoWorkflow\.operation$/, value: 'submit' },
];

interface Exclusion {
  kinds: RegExp;
  /** Of the path without positions. */
  path: RegExp;
  reason: string;
}
