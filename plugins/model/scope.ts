/**
 * Which kinds are cluster-scoped: Kubernetes' own, those of tools that platforms run, and what CRDs of the
 * repository say.
 */
import { byName, type JsonObject, textAt } from '../base/index.ts';

// biome-ignore format: a table, one group a line.
const clusterScoped: Record<string, string[]> = byName({
  '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': ['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration'],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'apiserver.openshift.io': ['APIRequestCount'],
  'argoproj.io': ['ClusterAnalysisTemplate', 'ClusterWorkflowTemplate', 'NumaflowControllerRollout'],
  'authentication.k8s.io': ['SelfSubjectReview', 'TokenReview'],
  'authorization.k8s.io': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  'cert-manager.io': ['ClusterIssuer'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'cilium.io': ['CiliumBGPAdvertisement', 'CiliumBGPClusterConfig', 'CiliumBGPNodeConfig', 'CiliumBGPNodeConfigOverride', 'CiliumBGPPeerConfig', 'CiliumBGPPeeringPolicy', 'CiliumCIDRGroup', 'CiliumClusterwideEnvoyConfig', 'CiliumClusterwideNetworkPolicy', 'CiliumEgressGatewayPolicy', 'CiliumExternalWorkload', 'CiliumGatewayClassConfig', 'CiliumIdentity', 'CiliumL2AnnouncementPolicy', 'CiliumLoadBalancerIPPool', 'CiliumNode', 'CiliumPodIPPool', 'TracingPolicy'],
  'config.openshift.io': ['APIServer', 'Authentication', 'Build', 'ClusterOperator', 'ClusterVersion', 'Console', 'DNS', 'FeatureGate', 'Image', 'Infrastructure', 'Ingress', 'Network', 'Node', 'OAuth', 'OperatorHub', 'Project', 'Proxy', 'Scheduler'],
  'console.openshift.io': ['ConsoleCLIDownload', 'ConsoleExternalLogLink', 'ConsoleLink', 'ConsoleNotification', 'ConsolePlugin', 'ConsoleQuickStart', 'ConsoleYAMLSample'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'generators.external-secrets.io': ['ClusterGenerator'],
  'image.openshift.io': ['Image', 'ImageSignature'],
  'karpenter.sh': ['NodeClaim', 'NodePool'],
  'kro.run': ['ResourceGraphDefinition'],
  'kueue.x-k8s.io': ['AdmissionCheck', 'ClusterQueue', 'Cohort', 'MultiKueueCluster', 'MultiKueueConfig', 'ProvisioningRequestConfig', 'ResourceFlavor', 'Topology', 'WorkloadPriorityClass'],
  'kyverno.io': ['ClusterCleanupPolicy', 'ClusterPolicy', 'GlobalContextEntry'],
  'longhorn.io': [],
  'machineconfiguration.openshift.io': ['ContainerRuntimeConfig', 'KubeletConfig', 'MachineConfig', 'MachineConfigPool'],
  'metallb.io': [],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'nvidia.com': ['ClusterPolicy', 'NVIDIADriver'],
  'oauth.openshift.io': ['OAuthAccessToken', 'OAuthAuthorizeToken', 'OAuthClient', 'OAuthClientAuthorization'],
  'operator.openshift.io': ['Authentication', 'Console', 'Etcd', 'KubeAPIServer', 'Network', 'Storage'],
  'operator.tekton.dev': ['TektonAddon', 'TektonChain', 'TektonConfig', 'TektonDashboard', 'TektonHub', 'TektonPipeline', 'TektonResult', 'TektonTrigger'],
  'policies.kyverno.io': ['DeletingPolicy', 'GeneratingPolicy', 'ImageValidatingPolicy', 'MutatingPolicy', 'ValidatingPolicy'],
  'policy': ['PodSecurityPolicy'],
  'project.openshift.io': ['Project', 'ProjectRequest'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'security.openshift.io': ['SecurityContextConstraints'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],
  'tekton.dev': ['ClusterTask'],
  'trust.cert-manager.io': ['Bundle'],
  'user.openshift.io': ['Group', 'Identity', 'User'],
  'wgpolicyk8s.io': ['ClusterPolicyReport'],
});

const known = new Set(
  Object.entries(clusterScoped).flatMap(([group, kinds]) => kinds.map((kind) => `${group}/${kind}`)),
);

/**
 * Scopes, with the CustomResourceDefinitions of the repository over the table. A kind that neither knows
 * counts as namespaced. The very same as the last where they say the same: what was decided by it stays then.
 */
export function createScopes(objects: Iterable<JsonObject>): Scopes {
  const own = new Map<string, boolean>();
  for (const value of objects) {
    if (value.kind !== 'CustomResourceDefinition') continue;
    const key = `${textAt(value, 'spec', 'group')}/${textAt(value, 'spec', 'names', 'kind')}`;
    const scope = textAt(value, 'spec', 'scope');
    if (scope !== undefined) own.set(key, scope !== 'Cluster');
  }
  const said = JSON.stringify([...own]);
  if (last?.said === said) return last.scopes;
  const scopes: Scopes = (group, kind) => own.get(`${group}/${kind}`) ?? !known.has(`${group}/${kind}`);
  last = { said, scopes };
  return scopes;
}

let last: { said: string; scopes: Scopes } | undefined;

/** True where the kind is namespaced. */
export type Scopes = (group: string, kind: string) => boolean;
