/**
 * The checks of the level `baseline`. Source: `policy/check_*.go` of k8s.io/pod-security-admission, and the
 * Pod Security Standards of Kubernetes.
 */
import { at, listAt, objectAt, textAt, textsAt } from '../../base/index.ts';
import { type Check, type Fault, inContainers, inPodAndContainers } from './check.ts';
import type { PodView } from './pod-view.ts';

export const baselineChecks: Check[] = [
  {
    id: 'appArmorProfile',
    control: 'AppArmor',
    says: 'forbidden AppArmor profile',
    versions: [
      { since: 0, faults: (pod) => [...profiles(pod, 'appArmorProfile'), ...appArmorAnnotations(pod)] },
    ],
  },
  {
    id: 'capabilities_baseline',
    control: 'Capabilities',
    says: 'non-default capabilities',
    versions: [
      {
        since: 0,
        faults: (pod) =>
          inContainers(pod, ({ value }) => {
            const added = textsAt(value, 'securityContext', 'capabilities', 'add');
            return listed(
              'securityContext.capabilities.add',
              added.filter((one) => !capabilities.has(one)),
            );
          }),
      },
    ],
  },
  {
    id: 'hostNamespaces',
    control: 'Host Namespaces',
    says: 'host namespaces',
    versions: [
      {
        since: 0,
        faults: ({ spec }) =>
          ['hostNetwork', 'hostPID', 'hostIPC']
            .filter((key) => spec[key] === true)
            .map((key): Fault => ({ field: `spec.${key}`, value: true })),
      },
    ],
  },
  {
    id: 'hostPathVolumes',
    control: 'HostPath Volumes',
    says: 'hostPath volumes',
    versions: [
      {
        since: 0,
        faults: ({ spec }) =>
          listAt(spec, 'volumes').flatMap((volume, index): Fault[] =>
            at(volume, 'hostPath') === undefined || at(volume, 'hostPath') === null
              ? []
              : [
                  {
                    field: `spec.volumes[${index}].hostPath`,
                    value: textAt(volume, 'hostPath', 'path') ?? '',
                  },
                ],
          ),
      },
    ],
  },
  {
    id: 'hostPorts',
    control: 'Host Ports',
    says: 'hostPort',
    versions: [
      {
        since: 0,
        faults: (pod) =>
          inContainers(pod, ({ value }) =>
            listAt(value, 'ports').flatMap((port, index): Fault[] => {
              const number = at(port, 'hostPort');
              return typeof number === 'number' && number !== 0
                ? [{ field: `ports[${index}].hostPort`, value: number }]
                : [];
            }),
          ),
      },
    ],
  },
  {
    id: 'hostProbesAndHostLifecycle',
    control: null,
    says: 'probe or lifecycle host',
    versions: [{ since: 34, faults: (pod) => inContainers(pod, ({ value }) => hostsOf(value)) }],
  },
  {
    id: 'privileged',
    control: 'Privileged Containers',
    says: 'privileged',
    versions: [
      {
        since: 0,
        faults: (pod) =>
          inContainers(pod, ({ value }) =>
            at(value, 'securityContext', 'privileged') === true
              ? [{ field: 'securityContext.privileged', value: true }]
              : [],
          ),
      },
    ],
  },
  {
    id: 'procMount',
    control: '/proc Mount Type',
    says: 'procMount',
    versions: [
      { since: 0, faults: procMounts },
      { since: 35, faults: (pod) => (pod.spec.hostUsers === false ? [] : procMounts(pod)) },
    ],
  },
  {
    id: 'seLinuxOptions',
    control: 'SELinux',
    says: 'seLinuxOptions',
    versions: [
      { since: 0, faults: (pod) => seLinux(pod, false) },
      { since: 31, faults: (pod) => seLinux(pod, true) },
    ],
  },
  {
    id: 'seccompProfile_baseline',
    control: 'Seccomp',
    says: 'seccompProfile',
    versions: [
      { since: 0, faults: seccompAnnotations },
      { since: 19, faults: (pod) => profiles(pod, 'seccompProfile') },
    ],
  },
  {
    id: 'sysctls',
    control: 'Sysctls',
    says: 'forbidden sysctls',
    versions: [0, 27, 29, 32, 37].map((since) => ({
      since,
      faults: ({ spec }: PodView) =>
        listAt(spec, 'securityContext', 'sysctls').flatMap((sysctl, index): Fault[] => {
          const name = textAt(sysctl, 'name') ?? '';
          const known = sysctls.some((group) => group.since <= since && group.names.includes(name));
          return known ? [] : [{ field: `spec.securityContext.sysctls[${index}].name`, value: name }];
        }),
    })),
  },
  {
    id: 'windowsHostProcess',
    control: 'HostProcess',
    says: 'hostProcess',
    versions: [
      {
        since: 0,
        faults: (pod) =>
          inPodAndContainers(pod, (context) =>
            at(context, 'windowsOptions', 'hostProcess') === true
              ? [{ field: 'windowsOptions.hostProcess', value: true }]
              : [],
          ),
      },
    ],
  },
];

