/** Overlays for clusters that are not known: what each makes of one document, and what may be said of it. */
import { afterAll, describe, expect, it } from 'vitest';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { d2 } from '../d2/helpers.ts';
import { tree } from '../source/tree.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {argocd.argoproj.io/sync-wave: "1"}}
spec: {replicas: 1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: main, image: "a:1"}]}}}
`;
const files = {
  'base/web.yaml': web,
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'overlays/prod/kustomization.yaml': 'resources: [../../base]\nreplicas: [{name: web, count: 3}]\n',
  'alone/one.yaml': web.replace('name: web', 'name: alone'),
};
const roots: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const dispose of roots) await dispose();
});

async function outcomesOf(page: string[], more: Record<string, string> = {}): Promise<string[]> {
  const text = `---\ntitle: Page\n---\n\n${page.map((line) => `- ${line}\n`).join('')}`;
  const engine = await createEngine({ root: tree({ ...files, 'docs/page.md': text, ...more }), d2 });
  roots.push(() => engine.dispose());
  const { pages } = await checkPages(engine);
  return pages.flatMap(({ verdicts }) => verdicts.map(({ outcome }) => outcome));
}

/** A table as Markdown has it, within an item of a list. */
const rows = (head: string, ...others: string[]): string =>
  [head, head.replaceAll(/[^|]+/g, ' --- '), ...others].map((row) => `  | ${row} |\n`).join('');

const of = "of=\"kind == 'Deployment' && name == 'web'\"";

describe('what several overlays make of one document', () => {
  it('is not verified in edges, tables, and drawings either, where it could be otherwise', async () => {
    const prod = `resources: [../../base]
replicas: [{name: web, count: 3}]
patches:
  - target: {kind: Deployment}
    patch: |-
      - {op: replace, path: /spec/template/spec/serviceAccountName, value: other}
