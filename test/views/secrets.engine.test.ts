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

const made = `==> K8s/web/kustomization.yaml <==
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: web
resources: [objects.yaml]
helmCharts:
  - {name: grafana, repo: "https://charts.example.com", version: 1.0.0, valuesFile: values.yaml}
==> K8s/web/values.yaml <==
admin:
  existingSecret: sealed
image: sealed
==> K8s/web/objects.yaml <==
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: sealed}
spec:
  encryptedData: {password: AgB, user: AgB}
  template: {metadata: {labels: {of: web}}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web}
spec: {secretName: web-tls, dnsNames: [web.example.com], issuerRef: {name: ca}}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: web:1
      env:
        - {name: A, valueFrom: {secretKeyRef: {name: sealed, key: user}}}
        - {name: B, valueFrom: {secretKeyRef: {name: sealed, key: token, optional: true}}}
  volumes:
    - {name: tls, secret: {secretName: web-tls, items: [{key: tls.crt, path: a}, {key: ca.crt, path: b}]}}
==> K8s/app.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: "https://git.example.com/shop.git", path: K8s/web}
  destination: {server: "https://kubernetes.default.svc", namespace: web}
`;

it('has a row for each reader and key of the Secrets that controllers make, and for what only values name', async () => {
  const root = repositoryFrom(made);
  onTestFinished(() => rmSync(root, { recursive: true }));
  const platform = await loadPlatform({ root });
  const built = tableOf(platform, createQuery(platform), { view: 'secret-reads' });
  if (!built.ok) throw new Error('no table');
  const lines = tableToMarkdown(built.table).split('\n');
  expect(lines.filter((line) => line.startsWith('| ')).slice(2)).toEqual([
    '| sealed | web | `user` | Pod/web | web/env/A | there | keeps the old value until it is started anew |',
    '| sealed | web | `token` | Pod/web | web/env/B | not there: goes on without | keeps the old value until it is started anew |',
    '| web-tls | web | `tls.crt` | Pod/web | volume/tls | not verified | takes the new value |',
    '| web-tls | web | `ca.crt` | Pod/web | volume/tls | not verified | takes the new value |',
    '| sealed | web | — | Application/web | admin.existingSecret | not verified | its chart may read it |',
  ]);
  const secret = platform.resource('Secret/web/sealed');
  expect(secret).toMatchObject({ source: 'controller', generatedBy: 'SealedSecret.bitnami.com/web/sealed' });
  expect(secret?.rendered.data).toEqual({ password: '', user: '' });
  expect(platform.resource('Secret/web/web-tls')?.rendered.data).toEqual({ 'tls.crt': '', 'tls.key': '' });
  const named = platform.model.secretReads.find(({ way }) => way === 'mention');
  expect(named?.origin).toMatchObject({ file: 'K8s/web/values.yaml', line: 2 });
});