/** Profiles of another type than those that a runtime gives, or that lie on the host. */
export function profiles(pod: PodView, key: 'appArmorProfile' | 'seccompProfile'): Fault[] {
  return inPodAndContainers(pod, (context) => {
    const profile = at(context, key);
    if (profile === undefined || profile === null) return [];
    const type = textAt(profile, 'type') ?? '';
    return profileTypes.has(type) ? [] : [{ field: `${key}.type`, value: type }];
  });
}

const profileTypes = new Set(['RuntimeDefault', 'Localhost']);

function appArmorAnnotations({ annotations }: PodView): Fault[] {
  return Object.entries(annotations).flatMap(([key, value]): Fault[] =>
    key.startsWith('container.apparmor.security.beta.kubernetes.io/') &&
    value !== '' &&
    value !== 'runtime/default' &&
    !String(value).startsWith('localhost/')
      ? [{ field: `metadata.annotations[${key}]`, value: String(value) }]
      : [],
  );
}

function seccompAnnotations({ annotations, containers }: PodView): Fault[] {
  const keys = containers.map(({ name }) => `container.seccomp.security.alpha.kubernetes.io/${name}`);
  return ['seccomp.security.alpha.kubernetes.io/pod', ...keys].flatMap((key): Fault[] => {
    const value = textAt(annotations, key);
    const isFine =
      value === undefined || /^(runtime|docker)\/default$/.test(value) || value.startsWith('localhost/');
    return isFine ? [] : [{ field: `metadata.annotations[${key}]`, value }];
  });
}

export function procMounts(pod: PodView): Fault[] {
  return inContainers(pod, ({ value }) => {
    const type = textAt(value, 'securityContext', 'procMount');
    return type === undefined || type === 'Default'
      ? []
      : [{ field: 'securityContext.procMount', value: type }];
  });
}

function seLinux(pod: PodView, withEngine: boolean): Fault[] {
  return inPodAndContainers(pod, (context) => {
    const options = objectAt(context, 'seLinuxOptions');
    const type = textAt(options, 'type') ?? '';
    const allowed = seLinuxTypes.has(type) || (withEngine && type === 'container_engine_t');
    return [
      ...(allowed ? [] : [{ field: 'seLinuxOptions.type', value: type }]),
      ...['user', 'role'].flatMap((key): Fault[] => {
        const value = textAt(options, key) ?? '';
        return value === '' ? [] : [{ field: `seLinuxOptions.${key}`, value }];
      }),
    ];
  });
}

const seLinuxTypes = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t']);

function hostsOf(container: unknown): Fault[] {
  const handlers = [
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((key) => [key]),
    ...['postStart', 'preStop'].map((key) => ['lifecycle', key]),
  ];
  return handlers.flatMap((path) =>
    ['httpGet', 'tcpSocket'].flatMap((way): Fault[] => {
      const host = textAt(container, ...path, way, 'host') ?? '';
      return host === '' ? [] : [{ field: [...path, way, 'host'].join('.'), value: host }];
    }),
  );
}

/** One fault for all of them. */
export function listed(field: string, values: string[]): Fault[] {
  return values.length === 0 ? [] : [{ field, value: values }];
}

const capabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** With the minor version that first allows them. */
const sysctls = [
  {
    since: 0,
    names: [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.ping_group_range',
      'net.ipv4.ip_unprivileged_port_start',
    ],
  },
  { since: 27, names: ['net.ipv4.ip_local_reserved_ports'] },
  {
    since: 29,
    names: ['tcp_keepalive_time', 'tcp_fin_timeout', 'tcp_keepalive_intvl', 'tcp_keepalive_probes'].map(
      (name) => `net.ipv4.${name}`,
    ),
  },
  { since: 32, names: ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'] },
  { since: 37, names: ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'] },
];
