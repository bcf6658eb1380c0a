/**
 * What the API server writes into an object before any policy sees it. Source: Kubernetes
 * `pkg/apis/{core,apps,batch,networking,rbac,autoscaling}/VERSION/defaults.go`.
 */
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../../base/index.ts';

/** The object with these; what is written stays as it is. */
export function withApiDefaults(object: JsonObject, group: string, kind: string): JsonObject {
  const fill = kinds[`${group}/${kind}`];
  return fill ? fill(object) : object;
}

type Fill = (value: JsonObject) => JsonObject;

/** The value with what it lacks. */
function lacking(value: JsonObject, defaults: JsonObject): JsonObject {
  return { ...defaults, ...value };
}

/** The value with one of its entries made from what is there; an entry that is absent is made from `{}`. */
function within(key: string, fill: Fill): Fill {
  return (value) => ({ ...value, [key]: fill(objectAt(value, key)) });
}

/** The same, where the entry is there. */
function inside(key: string, fill: Fill): Fill {
  return (value) => (isObject(value[key]) ? within(key, fill)(value) : value);
}

function each(key: string, fill: Fill): Fill {
  return (value) =>
    Array.isArray(value[key])
      ? { ...value, [key]: value[key].map((one) => (isObject(one) ? fill(one) : one)) }
      : value;
}

function chain(...fills: Fill[]): Fill {
  return (value) => fills.reduce((filled, fill) => fill(filled), value);
}

const adds =
  (defaults: JsonObject): Fill =>
  (value) =>
    lacking(value, defaults);

const httpGet = inside('httpGet', adds({ path: '/', scheme: 'HTTP' }));
const probe = chain(
  adds({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
  httpGet,
);

const container = chain(
  (value) => lacking(value, { imagePullPolicy: pullPolicyOf(textAt(value, 'image') ?? '') }),
  adds({ terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File', resources: {} }),
  each('ports', adds({ protocol: 'TCP' })),
  each('env', inside('valueFrom', inside('fieldRef', adds({ apiVersion: 'v1' })))),
  inside('livenessProbe', probe),
  inside('readinessProbe', probe),
  inside('startupProbe', probe),
  inside('lifecycle', chain(inside('preStop', httpGet), inside('postStart', httpGet))),
);

function pullPolicyOf(image: string): string {
  const name = image.slice(image.lastIndexOf('/') + 1);
  if (name.includes('@')) return 'IfNotPresent';
  return !name.includes(':') || name.endsWith(':latest') ? 'Always' : 'IfNotPresent';
}

const modes = adds({ defaultMode: 420 });
const volume = chain(
  (value) =>
    Object.keys(value).length === 1 && value.name !== undefined ? { ...value, emptyDir: {} } : value,
  inside('secret', modes),
  inside('configMap', modes),
  inside('downwardAPI', modes),
  inside(
    'projected',
    chain(modes, each('sources', inside('serviceAccountToken', adds({ expirationSeconds: 3600 })))),
  ),
  inside('hostPath', adds({ type: '' })),
);

const podSpec = chain(
  adds({
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
  }),
  each('containers', container),
  each('initContainers', container),
  each('ephemeralContainers', container),
  each('volumes', volume),
  (value) => (value.hostNetwork === true ? each('containers', each('ports', hostPort))(value) : value),
);

function hostPort(port: JsonObject): JsonObject {
  return port.containerPort === undefined ? port : lacking(port, { hostPort: port.containerPort });
}

/** Only of a Pod itself: what is asked for where only a limit is written. */
const requests: Fill = each('containers', (value) => {
  const limits = objectAt(value, 'resources', 'limits');
  if (Object.keys(limits).length === 0) return value;
  return within('resources', within('requests', adds(limits)))(value);
});

const template = within('template', within('spec', podSpec));
const job = within(
  'spec',
  chain(
    (value) =>
      value.completions === undefined && value.parallelism === undefined
        ? { ...value, completions: 1, parallelism: 1 }
        : lacking(value, { parallelism: 1 }),
    adds({ backoffLimit: 6, completionMode: 'NonIndexed', suspend: false }),
    template,
  ),
);

function service(spec: JsonObject): JsonObject {
  const type = textAt(spec, 'type') ?? 'ClusterIP';
  const isOutside = type === 'NodePort' || type === 'LoadBalancer';
  return chain(
    adds({ type, sessionAffinity: 'None' }),
    adds(type === 'ExternalName' ? {} : { internalTrafficPolicy: 'Cluster' }),
    adds(isOutside ? { externalTrafficPolicy: 'Cluster' } : {}),
    adds(type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {}),
    each('ports', (port) => lacking(port, { protocol: 'TCP', targetPort: port.port ?? null })),
  )(spec);
}

function networkPolicy(spec: JsonObject): JsonObject {
  const policyTypes: JsonValue[] = ['Ingress', ...(listAt(spec, 'egress').length > 0 ? ['Egress'] : [])];
  const ports = each('ports', adds({ protocol: 'TCP' }));
  return chain(adds({ policyTypes }), each('ingress', ports), each('egress', ports))(spec);
}

const rollingUpdate = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } };
const rbac = 'rbac.authorization.k8s.io';
const binding = chain(
  inside('roleRef', adds({ apiGroup: rbac })),
  each('subjects', (one) =>
    one.kind === 'User' || one.kind === 'Group' ? lacking(one, { apiGroup: rbac }) : one,
  ),
);

const kinds: Record<string, Fill> = {
  '/Pod': within('spec', chain(podSpec, requests, adds({ enableServiceLinks: true }))),
  '/ReplicationController': within('spec', chain(adds({ replicas: 1 }), template)),
  '/Service': within('spec', service),
  '/PersistentVolumeClaim': within('spec', adds({ volumeMode: 'Filesystem' })),
  '/PersistentVolume': within(
    'spec',
    adds({ persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }),
  ),
  '/Secret': adds({ type: 'Opaque' }),
  '/Namespace': (value) => {
    const name = textAt(value, 'metadata', 'name') ?? '';
    return within('metadata', within('labels', adds({ 'kubernetes.io/metadata.name': name })))(value);
  },
  'apps/Deployment': within(
    'spec',
    chain(
      adds({ replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy: rollingUpdate }),
      template,
    ),
  ),
  'apps/ReplicaSet': within('spec', chain(adds({ replicas: 1 }), template)),
  'apps/StatefulSet': within(
    'spec',
    chain(
      adds({
        replicas: 1,
        revisionHistoryLimit: 10,
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      }),
      template,
      each('volumeClaimTemplates', within('spec', adds({ volumeMode: 'Filesystem' }))),
    ),
  ),
  'apps/DaemonSet': within(
    'spec',
    chain(
      adds({
        revisionHistoryLimit: 10,
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      }),
      template,
    ),
  ),
  'batch/Job': job,
  'batch/CronJob': within(
    'spec',
    chain(
      adds({
        concurrencyPolicy: 'Allow',
        suspend: false,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      }),
      within('jobTemplate', within('spec', template)),
    ),
  ),
  'networking.k8s.io/NetworkPolicy': within('spec', networkPolicy),
  'autoscaling/HorizontalPodAutoscaler': within('spec', adds({ minReplicas: 1 })),
  [`${rbac}/RoleBinding`]: binding,
  [`${rbac}/ClusterRoleBinding`]: binding,
};
