/**
 * A repository with a folder for each cluster: projects of one name, values that a set-up fills in, files
 * that a kustomization leaves out. What Argo CD makes of them is told where it is certain.
 */
import { describe, expect, it } from 'vitest';
import { checkPlatform, type PrintedModel as Model, printedModel } from '../../plugins/checks/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';

const url = 'https://git.example.com/a.git';
const config = `repository: { url: ${url} }\n`;
const project = (namespace: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: infra}\nspec:\n  sourceRepos: ["*"]\n  destinations: [{server: "*", namespace: "${namespace}"}]\n`;
const application = (name: string, namespace: string, source = `{repoURL: ${url}, path: web}`): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\nspec:\n  project: infra\n  source: ${source}\n  destination: {server: "https://kubernetes.default.svc", namespace: "${namespace}"}\n`;

async function read(files: Record<string, string>): Promise<Model> {
  const web = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n';
  const root = tree({ 'plumbline.yaml': config, 'web/cm.yaml': web, ...files });
  return printedModel(await loadPlatform({ root }));
}

const verdicts = ({ applications }: Model): Record<string, boolean | null> =>
  Object.fromEntries(applications.map(({ name, permitted }) => [name, permitted.ok]));
const told = ({ diagnostics }: Model): string[] =>
  diagnostics.map(({ rule, message }) => `${rule} ${message}`);

describe('projects of one name', () => {
  it('an application is judged by the one of its own cluster', async () => {
    const model = await read({
      'clusters/east/project.yaml': project('east'),
      'clusters/east/app.yaml': application('of-east', 'east'),
      'clusters/west/project.yaml': project('west'),
      'clusters/west/app.yaml': application('of-west', 'west'),
      'clusters/west/other.yaml': application('strange', 'east'),
    });
    expect(verdicts(model)).toEqual({ 'of-east': true, 'of-west': true, strange: false });
    const [fault, ...others] = model.diagnostics.filter(({ rule }) => rule === 'project-forbids');
    expect(fault?.sources.map(({ file }) => file)).toEqual([
      'clusters/west/other.yaml',
      'clusters/west/project.yaml',
    ]);
    expect(others).toEqual([]);
    expect(model.projects.map((one) => [one.origin.file, one.applications])).toEqual([
      ['clusters/east/project.yaml', ['of-east']],
      ['clusters/west/project.yaml', ['of-west', 'strange']],
    ]);
    const kept = model.relations.filter(({ type }) => type === 'belongs-to');
    const fileOf = (id: string) => model.resources.find((one) => one.id === id)?.origin.file;
    expect(kept.map(({ from, to }) => [fileOf(from), fileOf(to)])).toEqual([
      ['clusters/east/app.yaml', 'clusters/east/project.yaml'],
      ['clusters/west/app.yaml', 'clusters/west/project.yaml'],
      ['clusters/west/other.yaml', 'clusters/west/project.yaml'],
    ]);
  });

  it('one that comes with the application is meant, though another lies nearer', async () => {
    const model = await read({
      'root/app.yaml': application('root', 'east', `{repoURL: ${url}, path: east}`),
      'root/project.yaml': project('east'),
      'east/apps/web.yaml': application('web', 'web'),
      'east/project.yaml': project('web'),
      'east/apps/samples/project.yaml': project('nowhere'),
      'east/kustomization.yaml': 'resources: [apps/web.yaml, project.yaml]\n',
    });
    expect(verdicts(model)).toEqual({ root: true, web: true });
  });

  it('where nothing says which is meant, neither is held against it', async () => {
    const model = await read({
      'clusters/east/project.yaml': project('east'),
      'clusters/west/project.yaml': project('west'),
      'apps/app.yaml': application('shared', 'west'),
    });
    expect(verdicts(model)).toEqual({ shared: null });
    expect(told(model)).toEqual([]);
    expect(model.unverified.map(({ why }) => why)).toContain(
      'several projects `infra` are declared, and nothing says which is meant',
    );
  });
});

