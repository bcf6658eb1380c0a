import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { checkPlatform } from '../../plugins/checks/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { repositoryFrom } from './engine.ts';

const application = (name: string, wave = '0') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd, annotations: {argocd.argoproj.io/sync-wave: "${wave}"}}
spec:
  project: default
  source: {repoURL: https://git.example.com/platform.git, path: K8s/${name}, targetRevision: HEAD}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
`;

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: lamps.shop.example.com}
spec:
  group: shop.example.com
  scope: Namespaced
  names: {kind: Lamp, plural: lamps, singular: lamp, listKind: LampList}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;

const lamp = (options = '') => `apiVersion: shop.example.com/v1
kind: Lamp
metadata: {name: desk, namespace: shop, annotations: {argocd.argoproj.io/sync-wave: "5"${options}}}
`;

const skips = ', argocd.argoproj.io/sync-options: SkipDryRunOnMissingResource=true';

it.each([
  ['its application deploys the one that brings it', lamp(), 'whole', ['wave-inverted']],
  ['it says that the kind may be missing', lamp(skips), 'whole', []],
  ['the definition is beside it', lamp(), 'kinds', []],
])('tells of a kind that is never there where %s: %#', async (_, resource, folder, expected) => {
  const root = repositoryFrom(
    `==> plumbline.yaml <==\nlayers: {gitops: [K8s]}\nrepository: {url: https://git.example.com/platform.git}\n==> K8s/first/whole.yaml <==\n${application('whole')}==> K8s/whole/kinds.yaml <==\n${application('kinds', '1')}==> K8s/kinds/lamps.yaml <==\n${definition}==> K8s/${folder}/lamp.yaml <==\n${resource}`,
  );
  onTestFinished(() => rmSync(root, { recursive: true }));
  const platform = await loadPlatform({ root, cache: false });
  const said = platform.model.relations.map(({ type, from, to }) => `${from} ${type} ${to}`);
  expect(said).toContain(
    'Lamp.shop.example.com/shop/desk needs CustomResourceDefinition.apiextensions.k8s.io/lamps.shop.example.com',
  );
  const faults = checkPlatform(platform).filter(({ rule }) => rule === 'wave-inverted');
  expect(faults.map(({ rule }) => rule)).toEqual(expected);
});
