/**
 * Sources that Argo CD certainly makes nothing of are errors at the Application; what a set-up step or
 * another revision could mend is not verified.
 */
import { describe, expect, it } from 'vitest';
import { type PrintedModel as Model, printedModel } from '../../plugins/checks/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';

const url = 'https://git.example.com/a.git';
const config = `layers: { gitops: [apps] }\nrepository: { url: ${url} }\n`;
const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const application = (source: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argocd}\nspec:\n  source: ${source}\n  destination: {server: "https://kubernetes.default.svc", namespace: web}\n`;
const here = (rest: string): string => application(`{repoURL: ${url}, ${rest}}`);

async function read(files: Record<string, string>): Promise<Model> {
  const root = tree({ 'plumbline.yaml': config, 'apps/web/cm.yaml': map('web'), ...files });
  return printedModel(await loadPlatform({ root }));
}

const faults = (model: Model): string[] =>
  model.diagnostics
    .filter(({ message }) => message.startsWith('`Application/web`'))
    .map(({ message }) => message.replace('`Application/web`: ', ''));

describe('a source that certainly fails is an error, and deploys nothing', () => {
  it.each<[string, Record<string, string>]>([
    ['the path `apps/gone` does not exist in this repository', { 'apps/a.yaml': here('path: apps/gone') }],
    [
      'the path `apps/web/cm.yaml` is a file, not a folder',
      { 'apps/a.yaml': here('path: apps/web/cm.yaml') },
    ],
    ['the path `/apps/web` is absolute', { 'apps/a.yaml': here('path: /apps/web') }],
    ['the path `../web` leaves the repository', { 'apps/a.yaml': here('path: ../web') }],
    [
      'failed to unmarshal `b.yaml`: a document has no kind',
      { 'apps/a.yaml': here('path: apps/web'), 'apps/web/b.yaml': `${map('b')}---\ndata: {a: b}\n` },
    ],
    [
      'failed to unmarshal `b.json`: it is not exactly one object',
      {
        'apps/a.yaml': here('path: apps/web'),
        'apps/web/b.json': '[{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b"}}]',
      },
    ],
    [
      'failed to unmarshal `b.json`: it is not exactly one object',
      {
        'apps/a.yaml': here('path: apps/web'),
        'apps/web/b.json':
          '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b"}}\n{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}',
      },
    ],
    [
      'value file `../../../values.yaml` resolved to outside repository root',
      {
        'apps/a.yaml': here('path: apps/chart, helm: {valueFiles: [../../../values.yaml]}'),
        'apps/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      },
    ],
    [
      'value file `$values` is a folder',
      {
        'apps/a.yaml': application(
          `{}\n  sources: [{repoURL: ${url}, path: apps/chart, helm: {valueFiles: [$values]}}, {repoURL: ${url}, ref: values}]`,
        ),
        'apps/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      },
    ],
    [
      '`apps/web` holds no kustomization: there is nothing that `kustomize` could change',
      {
        'apps/a.yaml': here(
          'path: apps/web, kustomize: {patches: [{target: {kind: ConfigMap}, patch: "[]"}]}',
        ),
      },
    ],
    [
      'label app already in kustomization file',
      {
        'apps/a.yaml': here('path: apps/labelled, kustomize: {commonLabels: {tier: x, app: x}}'),
        'apps/labelled/kustomization.yaml': 'commonLabels: {app: web}\n',
      },
    ],
    [
      'label app already in kustomization file',
      {
        'apps/a.yaml': here(
          'path: apps/labelled, kustomize: {labelWithoutSelector: true, commonLabels: {app: x}}',
        ),
        'apps/labelled/kustomization.yaml':
          'labels: [{includeSelectors: true, pairs: {a: b}}, {pairs: {app: web}}]\n',
      },
    ],
    [
      'annotation app already in kustomization file',
      {
        'apps/a.yaml': here('path: apps/labelled, kustomize: {commonAnnotations: {app: x}}'),
        'apps/labelled/kustomization.yaml': 'commonAnnotations: {app: web}\n',
      },
    ],
    [
      '--without-selector flag must be specified for --include-templates to work',
      {
        'apps/a.yaml': here(
          'path: apps/labelled, kustomize: {labelIncludeTemplates: true, commonLabels: {a: x}}',
        ),
        'apps/labelled/kustomization.yaml': 'resources: []\n',
      },
    ],
    [
      'multiple application sources defined: Kustomize,Helm',
      { 'apps/a.yaml': here('path: apps/web, kustomize: {namePrefix: a-}, helm: {releaseName: x}') },
    ],
  ])('%s', async (message, files) => {
    const model = await read(files);
    expect(faults(model)).toEqual([message]);
    expect(model.applications.map(({ order }) => order)).toEqual([[]]);
    expect(model.applications[0]?.unverified.map(({ why }) => why)).toContain(message);
    expect(model.resources.filter(({ application: by }) => by !== null)).toEqual([]);
  });
});

describe('labels and annotations that a kustomization has already', () => {
  it.each<[string, string]>([
    ['by force', 'forceCommonLabels: true, commonLabels: {app: x}'],
    ['beside others', 'labelWithoutSelector: true, commonLabels: {tier: x}'],
    ['annotations by force', 'forceCommonAnnotations: true, commonAnnotations: {note: x}'],
  ])('are no fault %s', async (_, options) => {
    const model = await read({
      'apps/a.yaml': here(`path: apps/labelled, kustomize: {${options}}`),
      'apps/labelled/kustomization.yaml':
        'resources: [cm.yaml]\ncommonLabels: {app: web}\ncommonAnnotations: {note: web}\n',
      'apps/labelled/cm.yaml': map('labelled'),
    });
    expect(faults(model)).toEqual([]);
    const deployed = model.resources.find(({ name }) => name === 'labelled');
    expect(Object.values({ ...deployed?.labels, ...deployed?.annotations })).toContain('x');
  });
});

describe('what an engine refuses is told at its file, and leaves the application unknown rather than empty', () => {
  it.each<[string, Record<string, string>]>([
    [
      'Helm refuses it',
      {
        'apps/a.yaml': here('path: apps/chart'),
        'apps/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
        'apps/chart/templates/cm.yaml': map('{{ required "say a name" .Values.name }}'),
      },
    ],
    [
      'kustomize refuses it',
      {
        'apps/a.yaml': here('path: apps/twice'),
        'apps/twice/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
        'apps/twice/a.yaml': map('a'),
        'apps/twice/b.yaml': map('a'),
      },
    ],
  ])('%s', async (why, files) => {
    const model = await read(files);
    expect(model.diagnostics.map(({ rule }) => rule)).toContain('render-failed');
    const [failure] = model.diagnostics.filter(({ rule }) => rule === 'render-failed');
    const at = `${failure?.sources[0]?.file}:${failure?.sources[0]?.line}`;
    expect(model.applications[0]?.unverified.map((one) => one.why)).toContain(`${why} for \`${at}\``);
  });
});

