/**
 * Lists of Kubernetes' own kinds whose items are told apart by keys, so that a merge meets the same ones.
 * Source: `x-kubernetes-patch-merge-key` of Kubernetes' OpenAPI.
 */
import { templatePath } from '../../../pod-security/pod-view.ts';

/**
 * By the path of a list, with `*` for items: its keys, an empty list where its items are themselves that,
 * null where the list is replaced whole.
 */
export type ListKeys = (path: readonly string[]) => string[] | null;

export function listKeys(apiVersion: string, kind: string): ListKeys {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (group.includes('.') && !group.endsWith('.k8s.io')) return () => null;
  const template = templatePath(kind);
  const pod = template === null ? null : [...template, 'spec'];
  return (path) => {
    const text = path.join('/');
    if (pod !== null && text.startsWith(`${pod.join('/')}/`))
      return ofPods[path.slice(pod.length).join('/').replace(containers, 'containers/*/')] ?? null;
    const inMetadata = /(?:^|\/)metadata\/(finalizers|ownerReferences)$/.exec(text);
    if (inMetadata) return inMetadata[1] === 'finalizers' ? [] : ['uid'];
    return ofKinds[`${kind}/${text}`] ?? null;
  };
}

const containers = /^(?:init|ephemeral)?[cC]ontainers\/\*\//;

const ofPods: Record<string, string[] | undefined> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  resourceClaims: ['name'],
  schedulingGates: ['name'],
  'containers/*/env': ['name'],
  'containers/*/ports': ['containerPort', 'protocol'],
  'containers/*/volumeMounts': ['mountPath'],
  'containers/*/volumeDevices': ['devicePath'],
};

const ofKinds: Record<string, string[] | undefined> = {
  'Service/spec/ports': ['port', 'protocol'],
  'ServiceAccount/secrets': ['name'],
  'ServiceAccount/imagePullSecrets': ['name'],
  'PodDisruptionBudget/status/conditions': ['type'],
};
