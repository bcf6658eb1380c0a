/**
 * The checks that the level `restricted` has beyond those of `baseline`. Source: `policy/check_*.go` of
 * k8s.io/pod-security-admission, and the Pod Security Standards of Kubernetes.
 */
import { at, isObject, listAt, textAt, textsAt } from '../../base/index.ts';
import { listed, procMounts, profiles } from './baseline-checks.ts';
import { type Check, type Fault, inContainers, inPodAndContainers } from './check.ts';
import type { PodView } from './pod-view.ts';

export const restrictedChecks: Check[] = [
  {
    id: 'allowPrivilegeEscalation',
    control: 'Privilege Escalation',
    says: 'allowPrivilegeEscalation != false',
    versions: [
      { since: 8, faults: escalations },
      { since: 25, faults: notOnWindows(escalations) },
    ],
  },
  {
    id: 'capabilities_restricted',
    control: 'Capabilities',
    says: 'unrestricted capabilities',
    overrides: ['capabilities_baseline'],
    versions: [
      { since: 22, faults: capabilities },
      { since: 25, faults: notOnWindows(capabilities) },
    ],
  },
  {
    id: 'procMount_restricted',
    control: null,
    says: 'procMount',
    overrides: ['procMount'],
    versions: [{ since: 35, faults: procMounts }],
  },
  {
    id: 'restrictedVolumes',
    control: 'Volume Types',
    says: 'restricted volume types',
    overrides: ['hostPathVolumes'],
    versions: [{ since: 0, faults: volumes }],
  },
  {
    id: 'runAsNonRoot',
    control: 'Running as Non-root',
    says: 'runAsNonRoot != true',
    versions: [
      { since: 0, faults: roots },
      { since: 35, faults: notInUserNamespace(roots) },
    ],
  },
  {
    id: 'runAsUser',
    control: 'Running as Non-root user',
    says: 'runAsUser=0',
    versions: [
      { since: 23, faults: rootUsers },
      { since: 35, faults: notInUserNamespace(rootUsers) },
    ],
  },
  {
    id: 'seccompProfile_restricted',
    control: 'Seccomp',
    says: 'seccompProfile',
    overrides: ['seccompProfile_baseline'],
    versions: [
      { since: 19, faults: seccomp },
      { since: 25, faults: notOnWindows(seccomp) },
    ],
  },
];

function notOnWindows(faults: (pod: PodView) => Fault[]) {
  return (pod: PodView) => (textAt(pod.spec, 'os', 'name') === 'windows' ? [] : faults(pod));
}

function notInUserNamespace(faults: (pod: PodView) => Fault[]) {
  return (pod: PodView) => (pod.spec.hostUsers === false ? [] : faults(pod));
}

function escalations(pod: PodView): Fault[] {
  return inContainers(pod, ({ value }) => {
    const allowed = at(value, 'securityContext', 'allowPrivilegeEscalation') ?? null;
    if (allowed === false) return [];
    const field = 'securityContext.allowPrivilegeEscalation';
    if (allowed !== null) return [{ field, value: true }];
    return [{ field, value: isObject(at(value, 'securityContext')) ? 'nil' : null }];
  });
}

function capabilities(pod: PodView): Fault[] {
  return inContainers(pod, ({ value }) => {
    const dropped = textsAt(value, 'securityContext', 'capabilities', 'drop');
    const added = textsAt(value, 'securityContext', 'capabilities', 'add');
    const drop: Fault = {
      field: 'securityContext.capabilities.drop',
      value: dropped.length > 0 ? dropped : null,
    };
    return [
      ...(dropped.includes('ALL') ? [] : [drop]),
      ...listed(
        'securityContext.capabilities.add',
        added.filter((one) => one !== 'NET_BIND_SERVICE'),
      ),
    ];
  });
}

function volumes({ spec }: PodView): Fault[] {
  return listAt(spec, 'volumes').flatMap((volume, index): Fault[] => {
    if (!isObject(volume)) return [];
    const types = Object.keys(volume).filter((key) => key !== 'name' && isObject(volume[key]));
    if (types.some((type) => volumeTypes.has(type))) return [];
    return [{ field: `spec.volumes[${index}].${types[0] ?? 'unknown'}`, value: '' }];
  });
}

const volumeTypes = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** What says `false`, and what says nothing where the Pod does not say `true`. */
function roots(pod: PodView): Fault[] {
  const own = at(pod.spec, 'securityContext', 'runAsNonRoot');
  const field = 'securityContext.runAsNonRoot';
  const said = inContainers(pod, ({ value }) =>
    at(value, 'securityContext', 'runAsNonRoot') === false ? [{ field, value: false }] : [],
  );
  const unsaid = inContainers(pod, ({ value }) =>
    typeof at(value, 'securityContext', 'runAsNonRoot') === 'boolean' || own === true
      ? []
      : [{ field, value: null }],
  );
  return [...(own === false ? [{ field: `spec.${field}`, value: false }] : []), ...said, ...unsaid];
}

function rootUsers(pod: PodView): Fault[] {
  return inPodAndContainers(pod, (context) =>
    at(context, 'runAsUser') === 0 ? [{ field: 'runAsUser', value: 0 }] : [],
  );
}

/** What is forbidden comes before what is missing. */
function seccomp(pod: PodView): Fault[] {
  const forbidden = profiles(pod, 'seccompProfile');
  if (forbidden.length > 0 || isObject(at(pod.spec, 'securityContext', 'seccompProfile'))) return forbidden;
  return inContainers(pod, ({ value }) =>
    isObject(at(value, 'securityContext', 'seccompProfile'))
      ? []
      : [{ field: 'securityContext.seccompProfile.type', value: null }],
  );
}
