/**
 * Faults of files and kustomizations that are only faults where Argo CD reads them; and what is told of one
 * that fails.
 */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { checkPlatform } from '../../plugins/checks/index.ts';
import { loadPlatform, mayHold, type Platform, unreadParts } from '../../plugins/platform/index.ts';
import { createQuery } from '../../plugins/query/index.ts';
import { fold } from '../../plugins/report/fold-repeats.ts';
import { tree } from '../source/tree.ts';

const own = 'https://git.example.com/acme/platform.git';
const config = `layers: {bootstrap: [apps], gitops: [K8s]}\nrepository: {url: "${own}"}\n`;
const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const application = (source: string): Record<string, string> => ({
  'apps/web.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  source: {repoURL: "${own}", ${source}}\n  destination: {server: "https://kubernetes.default.svc", namespace: web}\n`,
});

const platformAt = (root: string): Promise<Platform> => loadPlatform({ root });
const platformOf = (files: Record<string, string>): Promise<Platform> =>
  platformAt(tree({ 'plumbline.yaml': config, 'docs/index.md': '# x\n', 'apps/x.txt': '', ...files }));
const told = (platform: Platform): string[] =>
  checkPlatform(platform).map(({ rule, sources: [at] }) => `${rule} ${at?.file}`);
const unread = (platform: Platform): string[] => platform.model.unverified.map(({ why }) => why);

describe('a key that is given twice', () => {
  it('is the last to a git file generator, and no fault of a file that is only read by one', async () => {
    const platform = await platformOf({
      'apps/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: files, namespace: argocd}
spec:
  goTemplate: true
  generators: [{git: {repoURL: "${own}", files: [{path: "K8s/conf/*"}]}}]
  template:
    metadata: {name: '{{ .name }}', labels: {from: '{{ (fromYaml "a: first\\na: last\\n").a }}', nested: '{{ .nested.a | default "none" }}'}}
    spec:
      source: {repoURL: "${own}", path: K8s/web}
      destination: {server: "https://kubernetes.default.svc", namespace: '{{ .name }}'}
  templatePatch: |
    metadata: {labels: {patched: first, patched: last}}
`,
      'K8s/web/cm.yaml': map('web, name: again'),
      'K8s/conf/one.yaml': 'name: first\nnested: {a: b}\nname: second\nnested: {c: d}\n',
      'K8s/conf/two.json': '{"name": "third", "nested": {}, "name": "fourth"}',
      'K8s/values.yaml': 'name: first\nname: second\n',
    });
    expect(told(platform)).toEqual(['manifest-invalid K8s/values.yaml', 'manifest-invalid K8s/web/cm.yaml']);
    expect(platform.model.applications.map(({ name }) => name)).toEqual(['fourth', 'second']);
    const second = platform.model.resources.find(
      ({ kind, name }) => kind === 'Application' && name === 'second',
    );
    expect(second?.labels).toEqual({ from: 'last', nested: 'none', patched: 'last' });
  });
});

describe('a file of which nothing is looked at', () => {
  it('is unknown, and a fault only where it is no text', async () => {
    const platform = await platformOf({
      'K8s/cm.yaml': map('a'),
      'K8s/crds.yaml': `# ${'x'.repeat(4 * 2 ** 20)}\n${map('b')}`,
      'K8s/locked.yaml': '\0GITCRYPT\0 and more',
      'K8s/picture.yaml': 'PNG\0\0',
      'K8s/build/kustomization.yaml': 'x\0\0\0',
    });
    const faults = checkPlatform(platform).map(({ severity, message }) => `${severity} ${message}`);
    expect(faults).toEqual([
      'error `K8s/build/kustomization.yaml` is not text: it was not read as a manifest',
      'info `K8s/crds.yaml` is larger than 4 MiB: it was not read as a manifest',
      'info `K8s/locked.yaml` is encrypted by git-crypt: it was not read as a manifest',
      'warning `K8s/picture.yaml` is not text: it was not read as a manifest',
    ]);
    expect(unread(platform)).toEqual(expect.arrayContaining(['it is larger than 4 MiB', 'it is not text']));
    expect(mayHold(platform, [{ group: '', kind: 'ConfigMap' }], 'shop', 'b')).not.toEqual([]);
  });
});

describe('a document without `---` before it', () => {
  it('is one fault, where it begins', async () => {
    const platform = await platformOf({ 'K8s/web/cm.yaml': `${map('a')}${map('b')}${map('c')}` });
    const faults = checkPlatform(platform).map(({ message, sources: [at] }) => `${at?.line} ${message}`);
    const said = 'a document begins in `K8s/web/cm.yaml` without `---` before it';
    expect(faults).toEqual([`4 ${said}`, `7 ${said}`]);
  });
});

