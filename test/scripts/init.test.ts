import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tree } from '../source/tree.ts';
import { rowsInTurns, testInTurns } from '../turns.ts';
import { copyOf, plumbline } from './cli.ts';

const inTurn = testInTurns(2);

const here = 'https://github.com/acme/platform.git';

const deployment = (name: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {replicas: 2, selector: {}, template: {spec: {containers: [{name: main, image: "registry.example.com/${name}:1.2.3"${more}}]}}}\n`;
const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {type: ClusterIP, ports: [{port: 80}]}\n`;
const application = (name: string, path: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: shop
  source: {repoURL: ${here}, path: ${path}, targetRevision: HEAD}
  destination: {server: https://kubernetes.default.svc, namespace: ${name}}
  syncPolicy: {automated: {prune: true, selfHeal: true}}
`;
const project = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec: {sourceRepos: [${here}], destinations: [{server: "*", namespace: "*"}], clusterResourceWhitelist: [{group: "*", kind: "*"}]}
`;

/** A platform, what init sees of it, and a change of it that the first page must not survive. */
const platforms = {
  'an app of apps of Argo CD': {
    make: () =>
      tree({
        'root.yaml': application('root', 'apps'),
        'apps/project.yaml': project,
        'apps/web.yaml': application('web', 'deploy/web'),
        'apps/api.yaml': application('api', 'deploy/api'),
        'deploy/web/deployment.yaml': deployment('web'),
        'deploy/api/deployment.yaml': deployment('api'),
      }),
    seen: [/^Argo CD +3 applications, 1 project$/m, /^repository +https:\/\/github.com\/acme/m],
    change: ['apps/api.yaml', 'automated: {prune: true, selfHeal: true}', 'retry: {limit: 3}'],
    red: 'self-heals',
    step: '.github/workflows/plumbline.yml',
  },
  'stacks of an ApplicationSet': {
    make: () =>
      tree({
        'bootstrap/project.yaml': project,
        'bootstrap/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: stacks, namespace: argocd}
spec:
  goTemplate: true
  generators: [{git: {repoURL: ${here}, revision: HEAD, directories: [{path: stacks/*}]}}]
  template:
    metadata: {name: "{{ .path.basename }}"}
    spec:
      project: shop
      source: {repoURL: ${here}, path: "{{ .path.path }}", targetRevision: HEAD}
      destination: {server: https://kubernetes.default.svc, namespace: "{{ .path.basename }}"}
      syncPolicy: {automated: {prune: true}}
`,
        'stacks/web/deployment.yaml': deployment('web'),
        'stacks/api/deployment.yaml': deployment('api'),
        'stacks/jobs/deployment.yaml': deployment('jobs'),
      }),
    seen: [/ApplicationSet/, /^layers +bootstrap `bootstrap`; gitops all else$/m, /^stacks +`stacks`$/m],
    change: ['bootstrap/set.yaml', 'prune: true', 'prune: false'],
    red: 'prunes what leaves Git',
    step: '.github/workflows/plumbline.yml',
  },
  Flux: {
    make: () => {
      const root = copyOf('flux-shop');
      for (const one of ['docs', 'plumbline.yaml']) rmSync(join(root, one), { recursive: true });
      return root;
    },
    seen: [/^Flux +3 Kustomizations, 2 HelmReleases$/m, /^not known +1 × /m],
    change: ['clusters/production/apps.yaml', 'prune: true', 'prune: false'],
    red: 'prunes what leaves Git',
    step: null,
  },
  'folders of kustomize': {
    make: () =>
      tree({
        'README.md': '# Shop\n',
        '.gitlab-ci.yml': 'lint: {script: [yamllint .]}\n',
        'web/kustomization.yaml': 'namespace: shop\nresources: [deployment.yaml, service.yaml]\n',
        'web/deployment.yaml': deployment('web'),
        'web/service.yaml': service('web'),
        'api/kustomization.yaml': 'namespace: shop\nresources: [deployment.yaml, service.yaml]\n',
        'api/deployment.yaml': deployment('api'),
        'api/service.yaml': service('api'),
        'jobs/deployment.yaml': deployment('jobs', ', securityContext: {privileged: true}'),
        'jobs/service.yaml': service('jobs'),
      }),
    seen: [/^deployer +none/m],
    change: ['api/service.yaml', 'type: ClusterIP', 'type: LoadBalancer'],
    red: 'No Service is a LoadBalancer',
    step: '.gitlab/plumbline.yml',
  },
} as const;

describe('plumbline init', () => {
  test.each(rowsInTurns(Object.entries(platforms), 2))(
    'begins with %s',
    async (_, { make, seen, change, red, step }) => {
      const root = make();
      const first = await plumbline(['init', '--root', root, '--strict']);
      expect(first).toMatchObject({ code: /^not known/m.test(first.stdout) ? 3 : 0, stderr: '' });
      for (const pattern of seen) expect(first.stdout).toMatch(pattern);
      const page = readFileSync(join(root, 'docs/platform.md'), 'utf8');
      expect(page.match(/^- :claim/gm)).toHaveLength(3);
      if (step !== null) expect(existsSync(join(root, step))).toBe(true);

      const checked = await plumbline(['check', '--root', root, '--format', 'json']);
      expect(checked.code).toBe(0);
      expect(JSON.parse(checked.stdout)).toMatchObject({ checked: { claims: 3 } });

      const [file, before, after] = change;
      const text = readFileSync(join(root, file), 'utf8');
      expect(text).toContain(before);
      writeFileSync(join(root, file), text.replace(before, after));
      const changed = await plumbline(['check', '--root', root]);
      expect(changed).toMatchObject({ code: 1, stdout: expect.stringContaining(red) });
    },
  );

  inTurn('writes over nothing, a second time does nothing, and a dry run writes nothing', async () => {
    const root = tree({ 'web/deployment.yaml': deployment('web'), 'web/service.yaml': service('web') });
    const init = (...more: string[]) => plumbline(['init', '--root', root, ...more]);
    const dry = await init('--dry-run');
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('would write docs/platform.md') });
    expect(readdirSync(root)).toEqual(['web']);
    await init();
    const page = readFileSync(join(root, 'docs/platform.md'), 'utf8');
    expect(dry.stdout).toContain(page.trimEnd());
    expect(page).toContain(':claim[The Deployment `web` runs in 2 replicas]');
    writeFileSync(join(root, 'plumbline.yaml'), 'docs: docs\n');
    const again = await init();
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('everything is there already') });
    expect(again.stdout).not.toContain('wrote');
    expect(readFileSync(join(root, 'plumbline.yaml'), 'utf8')).toBe('docs: docs\n');
    expect(readFileSync(join(root, 'docs/platform.md'), 'utf8')).toBe(page);
  });

  inTurn(
    'lists old faults, also where a configuration names the list, and tells of them where it names none',
    async () => {
      const files = {
        'deploy/web.yaml': deployment('web'),
        'deploy/service.yaml': service('web'),
        'docs/index.md': '# Shop\n\n[Gone](gone.md)\n',
        'docs/platform.md': '# Ours\n',
      };
      const lists = async (root: string) => {
        const { stdout } = await plumbline(['init', '--root', root]);
        const { code } = await plumbline(['check', '--root', root]);
        return { stdout, code };
      };
      const fresh = tree(files);
      expect(await lists(fresh)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^wrote +plumbline-baseline\.json +1 old fault, let be$/m),
      });
      expect(readFileSync(join(fresh, 'docs/platform.md'), 'utf8')).toBe('# Ours\n');
      expect(readFileSync(join(fresh, 'docs/our-platform.md'), 'utf8')).toContain(':claim[');
      const named = tree({ ...files, 'plumbline.yaml': 'baseline: old/faults.json\n' });
      expect((await lists(named)).code).toBe(0);
      const unnamed = await lists(tree({ ...files, 'plumbline.yaml': 'docs: docs\n' }));
      expect(unnamed).toMatchObject({ code: 1, stdout: expect.stringContaining('1 fault fails') });
    },
  );

  inTurn(
    'claims nothing that something unread could change, and says it of a folder of which all is known',
    async () => {
      const root = tree({
        'deploy/web.yaml': deployment('web'),
        'deploy/service.yaml': service('web'),
        'deploy/api.yaml': deployment('api'),
        'broken/kustomization.yaml': 'resources: [gone.yaml]\n',
      });
      const begun = await plumbline(['init', '--root', root]);
      expect(begun).toMatchObject({ code: 0, stdout: expect.stringMatching(/^wrote +plumbline-baseline/m) });
      const page = readFileSync(join(root, 'docs/platform.md'), 'utf8');
      expect(page.match(/:claim\[[^\]]*/g)).toEqual(Array(3).fill(expect.stringContaining('Under `deploy`')));
      expect((await plumbline(['check', '--root', root])).code).toBe(0);
    },
  );

  inTurn('speaks of a stack where no folder can be spoken of', async () => {
    const chart = 'repoURL: https://charts.example.com, chart: ingress, targetRevision: 1.2.3';
    const own = (name: string) =>
      application(name, `deploy/${name}`).replace('project: shop', 'project: default');
    const root = tree({
      'apps/root.yaml': own('root').replace('path: deploy/root', 'path: apps'),
      'apps/api.yaml': own('api'),
      // Unread of the whole, as it does not build and may declare any Application; of the folder a chart.
      'apps/argocd.yaml': own('argocd'),
      'apps/chart.yaml': own('ingress').replace(/source: .*/, `source: {${chart}}`),
      'deploy/api/deployment.yaml': deployment('api'),
      'deploy/argocd/kustomization.yaml': 'resources: [gone.yaml]\n',
    });
    await plumbline(['init', '--root', root]);
    const page = readFileSync(join(root, 'docs/platform.md'), 'utf8');
    expect(page).toMatch(/In the stack `apps`, (?:every application|nothing but)/);
    expect((await plumbline(['check', '--root', root])).code).toBe(0);
  });

  inTurn('says which of its files Git is told to ignore', async () => {
    const root = tree({
      '.gitignore': 'docs/*\n!docs/our.md\n.github/*\n!.github/workflows/\n',
      'web/service.yaml': service('web'),
    });
    execFileSync('git', ['init', '-q', root]);
    const { stdout } = await plumbline(['init', '--root', root]);
    expect(stdout.match(/`.gitignore` names `[^`]*`/g)).toEqual(['`.gitignore` names `docs/platform.md`']);
    rmSync(join(root, '.gitignore'));
    writeFileSync(join(root, 'plumbline.yaml'), 'docs: docs\n');
    expect((await plumbline(['init', '--root', root])).stdout).not.toContain('.gitignore');
  });

  inTurn('names the overlays of which nothing says which is applied', async () => {
    const root = tree({
      'base/web.yaml': deployment('web'),
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
      'overlays/prod/kustomization.yaml': 'resources: [../../base]\nreplicas: [{name: web, count: 3}]\n',
    });
    const { stdout } = await plumbline(['init', '--root', root]);
    expect(stdout).toMatch(/^overlays +`overlays\/dev`, `overlays\/prod` make 1 thing differently/m);
    expect(readFileSync(join(root, 'plumbline.yaml'), 'utf8')).toMatch(/^# deploy: \[overlays\/dev\]$/m);
  });

  inTurn(
    'deploys the chart that begins it all, where it can be rendered, and says where it cannot',
    async () => {
      const app = application('web', 'deploy/web').replace('HEAD', '{{ .Values.revision }}');
      const chart = (values: string) => ({
        'root/Chart.yaml': 'apiVersion: v2\nname: root\nversion: 1.0.0\n',
        'root/values.yaml': values,
        'root/templates/project.yaml': project,
        'root/templates/web.yaml': app,
      });
      const known = tree({ ...chart('revision: HEAD\n'), 'deploy/web/cm.yaml': deployment('web') });
      const begun = await plumbline(['init', '--root', known]);
      expect(begun.stdout).toMatch(/^Argo CD +1 application, 1 project$/m);
      expect(readFileSync(join(known, 'plumbline.yaml'), 'utf8')).toMatch(/^deploy: \[root\]$/m);
      expect((await plumbline(['check', '--root', known])).code).toBe(0);

      const broken = { ...chart(''), 'root/templates/web.yaml': '{{ fail "no" }}\nkind: Application\n' };
      const asked = async (root: string) => {
        const { code, stdout } = await plumbline(['init', '--root', root]);
        expect(stdout).toMatch(/^charts +nothing here deploys `root`: name what is applied by hand/m);
        return { code, stdout, config: readFileSync(join(root, 'plumbline.yaml'), 'utf8') };
      };
      const beside = await asked(tree({ ...broken, 'web/service.yaml': service('web') }));
      expect(beside.config).toMatch(/^# deploy:\n# {3}- root$/m);
      expect(beside.stdout).toContain('next: npx starlight-plumbline check');
      // Nothing else is here, so that a check could hold nothing against anything.
      const several = await asked(tree({ ...chart(''), 'root/values-prod.yaml': 'revision: HEAD\n' }));
      expect(several.config).toMatch(/^# {3}- \{ path: root, values: \[root\/values-prod.yaml\] \}$/m);
      expect(several.stdout).toContain('next: say under `deploy`');
      expect(several.code).toBe(0);
    },
  );

  inTurn('names the charts where there is nothing else', async () => {
    const root = tree({ 'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' });
    for (const command of ['init', 'check'])
      expect(await plumbline([command, '--root', root])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('but 1 chart, which nothing here deploys: `charts/web`'),
      });
  });

  inTurn('begins nothing where there is nothing', async () => {
    const root = tree({ 'README.md': '# Nothing\n' });
    expect(await plumbline(['init', '--root', root])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('there is no manifest'),
    });
    expect(readdirSync(root)).toEqual(['README.md']);
  });

  inTurn('writes through no link that leads out', async () => {
    const outside = tree({ 'workflows/lint.yml': '' });
    const root = tree({ 'web/service.yaml': service('web'), '.github': `->${outside}` });
    const begun = await plumbline(['init', '--root', root]);
    expect(begun).toMatchObject({ code: 0, stdout: expect.stringContaining('leads out of the root') });
    expect(readdirSync(outside, { recursive: true })).toEqual(['workflows', 'workflows/lint.yml']);
  });
});
