import { describe, expect, it } from 'vitest';
import { printedModel } from '../../plugins/checks/index.ts';
import { createExclusions } from '../../plugins/model/argocd/sync/exclusions.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';

const server = 'https://kubernetes.default.svc';
const config =
  'layers: { bootstrap: [boot], gitops: [apps] }\nrepository: { url: https://git.example.com/a.git }\n';
const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  source: {repoURL: https://git.example.com/a, path: apps/web}
  destination: {server: "${server}", namespace: web}
`;
const settings = (text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata:\n${text}`;
const object = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: one}\n`;

describe('what Argo CD never syncs', () => {
  it('is left out of the order, and said', async () => {
    const root = tree({
      'plumbline.yaml': config,
      'boot/web.yaml': application,
      'boot/cm.yaml': settings(
        '  resource.exclusions: |\n    - apiGroups: ["cilium.*"]\n      kinds: [CiliumIdentity]\n',
      ),
      'apps/web/lease.yaml': object('coordination.k8s.io/v1', 'Lease'),
      'apps/web/identity.yaml': object('cilium.io/v2', 'CiliumIdentity'),
      'apps/web/policy.yaml': object('cilium.io/v2', 'CiliumNetworkPolicy'),
    });
    const model = printedModel(await loadPlatform({ root }));
    expect(model.applications[0]?.order.flat()).toEqual(['CiliumNetworkPolicy.cilium.io/web/one']);
    expect(
      model.diagnostics.map(({ rule, sources }) => `${rule} ${sources[0]?.file}:${sources[0]?.line}`).sort(),
    ).toEqual(['resource-excluded apps/web/identity.yaml:2', 'resource-excluded apps/web/lease.yaml:2']);
    const lease = model.resources.find(({ kind }) => kind === 'Lease');
    expect(lease?.application).toBeNull();
  });

  it.each([
    ['no settings', {}, 'apps', 'Deployment', false],
    ['a core event, always', {}, '', 'Event', true],
    ['an event of another group', {}, 'argoproj.io', 'Event', false],
    ['every kind of a group', { 'resource.exclusions': '- apiGroups: [apps]' }, 'apps', 'Deployment', true],
    [
      'a kind exactly, never by a glob',
      { 'resource.exclusions': '- kinds: ["Deploy*"]' },
      'apps',
      'Deployment',
      false,
    ],
    [
      'another cluster',
      { 'resource.exclusions': '- clusters: ["https://other"]' },
      'apps',
      'Deployment',
      false,
    ],
    [
      'this cluster, by a glob',
      { 'resource.exclusions': '- clusters: ["https://kube*"]' },
      'apps',
      'Deployment',
      true,
    ],
    ['not among the inclusions', { 'resource.inclusions': '- apiGroups: [""]' }, 'apps', 'Deployment', true],
    ['among the inclusions', { 'resource.inclusions': '- apiGroups: ["*"]' }, 'apps', 'Deployment', false],
    ['a text that is no YAML', { 'resource.exclusions': '"- kinds' }, 'apps', 'Deployment', false],
  ])('%s', (_, data, group, kind, excluded) => {
    expect(createExclusions(data)(server)(group, kind)).toBe(excluded);
  });
});
