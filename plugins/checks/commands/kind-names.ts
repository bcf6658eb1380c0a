import { isOneSlip, listAt, objectAt, oncePer, pluralOf, textAt } from '../../base/index.ts';
import type { Model, Resource } from '../../model/index.ts';

/**
 * The kinds that a word of a command line may mean, such as `deploy`, `Deployments` or `deployments.v1.apps`:
 * those of the table, of the model, and of the CustomResourceDefinitions in it. Empty where the word means
 * none: nobody can say that no cluster knows it.
 */
export function kindsOf(word: string, model: Model): KindOf[] {
  const index = indexOf(model);
  const [name = '', ...group] = word.toLowerCase().split('.');
  const named = index.get(name) ?? [];
  if (group.length === 0) return named;
  const wanted = group.join('.');
  const unversioned = group.slice(1).join('.');
  return named.filter((one) => one.group === wanted || (/^v\d/.test(wanted) && one.group === unversioned));
}

/**
 * The known names of kinds of which a word that means none is one slip away; none where it may well be the
 * name of a kind that nobody here knows: a short one, one that begins otherwise (Crossplane's `XDatabase` and
 * `Database`), or one with an `s` more or less, which may be another's plural.
 */
export function kindsMeantBy(word: string, model: Model): string[] {
  const index = indexOf(model);
  const wanted = word.toLowerCase();
  if (!/^[a-z]{6,}$/.test(wanted) || index.has(wanted)) return [];
  return [...index.keys()].filter(
    (name) =>
      name.length >= 6 &&
      name[0] === wanted[0] &&
      `${name}s` !== wanted &&
      `${wanted}s` !== name &&
      isOneSlip(wanted, name),
  );
}

const indexOf = oncePer((model: Model): Map<string, KindOf[]> => {
  const index = new Map<string, KindOf[]>();
  const add = (name: string, kind: KindOf): void => {
    const list = index.get(name);
    if (!list) index.set(name, [kind]);
    else if (!list.some((one) => one.kind === kind.kind && one.group === kind.group)) list.push(kind);
  };
  const addKind = (kind: KindOf, names: readonly string[]): void => {
    const singular = kind.kind.toLowerCase();
    for (const name of [singular, pluralOf(singular), ...names]) add(name, kind);
  };
  for (const line of table.trim().split('\n')) {
    const [group = '', ...kinds] = line.trim().split(/\s+/);
    for (const one of kinds) {
      const [kind = '', names] = one.split(':');
      addKind({ group: group === 'core' ? '' : group, kind }, names?.split(',') ?? []);
    }
  }
  for (const { kind, group } of model.resources) addKind({ kind, group }, []);
  for (const definition of model.resources) {
    if (definition.kind !== 'CustomResourceDefinition') continue;
    const kind = textAt(definition.rendered, 'spec', 'names', 'kind');
    const group = textAt(definition.rendered, 'spec', 'group');
    if (kind !== undefined && group !== undefined) addKind({ kind, group }, namesIn(definition));
  }
  return index;
});

function namesIn({ rendered }: Resource): string[] {
  const names = objectAt(rendered, 'spec', 'names');
  const given = [names.plural, names.singular, ...listAt(names, 'shortNames')];
  return given.filter((name): name is string => typeof name === 'string');
}

/**
 * `group Kind:short,names …`, a group a line. Source: `kubectl api-resources` and the projects'
 * CustomResourceDefinitions.
 */
const table = `
  core ConfigMap:cm Endpoints:ep,endpoints Event:ev LimitRange:limits Namespace:ns Node:no PersistentVolume:pv PersistentVolumeClaim:pvc Pod:po ReplicationController:rc ResourceQuota:quota Secret Service:svc ServiceAccount:sa
  apps ControllerRevision DaemonSet:ds Deployment:deploy ReplicaSet:rs StatefulSet:sts
  batch CronJob:cj Job
  autoscaling HorizontalPodAutoscaler:hpa
  networking.k8s.io Ingress:ing IngressClass NetworkPolicy:netpol
  policy PodDisruptionBudget:pdb
  rbac.authorization.k8s.io ClusterRole ClusterRoleBinding Role RoleBinding
  scheduling.k8s.io PriorityClass:pc
  storage.k8s.io StorageClass:sc
  apiextensions.k8s.io CustomResourceDefinition:crd,crds
  discovery.k8s.io EndpointSlice
  coordination.k8s.io Lease
  argoproj.io Application:app,apps AppProject:appproj,appprojs ApplicationSet:appset,appsets Workflow:wf WorkflowTemplate:wftmpl ClusterWorkflowTemplate:cwft,clusterwftmpl CronWorkflow:cwf,cronwf Sensor:sn EventSource:es EventBus:eb,eventbus Rollout:ro AnalysisTemplate:at AnalysisRun:ar
  external-secrets.io ExternalSecret:es SecretStore:ss ClusterSecretStore:css ClusterExternalSecret:ces
  kyverno.io ClusterPolicy:cpol Policy:pol PolicyException:polex CleanupPolicy:cleanpol ClusterCleanupPolicy:ccleanpol
  gateway.networking.k8s.io Gateway:gtw GatewayClass:gc HTTPRoute GRPCRoute ReferenceGrant:refgrant TLSRoute TCPRoute
  cert-manager.io Certificate:cert,certs CertificateRequest:cr,crs Issuer ClusterIssuer
  monitoring.coreos.com ServiceMonitor:smon PodMonitor:pmon PrometheusRule:promrule Prometheus:prom Alertmanager:am
  cilium.io CiliumNetworkPolicy:cnp CiliumClusterwideNetworkPolicy:ccnp
`;

export interface KindOf {
  group: string;
  kind: string;
}
