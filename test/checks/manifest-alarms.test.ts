/**
 * Rules of manifests that stay silent as long as what would settle them is not known, and speak once it is.
 */
import { describe, expect, it } from 'vitest';
import { checkPlatform } from '../../plugins/checks/index.ts';
import { loadPlatform, type Platform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';

const own = 'https://git.example.com/acme/platform.git';
const config = `layers: {bootstrap: [apps], gitops: [K8s]}\nrepository: {url: "${own}"}\n`;
const server = 'https://kubernetes.default.svc';
const map = (name: string, metadata = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${metadata}}\n`;
const application = (name: string, source: string, more = '', destination = `server: "${server}"`): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  source: {${source}}\n  destination: {${destination}, namespace: web}\n${more}`;

const platformOf = (files: Record<string, string>): Promise<Platform> =>
  loadPlatform({
    root: tree({ 'plumbline.yaml': config, 'docs/index.md': '# x\n', ...files }),
  });
const told = (platform: Platform, rule: string): string[] =>
  checkPlatform(platform)
    .filter((one) => one.rule === rule)
    .map(({ message }) => message);

describe('wave-inert', () => {
  const inert = { 'K8s/inert/cm.yaml': map('inert', ', annotations: {argocd.argoproj.io/sync-wave: "3"}') };
  const known = application('known', `repoURL: "${own}", path: K8s/other`);
  const other = { 'K8s/other/cm.yaml': map('other') };

  it('speaks where everybody who deploys is known', async () => {
    const platform = await platformOf({ ...inert, ...other, 'apps/app.yaml': known });
    expect(told(platform, 'wave-inert')).toHaveLength(1);
  });

  it.each([
    [
      'another repository',
      { 'apps/x.yaml': application('x', 'repoURL: "https://github.com/other/repo.git", path: apps') },
    ],
    ['a scheme of a tool', { 'apps/x.yaml': application('x', 'repoURL: "cnoe://x", path: .') }],
    [
      'a placeholder',
      { 'apps/x.yaml': application('x', 'repoURL: <REPO_URL>, path: registry/clusters/<CLUSTER>') },
    ],
    [
      'a plugin',
      { 'apps/x.yaml': application('x', `repoURL: "${own}", path: K8s/other, plugin: {name: made}`) },
    ],
    [
      'another revision',
      { 'apps/x.yaml': application('x', `repoURL: "${own}", path: K8s/other, targetRevision: v1.2.3`) },
    ],
    [
      'a chart of Applications',
      {
        'apps/x.yaml': application(
          'x',
          'repoURL: "https://charts.example.com", chart: argocd-apps, targetRevision: 1.0.0',
        ),
      },
    ],
    [
      'a chart that nobody renders',
      {
        'K8s/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 0.1.0\n',
        'K8s/chart/templates/cm.yaml': map('{{ .Release.Name }}'),
      },
    ],
    [
      'a remote base of nobody',
      { 'apps/kustomization.yaml': 'resources: ["https://github.com/other/repo//apps?ref=v1"]\n' },
    ],
    [
      'a set that asks a cluster',
      {
        'apps/x.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: x, namespace: argocd}\nspec:\n  generators: [{clusters: {}}]\n  template: {metadata: {name: "{{name}}"}, spec: {source: {repoURL: x, path: y}}}\n',
      },
    ],
  ])('is silent beside %s', async (_what, files) => {
    const platform = await platformOf({ ...inert, ...other, 'apps/app.yaml': known, ...files });
    expect(told(platform, 'wave-inert')).toEqual([]);
  });

  it('says that Flux deploys it, where that is so', async () => {
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: inert, namespace: flux-system}
spec: {path: K8s/inert, sourceRef: {kind: GitRepository, name: flux-system}}
`;
    const built = { 'K8s/inert/kustomization.yaml': 'resources: [cm.yaml]\n', 'K8s/flux.yaml': flux };
    const platform = await platformOf({ ...inert, ...other, 'apps/app.yaml': known, ...built });
    expect(told(platform, 'wave-inert')).toEqual([
      expect.stringContaining('the Kustomization `inert` of Flux deploys it, which knows no waves'),
    ]);
  });

  it('is not silenced by a public chart', async () => {
    const chart = application(
      'x',
      'repoURL: "https://charts.example.com", chart: cilium, targetRevision: 1.0.0',
    );
    const platform = await platformOf({ ...inert, ...other, 'apps/app.yaml': known, 'apps/x.yaml': chart });
    expect(told(platform, 'wave-inert')).toHaveLength(1);
  });
});

describe('project-forbids', () => {
  const project = (name: string, destinations: string, more = ''): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  sourceRepos: ["*"]\n  destinations: [${destinations}]\n${more}`;
  const inProject = (name: string, destination?: string): string =>
    application(`in-${name}`, `repoURL: "${own}", path: K8s/${name}`, `  project: ${name}\n`, destination);
  const maps = (name: string) => ({
    [`K8s/${name}/cm.yaml`]: `${map('a')}---\n${map('b', ', namespace: other')}`,
  });
  const clusters = 'generators: {clusters: [{name: infra, server: "https://k8s.infra.example.com"}]}\n';

  describe('on a cluster that is known by its name', () => {
    const files = {
      'apps/projects.yaml': [
        project('wide', '{server: "*", namespace: "*"}'),
        project('byserver', '{server: "https://k8s.infra.example.com", namespace: "*"}'),
        project('byname', '{name: infra, namespace: web}'),
        project('denying', '{server: "*", namespace: "*"}, {server: "!https://x", namespace: "*"}'),
      ].join('---\n'),
      ...Object.fromEntries(
        ['wide', 'byserver', 'byname', 'denying'].flatMap((name) => [
          ...Object.entries(maps(name)),
          [`apps/${name}.yaml`, inProject(name, 'name: infra')],
        ]),
      ),
    };
    const unknown = ({ model }: Platform): string[] =>
      model.applications.filter(({ permitted }) => permitted.ok === null).map(({ project: name }) => name);

    it('forbids what no server could allow, and leaves open what hangs on the server', async () => {
      const platform = await platformOf(files);
      expect(told(platform, 'project-forbids')).toEqual([
        '`Application/in-byname`: namespace `other` is not permitted in project `byname`: `ConfigMap/b`',
      ]);
      expect(unknown(platform)).toEqual(['byserver', 'denying']);
    });

    it('knows the server where the configuration names the cluster', async () => {
      const platform = await platformOf({ ...files, 'plumbline.yaml': `${config}${clusters}` });
      expect(told(platform, 'project-forbids')).toEqual([
        '`Application/in-byname`: namespace `other` is not permitted in project `byname`: `ConfigMap/b`',
      ]);
      expect(unknown(platform)).toEqual([]);
    });
  });

  it('knows that Argo CD may be told not to deploy to its own cluster', async () => {
    const settings =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata: {cluster.inClusterEnabled: "false"}\n';
    const files = {
      ...maps('wide'),
      'apps/a.yaml': inProject('wide'),
      'apps/p.yaml': project('wide', '{server: "*", namespace: "*"}'),
    };
    const disabled = await platformOf({ ...files, 'apps/cm.yaml': settings });
    expect(told(disabled, 'manifest-invalid')).toEqual([
      expect.stringContaining(`cluster ${server} is disabled`),
    ]);
    expect(told(await platformOf(files), 'manifest-invalid')).toEqual([]);
  });
});

describe('a project with a placeholder', () => {
  const project = (name: string, role: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: "${name}", namespace: argocd}\nspec:\n  roles:\n    - name: admin\n      policies: ["p, proj:${role}:admin, applications, *, ${role}/*, allow"]\n`;

  it('is not verified where what it holds decides', async () => {
    const open = await platformOf({ 'apps/p.yaml': project('<NAME>', '<OTHER>'), 'K8s/x.txt': '' });
    expect(told(open, 'manifest-invalid')).toEqual([]);
    expect(open.model.unverified.map(({ what }) => what)).toContain('AppProject <NAME>');
    const known = await platformOf({ 'apps/p.yaml': project('web', 'other'), 'K8s/x.txt': '' });
    expect(told(known, 'manifest-invalid')).not.toEqual([]);
  });
});

describe('wave-inverted', () => {
  const wave = (number: number) => `annotations: {argocd.argoproj.io/sync-wave: "${number}"}`;
  const files = (documents: string) => ({
    'apps/app.yaml': application('app', `repoURL: "${own}", path: K8s/app`),
    'K8s/app/all.yaml': documents,
  });
  const deployment =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: c, image: nginx, envFrom: [{configMapRef: {name: settings}}]}]}}}\n';

  it('knows that Argo CD moves a Namespace before what is in it', async () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: nsmove}\n---\n';
    const platform = await platformOf(files(`${namespace}${map('cm', `, namespace: nsmove, ${wave(-1)}`)}`));
    expect(told(platform, 'wave-inverted')).toEqual([]);
    expect(platform.model.applications[0]?.order).toEqual([['Namespace/nsmove', 'ConfigMap/nsmove/cm']]);
  });

  it('still tells of a workload before what it needs', async () => {
    const platform = await platformOf(files(`${deployment}---\n${map('settings', `, ${wave(1)}`)}`));
    expect(told(platform, 'wave-inverted')).toHaveLength(1);
  });
});

describe('a generator of External Secrets', () => {
  const secret = {
    'K8s/web/es.yaml':
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: es, namespace: web}\nspec:\n  target: {name: x}\n  dataFrom:\n    - sourceRef:\n        generatorRef:\n          kind: ECRAuthorizationToken\n          name: ecr\n',
  };

  it('is called one, where it is named', async () => {
    const found = checkPlatform(await platformOf({ ...secret, 'apps/x.txt': '' }));
    expect(found.map(({ message, help, sources: [at] }) => [message, help, at?.line])).toEqual([
      [
        '`ExternalSecret/es` takes values of the generator ECRAuthorizationToken `ecr`, which no manifest declares in namespace `web`',
        'declare the generator, or correct the name',
        10,
      ],
    ]);
  });
});

describe('an event bus', () => {
  const bus = (name: string, namespace: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: EventBus\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {jetstream: {version: "2.10.10"}}\n`;
  const source = (namespace: string, more = '') =>
    `apiVersion: argoproj.io/v1alpha1\nkind: EventSource\nmetadata: {name: s, namespace: ${namespace}}\nspec: {webhook: {a: {port: "1", endpoint: /a}}${more}}\n`;
  const of = async (...documents: string[]) =>
    told(await platformOf({ 'K8s/all.yaml': documents.join('---\n'), 'apps/x.txt': '' }), 'event-route-dead');

  it('must be in the namespace of who speaks through it', async () => {
    expect(await of(bus('default', 'web'), source('web'))).toEqual([]);
    expect(await of(bus('default', 'web'), source('shop'))).toEqual([
      '`EventSource/s` needs EventBus `default`, which no manifest declares in namespace `shop`',
    ]);
    expect(await of(bus('default', 'web'), source('web', ', eventBusName: big'))).toEqual([
      '`EventSource/s` needs EventBus `big`, which no manifest declares in namespace `web`',
    ]);
  });

  it('is made elsewhere where none is declared, or may be', async () => {
    expect(await of(source('web'))).toEqual([]);
    // Whoever applies what says no namespace says it.
    expect(await of(bus('default', 'other').replace(', namespace: other', ''), source('web'))).toEqual([]);
    const chart = application('x', `repoURL: "https://charts.example.com", chart: c, targetRevision: 1.0.0`);
    expect(await of(bus('default', 'other'), source('web'), chart)).toEqual([]);
  });
});

describe('what is declared nowhere', () => {
  const secret =
    'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: es, namespace: web}\nspec: {secretStoreRef: {kind: SecretStore, name: vault}, target: {name: x}}\n';
  const sensor =
    'apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: s, namespace: web}\nspec: {dependencies: [{name: d, eventSourceName: git, eventName: push}], triggers: [{template: {name: t, log: {}}}]}\n';
  const files = {
    'K8s/web/all.yaml': `${secret}---\n${sensor}`,
    'apps/web.yaml': application('web', `repoURL: "${own}", path: K8s/web`, '  project: nobody\n'),
  };
  const rules = ['secret-store-missing', 'event-route-dead', 'project-forbids'];
  const count = (platform: Platform) => rules.map((rule) => told(platform, rule).length);

  it('is told where all is read', async () => {
    expect(count(await platformOf(files))).toEqual([1, 1, 1]);
  });

  it('is not told of what may go to any namespace, as long as one has it', async () => {
    const without = `${secret}---\n${sensor}`.replaceAll(', namespace: web', '');
    const store =
      'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: vault, namespace: other}\nspec: {provider: {}}\n';
    const source =
      'apiVersion: argoproj.io/v1alpha1\nkind: EventSource\nmetadata: {name: git, namespace: other}\nspec: {webhook: {push: {port: "1", endpoint: /push}}}\n';
    const written = { 'K8s/web/all.yaml': without, 'apps/x.txt': '' };
    expect(count(await platformOf(written))).toEqual([1, 1, 0]);
    expect(count(await platformOf({ ...written, 'K8s/other.yaml': `${store}---\n${source}` }))).toEqual([
      0, 0, 0,
    ]);
  });

  it('is told beside the installation of Argo CD itself, and not beside another base', async () => {
    const base = (url: string) => ({ 'apps/kustomization.yaml': `resources: ["${url}"]\n` });
    const install = base('github.com/argoproj/argo-cd/manifests/cluster-install?ref=v3.1.0');
    expect(count(await platformOf({ ...files, ...install }))).toEqual([1, 1, 1]);
    expect(count(await platformOf({ ...files, ...base('github.com/acme/apps//all?ref=v1') }))).toEqual([
      0, 0, 0,
    ]);
  });

  it('is told beside an application that certainly deploys nothing', async () => {
    const gone = application('gone', `repoURL: "${own}", path: K8s/gone`);
    expect(count(await platformOf({ ...files, 'apps/gone.yaml': gone }))).toEqual([1, 1, 1]);
  });

  it.each([
    [
      'a set that was not expanded',
      'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: x, namespace: argocd}\nspec:\n  generators: [{clusters: {}}]\n  template: {metadata: {name: "{{name}}"}, spec: {source: {repoURL: x, path: y}}}\n',
    ],
    [
      'charts of another repository whose values name them',
      ['web', 'argocd']
        .map((namespace) =>
          application(
            `unread-${namespace}`,
            'repoURL: "https://charts.example.com", chart: c, targetRevision: 1.0.0, helm: {valuesObject: {names: [vault, git, nobody]}}',
          ).replace('namespace: web}', `namespace: ${namespace}}`),
        )
        .join('---\n'),
    ],
  ])('is not told beside %s', async (_what, unread) => {
    const platform = await platformOf({ ...files, 'apps/unread.yaml': unread });
    expect(count(platform)).toEqual([0, 0, 0]);
    const web = platform.model.applications.find(({ name }) => name === 'web');
    expect(web?.permitted).toEqual({ ok: null, reasons: [] });
    expect(web?.unverified.map(({ what }) => what)).toEqual(['project nobody, which no manifest declares']);
  });
});

describe('resource-duplicate', () => {
  const root = (cluster: string, name = 'root'): Record<string, string> => ({
    [`K8s/${cluster}/root.yaml`]: application(name, `repoURL: "${own}", path: K8s/${cluster}`),
    [`K8s/${cluster}/cm.yaml`]: map('shared', ', namespace: web'),
    [`K8s/${cluster}/set.yaml`]: `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: ${cluster}, namespace: argocd}\nspec:\n  generators: [{list: {elements: [{}]}}]\n  template:\n    metadata: {name: made}\n    spec:\n      source: {repoURL: "${own}", path: K8s/other}\n      destination: {server: "${server}", namespace: web}\n`,
  });
  const other = { 'apps/x.txt': '', 'K8s/other/cm.yaml': map('other') };

  it('is silent where each cluster has an Argo CD of its own, with a root of one name', async () => {
    const platform = await platformOf({ ...other, ...root('one'), ...root('two') });
    expect(told(platform, 'resource-duplicate')).toEqual([]);
  });

  it('is silent where nobody here applies these roots', async () => {
    const roots = ['one', 'two'].map((cluster) => {
      const { [`K8s/${cluster}/root.yaml`]: text = '', ...rest } = root(cluster);
      return { ...rest, [`roots/${cluster}/root.yaml`]: text };
    });
    const whole = { 'plumbline.yaml': `layers: {gitops: [.]}\nrepository: {url: "${own}"}\n` };
    const platform = await platformOf({ ...other, ...whole, ...roots[0], ...roots[1] });
    expect(told(platform, 'resource-duplicate')).toEqual([]);
  });

  it('speaks where one Argo CD applies both', async () => {
    const platform = await platformOf({ ...other, ...root('one', 'first'), ...root('two', 'second') });
    expect(told(platform, 'resource-duplicate')).toEqual([
      expect.stringContaining('ConfigMap'),
      expect.stringContaining('made'),
    ]);
  });
});

describe('policy-violated', () => {
  const flux = (name: string, path: string): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {path: ${path}, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n`;
  const rule =
    'name: owned, match: {any: [{resources: {kinds: [ConfigMap]}}]}, validate: {message: own it, pattern: {metadata: {labels: {owner: "?*"}}}}';
  const policy = `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: owned}\nspec: {validationFailureAction: Enforce, rules: [{${rule}}]}\n`;
  const parts = (listed: string) =>
    platformOf({
      'apps/all.yaml': flux('all', 'K8s'),
      'K8s/kustomization.yaml': `resources: [${listed}]\n`,
      'K8s/policies.yaml': flux('policies', 'policies'),
      'policies/kustomization.yaml': 'resources: [owned.yaml]\n',
      'policies/owned.yaml': policy,
      'K8s/web.yaml': flux('web', 'K8s/web'),
      'K8s/web/kustomization.yaml': 'resources: [cm.yaml]\n',
      'K8s/web/cm.yaml': map('web', ', namespace: web'),
      'plumbline.yaml': config.replace('[K8s]', '[K8s, policies]'),
    });

  it('speaks of what a Kustomization of Flux deploys that another one deploys', async () => {
    expect(told(await parts('policies.yaml, web.yaml'), 'policy-violated')).toEqual([
      expect.stringContaining('refuses `ConfigMap/web`'),
    ]);
  });

  it.each(['policies.yaml', 'web.yaml'])('is silent where only %s is listed', async (listed) => {
    expect(told(await parts(listed), 'policy-violated')).toEqual([]);
  });
});