describe('a kustomization that lists what is not there', () => {
  it('is told by what is missing, not by what kustomize makes of the rest', async () => {
    const platform = await platformOf({
      'K8s/x/kustomization.yaml':
        'resources: [gone.yaml, cm.yaml]\nconfigMapGenerator: [{name: p, envs: [gone.env]}]\nvars: [{name: v, objref: {kind: ConfigMap, name: p, apiVersion: v1}, fieldref: {fieldpath: data.k}}]\n',
      'K8s/x/cm.yaml': map('a'),
    });
    const found = checkPlatform(platform);
    expect(found.map(({ actual }) => actual)).toEqual(['gone.yaml', 'gone.env']);
    expect(found.flatMap(({ message }) => message).join()).not.toContain('var');
    const blocks = fold(found);
    expect(blocks.map(({ others }) => others)).toEqual([['gone.env (line 2)']]);
  });

  it('is told besides where kustomize refuses it for its own words', async () => {
    const platform = await platformOf({
      'K8s/x/kustomization.yaml': 'resources: [gone.yaml]\npatches: [patch.yaml]\n',
    });
    expect(checkPlatform(platform).map(({ actual }) => actual)).toEqual([
      'gone.yaml',
      expect.stringContaining('cannot unmarshal string'),
    ]);
  });

  it('deploys nothing, and leaves its application unknown', async () => {
    const { model } = await platformOf({
      ...application('path: K8s/x'),
      'K8s/x/kustomization.yaml': 'resources: [gone.yaml, cm.yaml]\n',
      'K8s/x/cm.yaml': map('a'),
    });
    expect(model.applications[0]?.order).toEqual([]);
    expect(model.applications[0]?.unverified.map(({ why }) => why)).toEqual([
      'kustomize refuses it for `K8s/x/kustomization.yaml:1`',
    ]);
    expect(model.resources.filter(({ kind }) => kind === 'ConfigMap')).toMatchObject([{ application: null }]);
  });

  it.each(['resources: [cm.yaml]\nresource: [x]\n', 'resources: [cm.yaml\n'])(
    'makes nobody the one who deploys its files: %j',
    async (kustomization) => {
      const platform = await platformOf({
        ...application('path: K8s/x'),
        'K8s/x/kustomization.yaml': kustomization,
        'K8s/x/cm.yaml': map('a'),
        'K8s/cm.yaml': map('b'),
      });
      const { reach, subjects } = createQuery(platform);
      const open = subjects('resource').map((subject) => [
        subject.resource?.name,
        reach.touching(subject, ['application != null']).map(({ unverified }) => unverified.what),
      ]);
      expect(open).toContainEqual(['a', ['kustomization K8s/x']]);
      expect(open).toContainEqual(['b', []]);
    },
  );

  const chart = 'apiVersion: v2\nname: x\nversion: 0.1.0\n';
  const made = {
    'K8s/x/kustomization.yaml': 'resources: [./all.yaml]\n',
    'K8s/x/Chart.yaml': chart,
    'K8s/x/values.yaml': '',
  };

  it('is not verified where a plugin may write it', async () => {
    const alone = await platformOf(made);
    expect(told(alone)).toEqual([]);
    expect(unread(alone)).toContainEqual(expect.stringContaining('a plugin may write it'));
    const besides = await platformOf({
      ...made,
      'K8s/x/kustomization.yaml': 'resources: [all.yaml, cm.yaml]\n',
      'K8s/x/cm.yaml': map('a'),
    });
    expect(told(besides)).toContain('render-failed K8s/x/kustomization.yaml');
    const byPlugin = await platformOf({ ...made, ...application('path: K8s/x, plugin: {name: p}') });
    expect(told(byPlugin)).toEqual([]);
    const byKustomize = await platformOf({
      ...made,
      ...application('path: K8s/x, kustomize: {namePrefix: a-}'),
    });
    expect(told(byKustomize)).toContain('render-failed K8s/x/kustomization.yaml');
  });

  it('is not verified where Git ignores it, but for an application that reads Git', async () => {
    const files = {
      'plumbline.yaml': config,
      '.gitignore': 'K8s/x/made.yaml\n',
      'K8s/x/kustomization.yaml': 'resources: [made.yaml]\n',
      'apps/x.txt': '',
      'docs/index.md': '# x\n',
    };
    const root = tree(files);
    execFileSync('git', ['init', '--quiet', root]);
    const platform = await platformAt(root);
    expect(told(platform)).toEqual([]);
    expect(unread(platform)).toEqual(['Git ignores it: a set-up writes it']);
    const deployed = tree({ ...files, ...application('path: K8s/x') });
    execFileSync('git', ['init', '--quiet', deployed]);
    expect(told(await platformAt(deployed))).toEqual(['render-failed K8s/x/kustomization.yaml']);
  });

  it('is not verified where a sparse checkout leaves it out, even of what an application deploys', async () => {
    const root = tree({
      ...{ 'plumbline.yaml': config, 'docs/index.md': '# x\n', ...application('path: K8s/x') },
      'K8s/x/kustomization.yaml': 'resources: [../base]\n',
      'K8s/base/kustomization.yaml': 'resources: [cm.yaml]\n',
      'K8s/base/cm.yaml': map('a'),
    });
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words]);
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'all');
    git('sparse-checkout', 'set', '--no-cone', '/*', '!/K8s/base/');
    const platform = await platformAt(root);
    expect(told(platform)).toEqual([]);
    expect(unread(platform)).toContain('the sparse checkout leaves them out');
    const open = mayHold(platform, [{ group: '', kind: 'ConfigMap' }], 'web', 'a');
    expect(open.map(({ unverified }) => unverified.why)).toContain(
      'it lies in a submodule, or a sparse checkout leaves it out',
    );
  });

  it('is not verified where a template of it lies in the repository', async () => {
    const platform = await platformOf({
      'K8s/x/kustomization.yaml': 'resources: [application.yaml]\n',
      'K8s/set-up/cilium-application.yaml.j2': '{{ x }}\n',
    });
    expect(told(platform)).toEqual([]);
    expect(unread(platform)).toEqual(['a set-up may write it from `K8s/set-up/cilium-application.yaml.j2`']);
    const other = await platformOf({
      'K8s/x/kustomization.yaml': 'resources: [application.yaml]\n',
      'K8s/set-up/myapplication.yaml.j2': '{{ x }}\n',
    });
    expect(told(other)).toEqual(['render-failed K8s/x/kustomization.yaml']);
  });

  it('is not verified where its name is filled in by a set-up', async () => {
    const platform = await platformOf({
      'K8s/x/kustomization.yaml': 'resources: ["{{ x }}.yaml", cm.yaml]\n',
      'K8s/x/cm.yaml': map('a'),
    });
    expect(told(platform)).toEqual([]);
    expect(unread(platform)).toEqual(['a set-up fills its name in']);
  });
});

