/** Which Applications break if a Secret of Argo CD is rotated; its address stays among its values. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadPlatform, type Platform } from '../../plugins/platform/index.ts';
import { repositoryFrom } from '../checks/engine.ts';

const kept = (name: string, type: string, fields: Record<string, string>, more = 'stringData') =>
  `==> IT/${name}.yaml <==
apiVersion: v1
kind: Secret
metadata: {name: ${name}, namespace: argocd, labels: {argocd.argoproj.io/secret-type: ${type}}}
${more}:
${Object.entries(fields)
  .map(([key, value]) => `  ${key}: "${more === 'data' ? Buffer.from(value).toString('base64') : value}"`)
  .join('\n')}
`;
const application = (name: string, url: string, project = 'shop', destination = 'name: far') =>
  `==> IT/${name}-app.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: ${project}
  source: {repoURL: "${url}", path: .}
  destination: {${destination}, namespace: ${name}}
`;
const project = (name: string) => `==> IT/${name}-project.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: ${name}, namespace: argocd}
spec: {sourceRepos: ["*"], destinations: [{server: "*", namespace: "*"}]}
`;

const tree = [
  project('shop'),
  project('lab'),
  // Signs in nobody, so that one of a prefix does.
  kept('one', 'repository', { url: 'https://git.planted.example/Team/One.git', type: 'git' }),
  kept('two', 'repository', { url: 'git@git.planted.example:team/two', sshPrivateKey: 'x' }, 'data'),
  kept('two-lab', 'repository', {
    url: 'ssh://git@git.planted.example/team/two.git',
    project: 'lab',
    password: 'x',
  }),
  kept('short', 'repo-creds', { url: 'https://git.planted.example', password: 'x' }),
  kept('long', 'repo-creds', { url: 'https://git.planted.example/team/', password: 'x' }),
  kept('far', 'cluster', { name: 'far', server: 'https://far.planted.example/' }),
  kept('near', 'cluster', { name: 'near', server: 'https://near.planted.example' }),
  kept('charts', 'repository', { url: '${CHARTS}', password: 'x' }),
  `==> IT/elsewhere.yaml <==
apiVersion: v1
kind: Secret
metadata: {name: elsewhere, namespace: web, labels: {argocd.argoproj.io/secret-type: repository}}
stringData: {url: "https://git.planted.example/team/one", password: x}
==> IT/external.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: made, namespace: argocd}
spec:
  secretStoreRef: {kind: ClusterSecretStore, name: vault}
  target:
    template:
      metadata: {labels: {argocd.argoproj.io/secret-type: repository}}
      data: {url: "https://git.planted.example/team/three", password: "{{ .word }}"}
  data: [{secretKey: word, remoteRef: {key: a}}]
==> IT/set.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  generators:
    - matrix:
        generators:
          - git: {repoURL: "https://git.planted.example/team/one", directories: [{path: "*"}]}
          - clusters: {selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}
  template:
    metadata: {name: "{{name}}"}
    spec: {project: shop, source: {repoURL: "https://git.planted.example/team/one", path: .}, destination: {name: far, namespace: x}}
`,
  application('first', 'https://git.planted.example/team/one'),
  application(
    'second',
    'git@git.planted.example:team/two.git',
    'shop',
    'server: "https://far.planted.example"',
  ),
  application('third', 'ssh://git@git.planted.example/team/two', 'lab', 'server: "https://other.example"'),
  application('fourth', 'https://git.planted.example/team/three.git', 'shop', 'name: near'),
  application('fifth', 'https://git.planted.example/other/five'),
].join('');

const root = repositoryFrom(tree);
let platform: Platform;
beforeAll(async () => {
  platform = await loadPlatform({ root });
});
afterAll(() => rmSync(root, { recursive: true }));

const readers = (name: string, verdict?: string) =>
  platform.model.secretReads
    .filter(({ secret, way }) => secret.name === name && (way === 'repository' || way === 'cluster'))
    .filter((read) => verdict === undefined || read.verdict === verdict)
    .map(({ reader, at }) => `${reader.split('/').at(-1)} ${at}`)
    .sort();

it('finds the repository of its URL however it is spelt, for the project before all', () => {
  expect(readers('one')).toEqual([
    'all spec.generators.0.matrix.generators.0.git.repoURL',
    'first spec.source.repoURL',
  ]);
  expect(readers('two')).toEqual(['second spec.source.repoURL']);
  expect(readers('two-lab')).toEqual(['third spec.source.repoURL']);
  expect(readers('made')).toEqual(['fourth spec.source.repoURL']);
});

it('takes the longest prefix where the repository signs in nobody', () => {
  expect(readers('long')).toEqual([
    'all spec.generators.0.matrix.generators.0.git.repoURL',
    'first spec.source.repoURL',
  ]);
  expect(readers('short')).toEqual(['fifth spec.source.repoURL']);
});

it('finds clusters by server or name, and those that a set selects by their labels', () => {
  expect(readers('far')).toEqual([
    'all spec.generators.0.matrix.generators.1.clusters',
    'fifth spec.destination.name',
    'first spec.destination.name',
    'second spec.destination.server',
  ]);
  expect(readers('near')).toContain('fourth spec.destination.name');
});

it('is not sure where the address of another is not known, and says nothing of that one', () => {
  expect(readers('charts')).toEqual([]);
  expect(readers('two-lab', 'ok')).toHaveLength(1);
  expect(readers('two', 'unknown')).toHaveLength(1);
  expect(readers('elsewhere')).toEqual([]);
});

it('keeps no address, and tells the relation of what is sure', () => {
  const { model } = platform;
  const said =
    JSON.stringify(model.secretReads) +
    JSON.stringify(model.resources.filter(({ kind }) => kind === 'Secret'));
  expect(said).not.toContain('planted');
  const consumes = model.relations.filter(({ type, to }) => type === 'consumes' && to.endsWith('/two-lab'));
  expect(consumes.map(({ from }) => from.split('/').at(-1))).toEqual(['third']);
});