describe('a source that may be mended elsewhere is not verified', () => {
  it.each<[string, string]>([
    ['a placeholder in the path', here('path: "apps/<CLUSTER>/web"')],
    ['a placeholder for the repository', application('{repoURL: <REPO_URL>, path: apps/gone}')],
    ['a placeholder for the revision', here('path: apps/gone, targetRevision: "${BRANCH}"')],
    ['another branch', here('path: apps/gone, targetRevision: release-2024')],
    ['another repository', application('{repoURL: https://git.example.com/b, path: apps/gone}')],
    ['a folder that is not read', here('path: elsewhere/gone')],
  ])('%s', async (_, text) => {
    const model = await read({ 'apps/a.yaml': text });
    expect(faults(model)).toEqual([]);
    expect(model.applications[0]?.unverified).not.toEqual([]);
  });

  it('values without a word of a manifest beside the manifests are no fault', async () => {
    const model = await read({ 'apps/a.yaml': here('path: apps/web'), 'apps/web/values.yaml': 'a: b\n' });
    expect(faults(model)).toEqual([]);
    expect(model.applications.map(({ order }) => order.flat())).toEqual([['ConfigMap/web/web']]);
  });
});

describe('a revision that is not the branch that is read is told', () => {
  it.each([
    'release-2024',
    'v1.2.3',
    "'*'",
    "'>=1.0.0'",
    'a1b2c3d',
    "'0123456789012345678901234567890123456789'",
  ])('%s', async (revision) => {
    const model = await read({ 'apps/a.yaml': here(`path: apps/web, targetRevision: ${revision}`) });
    expect(model.applications[0]?.unverified.map(({ kind }) => kind)).toEqual(['revision']);
  });

  it.each(["''", 'HEAD', 'main', 'master', 'refs/heads/main'])('%s is this one', async (revision) => {
    const model = await read({ 'apps/a.yaml': here(`path: apps/web, targetRevision: ${revision}`) });
    expect(model.applications[0]?.unverified).toEqual([]);
  });
});

