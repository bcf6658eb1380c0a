/**
 * A mark for each family of kinds, drawn for this in one width of line: `plumbline/icons.svg` holds them all,
 * so that a page says which one alone. The browser's script asks for them too, so this file imports nothing.
 */
export function iconOf(kind: string): IconName {
  const known = families[kind];
  if (known !== undefined) return known;
  if (/Policy/.test(kind)) return 'policy';
  if (/(?:Store|Secret)$/.test(kind)) return 'secret';
  return /Role|Account/.test(kind) ? 'person' : 'thing';
}

export type IconName =
  | 'application'
  | 'set'
  | 'project'
  | 'namespace'
  | 'workload'
  | 'job'
  | 'secret'
  | 'config'
  | 'route'
  | 'network'
  | 'policy'
  | 'event'
  | 'workflow'
  | 'person'
  | 'storage'
  | 'definition'
  | 'thing';

const families: Readonly<Record<string, IconName>> = {
  Application: 'application',
  Kustomization: 'application',
  HelmRelease: 'application',
  ApplicationSet: 'set',
  AppProject: 'project',
  Namespace: 'namespace',
  Deployment: 'workload',
  StatefulSet: 'workload',
  DaemonSet: 'workload',
  ReplicaSet: 'workload',
  Pod: 'workload',
  Rollout: 'workload',
  Job: 'job',
  CronJob: 'job',
  Secret: 'secret',
  ExternalSecret: 'secret',
  PushSecret: 'secret',
  SealedSecret: 'secret',
  Certificate: 'secret',
  ConfigMap: 'config',
  HTTPRoute: 'route',
  GRPCRoute: 'route',
  Ingress: 'route',
  Gateway: 'route',
  Service: 'network',
  EndpointSlice: 'network',
  NetworkPolicy: 'policy',
  ResourceQuota: 'policy',
  LimitRange: 'policy',
  Sensor: 'event',
  EventSource: 'event',
  EventBus: 'event',
  PrometheusRule: 'event',
  ServiceLevelObjective: 'event',
  Workflow: 'workflow',
  WorkflowTemplate: 'workflow',
  CronWorkflow: 'workflow',
  PersistentVolume: 'storage',
  PersistentVolumeClaim: 'storage',
  StorageClass: 'storage',
  CustomResourceDefinition: 'definition',
};
