import type { Model } from '../model/index.ts';

/** True for a kind of the model, or one that every platform engineer knows: `TCP/IP` and `AND/OR` are no references. */
export function isKind(kind: string, model: Model): boolean {
  if (wellKnown.has(kind)) return true;
  let kinds = seen.get(model);
  if (!kinds) {
    kinds = new Set(model.resources.map((resource) => resource.kind));
    seen.set(model, kinds);
  }
  return kinds.has(kind);
}

/** Inline code that has the form `Kind/name` or `Kind/namespace/name`, names as Kubernetes allows them. */
export const referenceForm =
  /^[A-Z][A-Za-z0-9]*(?:\.[a-z0-9.-]+)?(?:\/[a-z0-9](?:[-a-z0-9.:]*[a-z0-9])?){1,2}$/;

const seen = new WeakMap<Model, Set<string>>();

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
