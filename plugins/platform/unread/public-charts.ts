import { byName } from '../../base/index.ts';

/**
 * What is known of charts that are not read: those of well-known publishers bring workloads, their settings
 * and the definitions of their kinds. They bring no objects of the kinds that a platform declares for itself,
 * unless the values that they are given ask for it.
 */

/**
 * True for a chart of a repository whose charts are known to be so. `url` as it is written where the chart is
 * asked for.
 */
export function isPublicChart(name: string | null, url: string | null): boolean {
  if (name === null || url === null || exceptions.has(name)) return false;
  const address = url.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, '');
  return publishers.some(
    (one) => address.toLowerCase() === one || address.toLowerCase().startsWith(`${one}/`),
  );
}

/**
 * The same for a remote base that installs one of Argo's tools: its own manifests or a release, no examples.
 */
export function isUpstreamInstall(url: string): boolean {
  return /github(?:usercontent)?\.com\/argoproj(?:-labs)?\/(?:argo[\w-]*|applicationset)\/(?!.*example).*(?:manifests|releases\/download)\b/.test(
    url,
  );
}

/** True for kinds that a public chart brings only where its values ask for it. */
export function isOwnKind({ group, kind }: { group: string; kind: string }): boolean {
  if (group === '' && kind === 'Namespace') return true;
  return ownGroups.has(group);
}

/** Every kind of those by its name, for an expression that speaks of no group. */
export function isOwnKindName(kind: string, chart: string | null): boolean {
  if (kind === 'Namespace') return namespacesMade(chart).length === 0;
  return ownKinds.has(kind);
}

/** Namespaces that a public chart makes. */
export function namespacesMade(chart: string | null): readonly string[] {
  return chart !== null && Object.hasOwn(ownNamespaces, chart) ? (ownNamespaces[chart] ?? []) : [];
}

export function isOwnGroup(group: string): boolean {
  return ownGroups.has(group);
}

const ownGroups = new Set([
  'argoproj.io',
  'external-secrets.io',
  'generators.external-secrets.io',
  'kyverno.io',
  'policies.kyverno.io',
  'gateway.networking.k8s.io',
  'pyrra.dev',
]);

/** Names that no other group has: an Istio `Gateway` is one as well. */
const ownKinds = new Set(
  `Application ApplicationSet AppProject Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow EventSource Sensor EventBus
  Rollout AnalysisTemplate ClusterAnalysisTemplate ExternalSecret ClusterExternalSecret PushSecret SecretStore ClusterSecretStore
  ClusterPolicy CleanupPolicy ClusterCleanupPolicy PolicyException HTTPRoute GRPCRoute TLSRoute TCPRoute UDPRoute ReferenceGrant
  ServiceLevelObjective`.split(/\s+/),
);

/** Charts of these publishers that are there to bring such kinds. */
const exceptions = new Set(['argocd-apps', 'kyverno-policies', 'raw', 'crds']);

/** Charts that make Namespaces of their own, with their names. */
const ownNamespaces: Record<string, readonly string[]> = byName({ cilium: ['cilium-secrets'] });

/** Addresses of chart repositories, without their scheme. Source: Artifact Hub, verified publishers. */
const publishers = `
  argoproj.github.io/argo-helm
  aquasecurity.github.io/helm-charts
  aws.github.io/eks-charts
  backstage.github.io/charts
  bitnami-labs.github.io/sealed-secrets
  charts.bitnami.com/bitnami
  charts.crossplane.io
  charts.dexidp.io
  charts.external-secrets.io
  charts.gitlab.io
  charts.jetstack.io
  charts.longhorn.io
  charts.rook.io
  cloudnative-pg.github.io/charts
  fluent.github.io/helm-charts
  grafana-community.github.io/helm-charts
  grafana.github.io/helm-charts
  helm.cilium.io
  helm.elastic.co
  helm.goharbor.io
  helm.ngc.nvidia.com/nvidia
  helm.releases.hashicorp.com
  helm.traefik.io/traefik
  istio-release.storage.googleapis.com/charts
  kedacore.github.io/charts
  kubernetes-sigs.github.io
  kubernetes.github.io
  kyverno.github.io
  metallb.github.io/metallb
  nvidia.github.io
  oauth2-proxy.github.io/manifests
  open-telemetry.github.io/opentelemetry-helm-charts
  prometheus-community.github.io/helm-charts
  pyrra-dev.github.io/helm-charts
  quay.io/jetstack/charts
  registry-1.docker.io/bitnamicharts
  sonarsource.github.io/helm-chart-sonarqube
  stakater.github.io/stakater-charts
  strimzi.io/charts
  traefik.github.io/charts
  victoriametrics.github.io/helm-charts
  vmware-tanzu.github.io/helm-charts
`
  .trim()
  .split(/\s+/);