describe('what nobody deploys', () => {
  const skeleton = {
    'K8s/tpl/template.yaml':
      'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {name: t}\nspec: {steps: []}\n',
    'K8s/tpl/skeleton/kustomize/base/kustomization.yaml':
      'resources: ["${{ values.name }}.yaml", gone.yaml]\n',
    'K8s/tpl/skeleton/kustomize/prod/kustomization.yaml': '{%- if values.x %}\nresources: []\n{%- endif %}\n',
    'K8s/kind.yaml':
      'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes:\n  - extraPortMappings:\n      - hostPort: {{ .Port }}\n',
  };
  const logs = {
    'K8s/x/kustomization.yaml': 'resources: [cm.yaml]\n',
    'K8s/x/cm.yaml': map('a'),
    'K8s/x/out.json': '{"a": 1}\nERROR: init 250\n',
    'K8s/layouts/index.json': '{{- range .Pages -}}\n{"a": 1}\n{{- end -}}\n',
  };

  it('is no fault: skeletons, files of other tools, logs, templates of pages', async () => {
    const platform = await platformOf({ ...skeleton, ...logs });
    expect(told(platform)).toEqual([]);
    expect(unreadParts(platform)).toEqual([]);
  });

  it('is no fault of what Fleet lays over a chart, nor of a skeleton that several templates share', async () => {
    const platform = await platformOf({
      'K8s/fleet/fleet.yaml':
        'helm: {chart: "https://example.com/web.tgz"}\ntargetCustomizations:\n  - {name: dev, kustomize: {dir: overlays/dev}}\n',
      'K8s/fleet/overlays/dev/kustomization.yaml': 'patches: [{path: web.yaml}]\n',
      'K8s/fleet/overlays/dev/web.yaml': map('web'),
      'K8s/templates/one/template.yaml':
        'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {name: t}\nspec: {steps: [{action: "fetch:template", input: {url: ../../shared/}}, {action: "fetch:plain", input: {url: ../}}]}\n',
      'K8s/templates/real.yaml': map('real'),
      'K8s/shared/catalog.yaml': `{%- if x %}\n${map('a')}{%- endif %}\n`,
    });
    expect(told(platform)).toEqual([]);
    expect(unreadParts(platform)).toEqual([]);
    expect(platform.model.resources.map(({ name }) => name)).toEqual(['real']);
  });

  it('is a fault where an application has Argo CD read it', async () => {
    const platform = await platformOf({
      ...application('path: K8s/x'),
      'K8s/x/out.json': '{"a": 1}\nERROR\n',
    });
    expect(told(platform)).toEqual(['manifest-invalid K8s/x/out.json', 'manifest-invalid apps/web.yaml']);
  });

  it('is a fault where it says by its words that it is a manifest', async () => {
    const platform = await platformOf({
      'K8s/x/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x\n',
    });
    expect(told(platform)).toEqual(['manifest-invalid K8s/x/a.yaml']);
  });
});