describe('what a set-up fills in', () => {
  it.each([
    ['a namespace', project('web'), application('web', '${NAMESPACE}')],
    ['a destination of the project', project('${NAMESPACE}'), application('web', 'web')],
  ])('%s decides nothing', async (_what, projects, app) => {
    const model = await read({ 'apps/project.yaml': projects, 'apps/app.yaml': app });
    expect(verdicts(model)).toEqual({ web: null });
    expect(told(model)).toEqual([]);
  });

  it('the name of a project is no project that is missing', async () => {
    const app = application('web', 'web').replace('project: infra', 'project: ${PROJECT}');
    const model = await read({ 'apps/app.yaml': app });
    expect(verdicts(model)).toEqual({ web: null });
    expect(told(model)).toEqual([]);
  });
});

describe('a source without repository', () => {
  const bare = {
    'clusters/project.yaml': project('*'),
    'clusters/app.yaml': application('web', 'web', '{path: web}'),
  };

  it('is told of a file that stands for itself', async () => {
    const model = await read(bare);
    expect(verdicts(model)).toEqual({ web: false });
    expect(told(model)).toEqual([expect.stringMatching(/^manifest-invalid .* are required$/)]);
  });

  it('is not known where a kustomization beside it, which completes the others, leaves it out', async () => {
    const model = await read({ ...bare, 'clusters/kustomization.yaml': 'resources: [project.yaml]\n' });
    expect(verdicts(model)).toEqual({ web: null });
    expect(told(model)).toEqual([]);
  });
});

describe('an application of another revision', () => {
  const files = (revision: string) => ({
    'apps/project.yaml': project('web'),
    'apps/app.yaml': application('web', 'web', `{repoURL: ${url}, path: web, targetRevision: ${revision}}`),
    'web/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: elsewhere}\n',
    'web/wrong.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wrong, annotations: {argocd.argoproj.io/sync-wave: first}}\n',
  });
  const rulesOf = async (revision: string) => {
    const root = tree({ 'plumbline.yaml': config, 'web/cm.yaml': '', ...files(revision) });
    return checkPlatform(await loadPlatform({ root })).map(({ rule }) => rule);
  };

  it('is told no fault of what it deploys there, but those of the files here', async () => {
    expect(await rulesOf('HEAD')).toEqual(['project-forbids', 'manifest-invalid']);
    expect(await rulesOf('v1.0.0')).toEqual(['manifest-invalid']);
    expect(await rulesOf('"${REVISION}"')).toEqual(['project-forbids', 'manifest-invalid']);
  });
});

describe('a template outside of a chart', () => {
  it('is told once, and nothing of what it will be', async () => {
    const source = '\n    repoURL: {{ .url | quote }}\n    targetRevision: {{ .revision }}\n    path: web';
    const model = await read({
      'apps/project.yaml': project('*'),
      'apps/app.yaml': application('web', 'web', source),
    });
    expect(told(model)).toEqual(['manifest-invalid `apps/app.yaml` is not YAML: it looks like a template']);
    const [{ severity, help } = {}] = model.diagnostics;
    expect({ severity, help }).toEqual({
      severity: 'warning',
      help: expect.stringContaining('The file has 1 more like it'),
    });
  });
});

describe('a patch that no kustomization lists any more', () => {
  it.each([
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'values: {a: b}'],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'path: ./web'],
    ['batch/v1', 'CronJob', 'schedule: "@daily"'],
    ['batch/v1', 'Job', 'backoffLimit: 1'],
    ['apps/v1', 'Deployment', 'replicas: 2'],
  ])('%s %s is no object', async (apiVersion, kind, spec) => {
    const patch = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web, namespace: web}\nspec: {${spec}}\n`;
    const model = await read({ 'clusters/east/patch.yaml': patch });
    expect(model.resources.map(({ id }) => id)).toEqual(['ConfigMap/web']);
    expect(model.unverified).toEqual([]);
  });
});
