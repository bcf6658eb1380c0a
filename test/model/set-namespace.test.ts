import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { repositoryFrom } from '../checks/engine.ts';

const tree = (namespace: string): string => `==> IT/stacks.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: stacks, namespace: argocd}
spec:
  project: default
  source: {repoURL: https://git.example.com/shop.git, path: K8s, directory: {recurse: true, include: "*/set.yaml"}}
  destination: {server: https://kubernetes.default.svc, namespace: argocd}
==> K8s/web/set.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web${namespace}}
spec:
  generators:
    - git: {repoURL: https://git.example.com/shop.git, directories: [{path: K8s/web/*}]}
  template:
    metadata: {name: "web-{{path.basename}}"}
    spec:
      project: default
      source: {repoURL: https://git.example.com/shop.git, path: "{{path}}"}
      destination: {server: https://kubernetes.default.svc, namespace: web}
==> K8s/web/app/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
`;

it.each(['', ', namespace: argocd'])(
  'a set makes its Applications where it lives itself (%j)',
  async (own) => {
    const root = repositoryFrom(tree(own));
    onTestFinished(() => rmSync(root, { recursive: true }));
    const { model } = await loadPlatform({ root });
    expect(model.applications.map(({ name, namespace }) => [name, namespace])).toContainEqual([
      'web-app',
      'argocd',
    ]);
  },
);