describe('a template that nobody deploys', () => {
  const template = {
    'K8s/boilerplate/base/kustomization.yaml': 'resources: [ns.yaml]\nnamePrefix: {{ .name }}-\n',
    'K8s/boilerplate/base/ns.yaml': map('x'),
    'K8s/boilerplate/overlay/kustomization.yaml': 'resources: [../base, role.yaml]\n',
    'K8s/boilerplate/overlay/role.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: role\n  annotations:\n    version: {{ .version }}\n',
  };
  const faults = (platform: Platform): string[] =>
    checkPlatform(platform).map(({ rule, severity, sources: [at] }) => `${severity} ${rule} ${at?.file}`);

  it('is a warning at what is to be filled in, and no build that failed', async () => {
    const platform = await platformOf(template);
    expect(faults(platform)).toEqual([
      'warning manifest-invalid K8s/boilerplate/base/kustomization.yaml',
      'warning manifest-invalid K8s/boilerplate/overlay/role.yaml',
    ]);
    expect(unread(platform)).toEqual([]);
  });

  it('is an error where an application has Argo CD build it', async () => {
    const platform = await platformOf({ ...template, ...application('path: K8s/boilerplate/overlay') });
    expect(faults(platform)).toContain('error manifest-invalid K8s/boilerplate/overlay/role.yaml');
  });
});

describe('a kustomization that fails', () => {
  const files = {
    'K8s/stores/kustomization.yaml':
      'resources: [team-a, team-b]\npatches:\n  - patch: |-\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: {name: nobody}\n',
    'K8s/stores/team-a/kustomization.yaml': 'namespace: team-a\nresources: [../base]\n',
    'K8s/stores/team-b/kustomization.yaml': 'namespace: team-b\nresources: [../base]\n',
    'K8s/stores/base/kustomization.yaml': 'resources: [store.yaml]\n',
    'K8s/stores/base/store.yaml':
      'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: vault}\nspec: {provider: {}}\n',
    'K8s/secrets/es.yaml':
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: es, namespace: team-a}\nspec: {secretStoreRef: {kind: SecretStore, name: vault}, target: {name: x}, data: [{secretKey: a, remoteRef: {key: a}}]}\n',
    ...application('path: K8s/stores'),
  };

  it('shows what those that it includes give by themselves, in no application', async () => {
    const platform = await platformOf(files);
    expect(told(platform)).toEqual(['render-failed K8s/stores/kustomization.yaml']);
    const stores = platform.model.resources.filter(({ kind }) => kind === 'SecretStore');
    expect(stores.map(({ id, application: by }) => [id, by])).toEqual([
      ['SecretStore.external-secrets.io/team-a/vault', null],
      ['SecretStore.external-secrets.io/team-b/vault', null],
    ]);
    expect(platform.model.applications[0]?.order).toEqual([]);
  });
});

