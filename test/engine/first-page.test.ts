import { expect, test } from 'vitest';
import { summarySentences } from '../../plugins/engine/init/summary-sentences.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';

test('a first page counts no Secret that is made in the cluster among what the manifests hold', async () => {
  const external = (name: string) =>
    `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: ${name}, namespace: shop}\nspec: {secretStoreRef: {name: s, kind: ClusterSecretStore}, data: [{secretKey: a, remoteRef: {key: a}}]}\n---\n`;
  const { model } = await loadPlatform({
    root: tree({
      'K8s/secrets.yaml': ['a', 'b', 'c'].map(external).join(''),
      'K8s/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: shop}\n',
    }),
  });
  expect(model.resources.filter(({ kind }) => kind === 'Secret')).toHaveLength(3);
  expect(summarySentences(model)[0]).toBe(
    `The manifests of this repository hold :fact[3]{count="written && kind == 'ExternalSecret'"} ExternalSecrets and :fact[1]{count="written && kind == 'ConfigMap'"} ConfigMap.`,
  );
});