`;
    const runner = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: NAME}\n';
    const more = {
      'base/web.yaml': web.replace('{containers', '{serviceAccountName: runner, containers'),
      'base/accounts.yaml': ['runner', 'other'].map((name) => runner.replace('NAME', name)).join('---\n'),
      'base/service.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {a: b}, ports: [{port: 80}]}\n',
      'base/kustomization.yaml': 'resources: [web.yaml, accounts.yaml, service.yaml]\n',
      'overlays/prod/kustomization.yaml': prod,
    };
    const fence = (from: string, to: string, options = '') =>
      `\n\n  \`\`\`d2${options}\n  a: { link: "gitops:${from}" }\n  b: { link: "gitops:${to}" }\n  a -> b\n  \`\`\`\n`;
    const covering = ` covers="name == 'web' && spec.?replicas.orValue(0) == 1"`;
    const table = (columns: string, cells: string) =>
      `\n\n  <!-- plumbline:table resources where="name == 'web'" columns="${columns}" -->\n\n${cells}\n  <!-- /plumbline:table -->\n`;
    expect(
      await outcomesOf(
        [
          fence('Deployment/web', 'ServiceAccount/runner'),
          fence('Deployment/web', 'ServiceAccount/other'),
          fence('ServiceAccount/runner', 'ServiceAccount/other'),
          fence('Service/web', 'Deployment/web'),
          fence('Service/web', 'Deployment/web', ' covers="kind == \'Service\'"'),
          fence('Service/web', 'Deployment/web', covering),
          fence('Service/web', 'Service/web', `${covering} edges="unchecked: of itself"`),
          table(
            'kind, replicas = spec.?replicas.orValue(0)',
            rows('Kind | replicas', 'Deployment | 3', 'Service | 0'),
          ),
          table(
            'kind, replicas = spec.?replicas.orValue(0)',
            rows('Kind | replicas', 'Deployment | 1', 'Service | 1'),
          ),
          '\n\n  ::diagram{view="around" of="Deployment/web"}\n',
          '\n\n  ::diagram{view="around" of="Service/web"}\n',
        ],
        more,
      ),
    ).toEqual([
      ...['unverified', 'unverified', 'false', 'true', 'true', 'unverified', 'unverified'],
      ...['unverified', 'false', 'unverified', 'true'],
    ]);
  });

  it('leaves what rests on it open: projects, policies, routes, and who reads a Secret', async () => {
    const more = {
      'plumbline.yaml': 'repository: {url: "https://git.example.com/a.git"}\n',
      'base/project.yaml': `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec: {sourceRepos: ["*"], destinations: [{server: "*", namespace: shop}]}
`,
      'base/gateway.yaml': `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: outer, namespace: shop}
spec: {gatewayClassName: some, listeners: [{name: http, protocol: HTTP, port: 80}]}
`,
      'base/policy.yaml': `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: named}
spec:
  rules:
    - name: letters
      match: {any: [{resources: {kinds: [ConfigMap]}}]}
      validate: {message: no, pattern: {metadata: {name: "a*"}}}
`,
      'base/reader.yaml': web
        .replace('name: web', 'name: reader, namespace: shop')
        .replace('image: "a:1"', 'image: "a:1", envFrom: [{secretRef: {name: db}}]'),
      'base/kustomization.yaml': 'resources: [project.yaml, gateway.yaml, policy.yaml, reader.yaml]\n',
      'overlays/prod/kustomization.yaml': `resources: [../../base]
patches:
  - target: {kind: AppProject}
    patch: |-
      - {op: replace, path: /spec/destinations/0/namespace, value: other}
  - target: {kind: Gateway}
    patch: |-
      - {op: add, path: /spec/listeners/0/hostname, value: "*.example.com"}
  - target: {kind: ClusterPolicy}
    patch: |-
      - {op: replace, path: /spec/rules/0/validate/pattern/metadata/name, value: "b*"}
  - target: {kind: Deployment}
    patch: |-
      - {op: replace, path: /spec/template/spec/containers/0/envFrom/0/secretRef/name, value: db2}
`,
      'alone/one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: alone}\n',
      'own/all.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: alone, namespace: argocd}
spec:
  project: shop
  source: {repoURL: "https://git.example.com/a.git", path: alone}
  destination: {server: "https://kubernetes.default.svc", namespace: shop}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec: {parentRefs: [{name: outer}], hostnames: [a.example.org]}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: db, namespace: shop}
spec: {secretStoreRef: {name: vault}, data: [{secretKey: a, remoteRef: {key: a}}]}
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: vault, namespace: shop}
spec: {provider: {vault: {server: a, path: b}}}
`,
    };
    expect(
      await outcomesOf(
        [
          ':claim[It may]{over="applications" of="true" all="permitted.ok"}',
          ':claim[It is in shop]{over="applications" of="true" all="project == \'shop\'"}',
          ':claim[It is taken]{over="routes" of="true" all="accepted"}',
          ':claim[It is of a host]{over="routes" of="true" all="hostnames.size() == 1"}',
          ':claim[It fails]{over="policyresults" of="true" all="result == \'pass\'"}',
          ':claim[One reads it]{over="secrets" of="true" all="readers.size() == 1"}',
          ':claim[It is of the vault]{over="secrets" of="true" all="store.name == \'vault\'"}',
        ],
        more,
      ),
    ).toEqual(['unverified', 'true', 'unverified', 'true', 'unverified', 'unverified', 'true']);
  });

  it('is not verified where the configuration says that two of them are applied', async () => {
    const claims = [
      `:claim[It runs once]{${of} all="spec.replicas == 1"}`,
      `:claim[It has a container]{${of} all="spec.template.spec.containers.size() == 1"}`,
    ];
    const more = { 'plumbline.yaml': 'deploy: [overlays/dev, overlays/prod]\n' };
    expect(await outcomesOf(claims, more)).toEqual(['unverified', 'true']);
  });

  it('is verified in what they have in common alone', async () => {
    expect(
      await outcomesOf([
        `:claim[It runs once]{${of} all="spec.replicas == 1"}`,
        `:claim[It runs three times]{${of} all="spec.replicas == 3"}`,
        `:claim[It runs four times]{${of} all="spec.replicas == 4"}`,
        `:claim[It has a container]{${of} all="spec.template.spec.containers.size() == 1"}`,
        `:claim[It has a wave]{${of} all="wave == 1"}`,
        ':fact[2]{count="kind == \'Deployment\'"}',
        ':fact[1]{value="resource(\'Deployment/web\').spec.replicas"}',
        ':claim[Some runs three times]{of="spec.?replicas.orValue(0) == 3" any="true"}',
        ':claim[The other runs once]{of="name == \'alone\'" all="spec.replicas == 1"}',
      ]),
    ).toEqual([
      ...['unverified', 'unverified', 'unverified', 'true', 'true', 'true'],
      ...['unverified', 'unverified', 'true'],
    ]);
  });

  it('makes what an application of it deploys unknown, where its source is another each time', async () => {
    const root = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: root, namespace: argocd}
spec:
  project: default
  source: {repoURL: "https://git.example.com/a.git", path: alone}
  destination: {server: "https://kubernetes.default.svc", namespace: web}
`;
    const more = {
      'plumbline.yaml': 'repository: {url: "https://git.example.com/a.git"}\n',
      'roots/base/root.yaml': root,
      'roots/base/kustomization.yaml': 'resources: [root.yaml]\n',
      'roots/east/kustomization.yaml': 'resources: [../base]\n',
      'roots/west/kustomization.yaml':
        'resources: [../base]\npatches:\n  - target: {kind: Application}\n    patch: |-\n      - {op: replace, path: /spec/source/path, value: other}\n',
      'other/two.yaml': web.replace('name: web', 'name: two'),
    };
    const claims = [
      ':claim[The root deploys one]{of="application == \'root\'" all="name == \'alone\'"}',
      ':claim[The root is of a folder]{over="applications" of="name == \'root\'" all="path != null"}',
      ':claim[The root is in default]{over="applications" of="name == \'root\'" all="project == \'default\'"}',
    ];
    expect(await outcomesOf(claims, more)).toEqual(['unverified', 'unverified', 'true']);
    // One that deploys its own folder is deployed by nobody else.
    const own = Object.fromEntries(
      ['east', 'west'].map((name) => [
        `roots/${name}/kustomization.yaml`,
        `resources: [../base]\npatches:\n  - target: {kind: Application}\n    patch: |-\n      - {op: replace, path: /spec/source/path, value: roots/${name}}\n`,
      ]),
    );
    expect(await outcomesOf(claims.slice(1), { ...more, ...own })).toEqual(['unverified', 'true']);
  });

  it('is what the folder makes that the configuration says is applied', async () => {
    expect(
      await outcomesOf(
        [
          `:claim[It runs once]{${of} all="spec.replicas == 1"}`,
          `:claim[It runs three times]{${of} all="spec.replicas == 3"}`,
        ],
        { 'plumbline.yaml': 'deploy: [overlays/prod]\n' },
      ),
    ).toEqual(['false', 'true']);
  });
});