describe('what is not rendered', () => {
  const kinds = ['ConfigMap', 'Deployment', 'StatefulSet'];
  const heldIn = (platform: Platform, namespace: string) =>
    kinds.filter((kind) => {
      const group = kind === 'ConfigMap' ? '' : 'apps';
      return mayHold(platform, [{ group, kind }], namespace, 'pre-web').length > 0;
    });
  const joins = (platform: Platform, test: string) =>
    createQuery(platform).reach.joining('resource', { tests: [test] }).length > 0;
  const failing = (more = '') => ({
    'K8s/x/kustomization.yaml': `namespace: team\nnamePrefix: pre-\nresources: [web.yaml]\nconfigMapGenerator: [{name: web}]\npatches:\n  - patch: |-\n      {apiVersion: v1, kind: Secret, metadata: {name: nobody}}\n${more}`,
    'K8s/x/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n',
    'apps/x.txt': '',
  });

  it('is bounded by the files of a kustomization that fails', async () => {
    const platform = await platformOf(failing());
    expect(told(platform)).toEqual(['render-failed K8s/x/kustomization.yaml']);
    expect(heldIn(platform, 'team')).toEqual(['ConfigMap', 'Deployment']);
    expect(heldIn(platform, 'other')).toEqual([]);
    expect(mayHold(platform, [{ group: 'apps', kind: 'Deployment' }], 'team', 'other')).toEqual([]);
    const asked = ["written && kind == 'Deployment'", "file == 'K8s/x/web.yaml'", "file == 'K8s/y.yaml'"];
    expect(asked.map((test) => joins(platform, test))).toEqual([true, true, false]);
    const open = await platformOf(failing('transformers: [gone.yaml]\n'));
    expect(heldIn(open, 'team')).toEqual(kinds);
  });

  it('is a set of which no generator is known, named at the generator as the model names it', async () => {
    const platform = await platformOf({
      'K8s/web/cm.yaml': map('web'),
      'apps/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: webs, namespace: argocd}
spec:
  generators:
    - plugin: {configMapRef: {name: found}}
  template:
    metadata: {name: web}
    spec:
      project: default
      source: {repoURL: https://github.com/acme/p, path: K8s/web, targetRevision: HEAD}
      destination: {server: https://kubernetes.default.svc, namespace: web}
`,
    });
    const [part] = unreadParts(platform);
    expect(part?.unverified.origin).toMatchObject({ file: 'apps/set.yaml', line: 6 });
    expect(platform.model.unverified).toContain(part?.unverified);
  });

  it('may be a chart of this repository that nobody renders, bounded by its templates', async () => {
    const chart = (template: string) => ({
      'K8s/x/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 0.1.0\n',
      'K8s/x/templates/all.yaml': template,
      'apps/x.txt': '',
    });
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\n';
    const platform = await platformOf(chart(map));
    expect(unreadParts(platform).map(({ unverified }) => unverified.what)).toEqual(['helm chart at K8s/x']);
    expect(heldIn(platform, 'team')).toEqual(['ConfigMap']);
    expect(heldIn(await platformOf(chart(`${map}---\n{{ toYaml .Values.extra }}\n`)), 'team')).toEqual(kinds);
    const asked = [
      "written && kind == 'ConfigMap'",
      "written && kind == 'Secret'",
      "file.startsWith('K8s/x/')",
      "source == 'file' && !written",
      "file == 'K8s/y.yaml'",
    ];
    expect(asked.map((test) => joins(platform, test))).toEqual([true, false, true, false, false]);
    const deployed = await platformOf({ ...chart(map), ...application('path: K8s/x') });
    expect(unreadParts(deployed)).toEqual([]);
  });
});

describe('components that an application does not mind to be missing', () => {
  const files = {
    'K8s/x/kustomization.yaml': 'resources: [cm.yaml]\n',
    'K8s/x/cm.yaml': map('a'),
    'K8s/here/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: here-\n',
  };
  const options = (more: string) =>
    application(`path: K8s/x, kustomize: {components: [../gone, ../here]${more}}`);

  it('are left out, as Argo CD does', async () => {
    const platform = await platformOf({ ...files, ...options(', ignoreMissingComponents: true') });
    expect(told(platform)).toEqual([]);
    expect(platform.model.applications[0]?.order).toEqual([['ConfigMap/web/here-a']]);
    expect(told(await platformOf({ ...files, ...options('') }))).toContain(
      'render-failed K8s/x/kustomization.yaml',
    );
  });
});

describe('a kustomization of which a part cannot be fetched', () => {
  const byIndex =
    '  - target: {kind: ConfigMap}\n    patch: |-\n      - {op: replace, path: /data/list, value: x}\n';
  const files = { 'K8s/x/cm.yaml': map('a') };
  const remote = '  - path: https://example.com/adds-a-list.yaml\n    target: {kind: ConfigMap}\n';

  it('is not wrong where kustomize refuses what is left of it', async () => {
    const platform = await platformOf({
      ...files,
      'K8s/x/kustomization.yaml': `resources: [cm.yaml]\npatches:\n${remote}${byIndex}`,
    });
    expect(told(platform)).toEqual([]);
    expect(unread(platform).join()).toContain('kustomize refuses it');
  });

  it('is wrong where nothing else could have made it right', async () => {
    const platform = await platformOf({
      ...files,
      'K8s/x/kustomization.yaml': `resources: [cm.yaml]\npatches:\n${byIndex}`,
    });
    expect(told(platform)).toEqual(['render-failed K8s/x/kustomization.yaml']);
  });
});
