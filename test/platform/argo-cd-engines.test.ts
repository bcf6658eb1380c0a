import { expect, test } from 'vitest';
import { installedArgoCd, loadPlatform } from '../../plugins/platform/index.ts';
import { openCache } from '../../plugins/source/index.ts';
import { tree } from '../source/tree.ts';

const repoServer = (name: string, image: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: argocd}\nspec: {selector: {}, template: {spec: {containers: [{name: a, image: "${image}"}]}}}\n`;
const base = (ref: string) => `https://github.com/argoproj/argo-cd/manifests/cluster-install?ref=${ref}`;

test('the Argo CD that is installed is told by its images and its remote bases, with its engines', async () => {
  const platform = await loadPlatform({
    root: tree({
      'a/kustomization.yaml': `resources:\n  - ${base('v3.3.0')}\n`,
      'b/kustomization.yaml': `resources:\n  - ${base('v2.10.0')}\nimages: [{name: quay.io/argoproj/argocd, newTag: v3.5.1}]\n`,
      'c/kustomization.yaml': `resources:\n  - https://raw.githubusercontent.com/argoproj/argo-cd/v9.0.0/manifests/install.yaml\n  - ${base('stable')}\n`,
      'd/all.yaml': `${repoServer('argocd-repo-server', 'quay.io/argoproj/argocd:v3.1.2')}---\n${repoServer('argocd-server', 'quay.io/argoproj/argocd:v3.0.0')}---\n${repoServer('other-repo-server', 'example.com/tool:v1.0.0')}`,
    }),
    cache: openCache(null),
  });
  const found = installedArgoCd(platform).map(({ version, kustomize, helm, origin }) => [
    ...[version, kustomize, helm],
    `${origin.file}:${origin.line}`,
  ]);
  expect(found).toEqual([
    ['v3.1.2', '5.7.0', '3.18.4', 'd/all.yaml:4'],
    ['v3.3.0', '5.8.0', '3.19.4', 'a/kustomization.yaml:2'],
    ['v3.5.1', '5.8.1', '4.2.1', 'b/kustomization.yaml:2'],
    ['v9.0.0', null, null, 'c/kustomization.yaml:2'],
  ]);
});
