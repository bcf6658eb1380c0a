import { describe, expect, it } from 'vitest';
import { printedModel } from '../../plugins/checks/index.ts';
import { at, get, platformOf } from './platforms.ts';

describe('what a project forbids', () => {
  it('is said with both lines', async () => {
    const model = printedModel(await platformOf('model-forbidden'));
    const found = model.diagnostics.filter(({ rule }) => rule === 'project-forbids');
    expect(
      found.map(({ message, sources }) => [message.replace(/^`[^`]+`: /, ''), ...sources.map(at)]),
    ).toEqual([
      ['Application referencing project nobody which does not exist', 'apps/wrong.yaml:21'],
      [
        'application repo `https://git.example.com/a` is not permitted in project `narrow`',
        'apps/wrong.yaml:9',
        'apps/project.yaml:7',
      ],
      [
        'application destination server `https://kubernetes.default.svc` and namespace `wide` do not match any of the allowed destinations in project `narrow`',
        'apps/wrong.yaml:13',
        'apps/project.yaml:9',
      ],
      [
        'resource `Secret` is not permitted in project `narrow`: `Secret/planted`',
        'apps/wrong/all.yaml:2',
        'apps/project.yaml:12',
      ],
      [
        'resource `ClusterRole.rbac.authorization.k8s.io` is not permitted in project `narrow`: `ClusterRole/all`',
        'apps/wrong/all.yaml:9',
        'apps/project.yaml:6',
      ],
      [
        'namespace `other` is not permitted in project `narrow`: `ConfigMap/elsewhere`',
        'apps/wrong/all.yaml:17',
        'apps/project.yaml:9',
      ],
    ]);
    expect(
      model.applications.map(({ name, permitted }) => [name, permitted.ok, permitted.reasons.length]),
    ).toEqual([
      ['orphan', false, 1],
      ['wrong', false, 5],
    ]);
  });

  it('and waves that Argo CD cannot read are named', async () => {
    const platform = await platformOf('model-forbidden');
    const found = printedModel(platform).diagnostics.filter(({ rule }) => rule === 'manifest-invalid');
    expect(found.map(({ message, sources }) => [message, ...sources.map(at)])).toEqual([
      [
        'the annotation `argocd.argoproj.io/sync-wave` of `ConfigMap/alone` is `five`, which is no whole number: Argo CD takes 0',
        'apps/orphan/cm.yaml:6',
      ],
      [
        'the annotation `argocd.argoproj.io/sync-wave` of `ConfigMap/elsewhere` is not a text but `5`: the API server refuses the object',
        'apps/wrong/all.yaml:19',
      ],
    ]);
    expect(get(platform, 'ConfigMap/narrow/alone')).toMatchObject({ wave: 0, waveSet: false });
    expect(JSON.stringify(platform.model)).not.toContain('planted-value');
  });
});

describe('what cannot be known', () => {
  it('is unverified with its reason, never empty without a word', async () => {
    const model = printedModel(await platformOf('model-unknown'));
    expect(
      model.applicationSets.map(({ name, unverified, applications }) => [name, unverified, applications]),
    ).toEqual([
      ['clusters', 'a `clusters` generator needs the clusters that Argo CD knows', []],
      [
        'elsewhere',
        'the git generator reads another repository, `https://git.example.com/other.git`: `plumbline fetch` brings it',
        [],
      ],
      [
        'functions',
        'the template uses `randAlpha`, which gives another value each time and is not evaluated',
        [],
      ],
      ['nothing', null, []],
    ]);
    expect(Object.fromEntries(model.unverified.map(({ what, remedy }) => [what, remedy]))).toEqual({
      'ApplicationSet clusters': 'generators',
      'ApplicationSet elsewhere': 'fetch',
      'ApplicationSet functions': undefined,
      'helm chart redis 1.2.3': 'fetch',
    });
    const found = model.diagnostics.map(({ rule, severity, sources }) => [
      rule,
      severity,
      ...sources.map(at),
    ]);
    expect(found).toEqual([
      ['generator-unverified', 'info', 'apps/sets.yaml:6'],
      ['generator-unverified', 'info', 'apps/sets.yaml:20'],
      ['generator-unverified', 'info', 'apps/sets.yaml:29'],
      ['generator-unverified', 'warning', 'apps/sets.yaml:41'],
    ]);
    expect(model.unverified.map(({ what }) => what)).toContain('helm chart redis 1.2.3');
    expect(model.applications).toMatchObject([
      { name: 'chart', sourceType: 'Helm', permitted: { ok: true } },
    ]);
  });
});

describe('names are no identities', () => {
  it('a text that fits several is ambiguous', async () => {
    const platform = await platformOf('model-twins');
    const resolved = platform.resolveReference('ConfigMap/settings');
    expect(resolved).toMatchObject({ ok: false, reason: 'ambiguous' });
    expect(platform.resolveReference('ConfigMap/west/settings').ok).toBe(true);
    expect(platform.referenceOf(get(platform, 'Service/east/settings'))).toBe('Service/settings');
    expect(platform.referenceOf(get(platform, 'ConfigMap/west/settings'))).toBe('ConfigMap/west/settings');
  });

  it('one identity from two files is a fault that shows both', async () => {
    const platform = await platformOf('model-twins');
    const found = printedModel(platform).diagnostics.filter(({ rule }) => rule === 'resource-duplicate');
    expect(found.map(({ sources }) => sources.map(at))).toEqual([
      ['apps/east/settings.yaml:4', 'boot/one.yaml:4'],
    ]);
    expect(get(platform, 'ConfigMap/east/settings').application).toBe('east');
    expect(get(platform, 'ConfigMap/east/settings@boot/one.yaml').layer).toBe('bootstrap');
  });
});
