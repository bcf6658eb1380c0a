import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretRefused } from '../../plugins/checks/rules/manifests/secret-refused.ts';
import { createExplainer } from '../../plugins/engine/index.ts';
import { tableOf, tableToMarkdown } from '../../plugins/views/index.ts';
import { describeResource } from '../../scripts/commands/explain-resource.ts';
import { type Bench, engineWithPages, repositoryFrom } from './engine.ts';

const external = (name: string, spec: string) => `==> K8s/web/${name}.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: ${name}, namespace: web}
spec:
  secretStoreRef: {kind: ClusterSecretStore, name: vault}
${spec}
`;

const tree = `==> K8s/web/store.yaml <==
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: vault}
spec: {provider: {vault: {server: "https://vault.example.com", path: web}}}
==> K8s/web/map.yaml <==
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: web}
data: {mode: fast}
==> K8s/web/push.yaml <==
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: {name: spread, namespace: web}
spec:
  deletionPolicy: Delete
  secretStoreRefs: [{kind: ClusterSecretStore, name: vault}]
  selector: {secret: {name: closed}}
  data: [{match: {secretKey: password, remoteRef: {remoteKey: web/db, property: word}}}]
${external('bare', '  target: {deletionPolicy: Delete, creationPolicy: Orphan}')}${external('closed', '  data: [{secretKey: password, remoteRef: {key: a}}]')}${external(
  'opened',
  '  data: [{secretKey: password, remoteRef: {key: a}}]\n  dataFrom: [{extract: {key: b}}]',
)}${external('joined', '  target: {creationPolicy: Merge}\n  data: [{secretKey: password, remoteRef: {key: a}}]')}`;

describe('keys of a Secret that are not known', () => {
  const root = repositoryFrom(tree);
  let bench: Bench;
  beforeAll(async () => {
    bench = await engineWithPages(root);
  });
  afterAll(async () => {
    await bench.close();
    rmSync(root, { recursive: true });
  });

  /** The words that it is answered with: the rule it breaks, else what is not known. */
  const judged = async (text: string) => {
    const { diagnostics, unverified } = await bench.check(text);
    if (diagnostics.length > 0) return diagnostics.map(({ rule }) => rule).join();
    return unverified.length > 0 ? 'unverified' : 'true';
  };
  const secret = (name: string) => `kind == 'Secret' && name == '${name}'`;
  it.each([
    [secret('closed'), "!('token' in data)", 'true'],
    [secret('closed'), "'token' in data", 'claim-false'],
    [secret('opened'), "'password' in data", 'true'],
    [secret('opened'), 'has(data.password)', 'true'],
    [secret('opened'), "!('token' in data)", 'unverified'],
    [secret('opened'), 'has(data.token)', 'unverified'],
    [secret('opened'), 'data.size() == 1', 'unverified'],
    [secret('opened'), "type == 'Opaque'", 'true'],
    [secret('joined'), 'data.size() == 1', 'unverified'],
    ["kind == 'ConfigMap' && 'mode' in data", "data.mode == 'fast'", 'true'],
    ["kind in ['ConfigMap', 'Secret'] && 'mode' in data", "data.mode == 'fast'", 'unverified'],
  ])('of %s all %s: %s', async (of, all, outcome) => {
    expect(await judged(`:claim[It is so.]{of="${of}" all="${all}"}\n`)).toBe(outcome);
  });

  it.each([
    ["resource('Secret/web/opened').data.size()", 'unverified'],
    ["resource('Secret/web/closed').data.size()", 'true'],
    ["resources.filter(r, r.kind == 'ConfigMap').map(r, r.data.mode)[0]", 'true'],
    ["resources.exists(r, r.kind == 'Secret' && r.data.size() == 7)", 'unverified'],
  ])('value %s: %s', async (value, outcome) => {
    expect(await judged(`:fact[]{value="${value}"}\n`)).toBe(outcome);
  });

  it('says where a Secret is pushed', async () => {
    const { platform, query } = bench.engine;
    const found = platform.resolveReference('Secret/web/closed');
    const secret = found.ok ? found.resource : expect.fail('no Secret');
    const explained = describeResource(createExplainer(platform).explain(secret));
    expect(explained).toContain(
      'key password of Secret/closed to ClusterSecretStore/vault, at web/db#word, by PushSecret/spread, deleted with it (K8s/web/push.yaml:7)',
    );
    expect(explained).toContain('pushed by PushSecret/spread');
    const built = tableOf(platform, query, { view: 'secrets', columns: 'secret, pushed' });
    expect(built.ok && tableToMarkdown(built.table)).toContain('| closed | vault: web/db#word |');
  });

  it('tells of what the webhook refuses', () => {
    const told = secretRefused.check(bench.engine.platform).map(({ message }) => message);
    expect(told).toEqual(['External Secrets refuses `ExternalSecret/bare`: it asks for no data']);
  });
});