describe('one object more than once', () => {
  const named = (name: string, path: string, more = ''): string =>
    here(`path: ${path}`).replace('name: web,', `name: ${name},`).replace(/$/, more);
  const duplicates = (model: Model): unknown[] =>
    model.diagnostics
      .filter(({ rule }) => rule === 'resource-duplicate')
      .map(({ message, sources }) => [message, ...sources.map(({ file, role }) => `${role} ${file}`)]);

  it('in one application: the last counts, and Argo CD says so', async () => {
    const model = await read({
      'apps/a.yaml': named('web', 'apps/web'),
      'apps/web/more.yaml': map('web'),
    });
    expect(duplicates(model)).toEqual([
      [
        '`ConfigMap/web/web` appears 2 times in Application `web` (RepeatedResourceWarning)',
        'before apps/web/cm.yaml',
        'counts apps/web/more.yaml',
      ],
    ]);
    expect(model.resources.find(({ kind }) => kind === 'ConfigMap')?.origin.file).toBe('apps/web/more.yaml');
  });

  it('in two applications: each takes it for its own, also where both read one file', async () => {
    const fails = '  syncPolicy: {syncOptions: [FailOnSharedResource=true]}\n';
    const model = await read({
      'apps/a.yaml': named('first', 'apps/web'),
      'apps/b.yaml': named('second', 'apps/web', fails),
    });
    expect(duplicates(model)).toEqual([
      [
        '`ConfigMap/web/web` is part of 2 applications (SharedResourceWarning)',
        'first apps/web/cm.yaml',
        'again apps/web/cm.yaml',
      ],
    ]);
    const [found] = model.diagnostics.filter(({ rule }) => rule === 'resource-duplicate');
    expect(found?.help).toContain('each sync of `second` fail');
  });

  it('is no fault in two clusters, nor of two applications of one name, which no Argo CD can hold both', async () => {
    const elsewhere = named('second', 'apps/web').replace('https://kubernetes.default.svc', 'https://two');
    const one = await read({ 'apps/a.yaml': named('first', 'apps/web'), 'apps/b.yaml': elsewhere });
    expect(duplicates(one)).toEqual([]);
    const twin = named('first', 'apps/web');
    const two = await read({ 'apps/dev/a.yaml': twin, 'apps/prod/a.yaml': twin });
    expect(duplicates(two)).toEqual([]);
  });

  it('is no fault of what two sets of one name make, each in an Argo CD of its own', async () => {
    const set = (folder: string): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  generators: [{list: {elements: [{name: shared}, {name: ${folder}}]}}]
  template:
    metadata: {name: "{{name}}"}
    spec:
      source: {repoURL: ${url}, path: apps/web}
      destination: {server: "https://kubernetes.default.svc", namespace: web}
`;
    const one = await read({ 'apps/dev/set.yaml': set('dev') });
    expect(duplicates(one)).toHaveLength(1);
    const two = await read({ 'apps/dev/set.yaml': set('dev'), 'apps/prod/set.yaml': set('prod') });
    expect(duplicates(two)).toEqual([]);
  });
});
