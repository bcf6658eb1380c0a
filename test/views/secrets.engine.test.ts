import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { createQuery } from '../../plugins/query/index.ts';
import { tableOf, tableToMarkdown } from '../../plugins/views/index.ts';
import { repositoryFrom } from '../checks/engine.ts';

const tree = `==> K8s/web/secret.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: db}
spec:
  secretStoreRef: {kind: ClusterSecretStore, name: vault}
  target: {name: db}
`;

it('says in words, not by colour alone, that a store is not here', async () => {
  const root = repositoryFrom(tree);
  onTestFinished(() => rmSync(root, { recursive: true }));
  const platform = await loadPlatform({ root });
  const built = tableOf(platform, createQuery(platform), { view: 'secrets', columns: 'store, secret' });
  if (!built.ok) throw new Error('no table');
  expect(tableToMarkdown(built.table)).toContain('| vault (no such ClusterSecretStore here) | db |');
});
