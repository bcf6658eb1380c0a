/**
 * True for a text of the form `Kind/name` or `Kind/namespace/name`, names as Kubernetes allows them, with a
 * kind of the model or one that every platform engineer knows: `TCP/IP` and `AND/OR` are no references.
 */
export function isReference(text: string, kinds: ReadonlySet<string>): boolean {
  const kind = /^[^/.]*/.exec(text)?.[0] ?? '';
  return referenceForm.test(text) && (wellKnown.has(kind) || kinds.has(kind));
}

const referenceForm = /^[A-Z][A-Za-z0-9]*(?:\.[a-z0-9.-]+)?(?:\/[a-z0-9](?:[-a-z0-9.:]*[a-z0-9])?){1,2}$/;

const wellKnown = new Set(
  `AnalysisTemplate AppProject Application ApplicationSet CertificateRequest Certificate CiliumNetworkPolicy ClusterIssuer ClusterPolicy
  ClusterRole ClusterRoleBinding ClusterSecretStore ClusterWorkflowTemplate ConfigMap CronJob CronWorkflow CustomResourceDefinition
  DaemonSet Deployment EventBus EventSource ExternalSecret GRPCRoute Gateway GatewayClass HTTPRoute HorizontalPodAutoscaler Ingress
  Issuer Job LimitRange Namespace NetworkPolicy PersistentVolume PersistentVolumeClaim Pod PodDisruptionBudget PodMonitor Policy
  PriorityClass PrometheusRule ReplicaSet ResourceQuota Role RoleBinding Rollout Secret SecretStore Sensor Service ServiceAccount
  ServiceLevelObjective ServiceMonitor StatefulSet StorageClass ValidatingAdmissionPolicy Workflow WorkflowTemplate`.split(
    /\s+/,
  ),
);
