/** The Pod Security Standards as the API server holds them to a Pod, per level and version. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../plugins/base/index.ts';
import { judgeByMode, modesOf } from '../../plugins/model/pod-security/admission.ts';
import { type Level, parseVersion, violationsOf } from '../../plugins/model/pod-security/evaluate-pod.ts';
import { podView, templatePath } from '../../plugins/model/pod-security/pod-view.ts';

const safe = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

function found(spec: JsonObject, level: Level, version = 'latest', annotations: JsonObject = {}): string[] {
  const pod = podView({ annotations }, spec);
  return violationsOf(pod, level, parseVersion(version) ?? -1).map(({ check }) => check.id);
}

function container(securityContext: JsonObject, more: JsonObject = {}): JsonObject {
  return { containers: [{ name: 'web', image: 'nginx', securityContext, ...more }] };
}

describe('baseline', () => {
  it.each<[string, JsonObject]>([
    ['hostNamespaces', { hostPID: true }],
    ['hostPathVolumes', { volumes: [{ name: 'etc', hostPath: { path: '/etc' } }] }],
    ['hostPorts', container({}, { ports: [{ hostPort: 80 }] })],
    ['hostProbesAndHostLifecycle', container({}, { livenessProbe: { httpGet: { host: '10.0.0.1' } } })],
    ['hostProbesAndHostLifecycle', container({}, { lifecycle: { preStop: { tcpSocket: { host: 'db' } } } })],
    ['privileged', { initContainers: [{ name: 'init', securityContext: { privileged: true } }] }],
    ['capabilities_baseline', container({ capabilities: { add: ['CHOWN', 'NET_ADMIN'] } })],
    ['procMount', container({ procMount: 'Unmasked' })],
    ['seLinuxOptions', { securityContext: { seLinuxOptions: { type: 'spc_t' } } }],
    ['seLinuxOptions', container({ seLinuxOptions: { user: 'root' } })],
    ['seccompProfile_baseline', container({ seccompProfile: { type: 'Unconfined' } })],
    ['sysctls', { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
    ['windowsHostProcess', container({ windowsOptions: { hostProcess: true } })],
    ['appArmorProfile', container({ appArmorProfile: { type: 'Unconfined' } })],
  ])('refuses %s', (check, spec) => {
    expect(found(spec, 'baseline')).toEqual([check]);
    expect(found(spec, 'privileged')).toEqual([]);
  });

  it('takes what says nothing, and what the standards allow', () => {
    expect(found(container({}), 'baseline')).toEqual([]);
    const allowed = container({ capabilities: { add: ['CHOWN'] }, seLinuxOptions: { type: 'container_t' } });
    expect(found({ ...allowed, hostNetwork: false }, 'baseline')).toEqual([]);
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/web': 'localhost/own' };
    expect(found(container({}), 'baseline', 'latest', annotations)).toEqual([]);
    annotations['container.apparmor.security.beta.kubernetes.io/web'] = 'unconfined';
    expect(found(container({}), 'baseline', 'latest', annotations)).toEqual(['appArmorProfile']);
  });
});

describe('restricted', () => {
  it('wants each of them said, and takes a Pod that says them all', () => {
    expect(found(container({}), 'restricted')).toEqual([
      'allowPrivilegeEscalation',
      'capabilities_restricted',
      'runAsNonRoot',
      'seccompProfile_restricted',
    ]);
    expect(found(container(safe), 'restricted')).toEqual([]);
    const { runAsNonRoot, seccompProfile, ...rest } = safe;
    expect(
      found({ ...container(rest), securityContext: { runAsNonRoot, seccompProfile } }, 'restricted'),
    ).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ['restrictedVolumes', { ...container(safe), volumes: [{ name: 'disk', nfs: { server: 'a' } }] }],
    ['runAsUser', container({ ...safe, runAsUser: 0 })],
    ['runAsNonRoot', container({ ...safe, runAsNonRoot: false })],
    ['capabilities_restricted', container({ ...safe, capabilities: { drop: ['ALL'], add: ['CHOWN'] } })],
  ])('refuses %s', (check, spec) => {
    expect(found(spec, 'restricted')).toEqual([check]);
  });

  it('says of what both levels forbid that the stricter check does', () => {
    expect(
      found({ ...container(safe), volumes: [{ name: 'etc', hostPath: { path: '/etc' } }] }, 'restricted'),
    ).toEqual(['restrictedVolumes']);
  });
});

describe('versions', () => {
  const sysctl = (name: string) => ({ securityContext: { sysctls: [{ name }] } });
  it.each<[string, string, Level, JsonObject, string[]]>([
    ['a sysctl', 'v1.26', 'baseline', sysctl('net.ipv4.ip_local_reserved_ports'), ['sysctls']],
    ['a sysctl', 'v1.27', 'baseline', sysctl('net.ipv4.ip_local_reserved_ports'), []],
    [
      'a host of a probe',
      'v1.33',
      'baseline',
      container({}, { startupProbe: { tcpSocket: { host: 'a' } } }),
      [],
    ],
    ['a user of 0', 'v1.22', 'restricted', container({ ...safe, runAsUser: 0 }), []],
    ['Windows', 'v1.25', 'restricted', { ...container({ runAsNonRoot: true }), os: { name: 'windows' } }, []],
    ['a profile', 'v1.18', 'baseline', container({ seccompProfile: { type: 'Unconfined' } }), []],
    [
      'a user namespace',
      'v1.35',
      'restricted',
      { ...container({ ...safe, runAsUser: 0 }), hostUsers: false },
      [],
    ],
  ])('%s in %s', (_what, version, level, spec, checks) => {
    expect(found(spec, level, version)).toEqual(checks);
  });

  it('are read as the labels of a Namespace are', () => {
    expect([parseVersion('v1.25'), parseVersion(undefined), parseVersion('1.25')]).toEqual([
      25,
      Number.POSITIVE_INFINITY,
      null,
    ]);
  });
});

it('finds the Pod of what makes one', () => {
  expect(templatePath('CronJob')).toEqual(['spec', 'jobTemplate', 'spec', 'template']);
  expect(templatePath('Service')).toBeNull();
});

describe('the labels of a Namespace', () => {
  const labels = (...pairs: string[]) =>
    Object.fromEntries(
      pairs.map((pair) => [`pod-security.kubernetes.io/${pair.split('=')[0]}`, pair.split('=')[1] ?? '']),
    );

  it('enforce, audit and warn, and what is no level is the strictest one where it enforces', () => {
    const modes = modesOf(labels('enforce=strict', 'audit=strict', 'warn=baseline', 'warn-version=v1.30'));
    expect(modes.map(({ mode, level, version }) => [mode, level, version])).toEqual([
      ['enforce', 'restricted', Number.POSITIVE_INFINITY],
      ['warn', 'baseline', 30],
    ]);
    expect(modesOf(labels('enforce=privileged'))).toEqual([]);
  });

  it.each([
    ['Pod', container({ privileged: true }), 'fail'],
    ['Pod', container({}), 'pass'],
    ['Deployment', { template: { spec: container({ privileged: true }) } }, 'fail'],
    // Younger than the oldest cluster that is to be thought of.
    ['Pod', container({}, { livenessProbe: { httpGet: { host: '10.0.0.1' } } }), 'unverified'],
    ['Service', {}, undefined],
  ])('judge a %s', (kind, spec, status) => {
    const [mode] = modesOf(labels('enforce=baseline'));
    if (mode === undefined) throw new Error('no mode');
    expect(judgeByMode(mode, kind, { spec })?.status).toBe(status);
  });
});
