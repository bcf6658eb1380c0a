import { expect, test } from 'vitest';
import { settingsMap } from '../../plugins/model/argocd/settings.ts';
import { findDeployers, type Resource } from '../../plugins/model/index.ts';
import { indexResources } from '../../plugins/model/resource-index.ts';
import { read, tree } from '../source/tree.ts';
import { noClusters } from './no-clusters.ts';

const url = 'https://git.example.com/x.git';
const application = (name: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: "${url}", path: K8s/${name.replace(/-.*/, '')} }
  destination: { server: "https://kubernetes.default.svc", namespace: ${name} }
`;
const objects = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${index} }\n`,
  ).join('---');

test('what is deployed together is bounded: an Application that deploys more is told, and leaves the others', async () => {
  const sources = await read(
    tree({
      'plumbline.yaml': `repository: { url: ${url} }\n`,
      'K8s/apps.yaml': ['many', 'some-a', 'some-b'].map(application).join('---'),
      'K8s/many/all.yaml': objects(9),
      'K8s/some/all.yaml': objects(4),
    }),
  );
  const rendered = {
    builds: new Map(),
    sourceBuilds: new Map(),
    missing: [],
    diagnostics: [],
    engine: null,
  };
  const limits = { applications: 9, objects: 8, rows: 9, work: 99 };
  const { deployers } = findDeployers(
    { sources, rendered, config: sources.config, clusters: noClusters },
    limits,
  ).found;
  expect(deployers.map(({ namespace, deployment }) => [namespace, deployment.objects.length])).toEqual([
    ['many', 0],
    ['some-a', 4],
    ['some-b', 4],
  ]);
  expect(deployers.flatMap(({ deployment }) => deployment.unverified)).toMatchObject([
    {
      kind: 'source',
      what: 'what Application many deploys',
      why: 'it is 9 objects, and of the 8 that may be deployed in a run 8 are left',
      origin: { file: 'K8s/apps.yaml', line: 5 },
    },
  ]);
  // However many deploy them, they are made once.
  const [, one, other] = deployers;
  expect(one?.deployment.objects[0]).toBe(other?.deployment.objects[0]);
});

test('a setting of Argo CD is looked up, not looked for in all ConfigMaps, once an Application', () => {
  const config = (namespace: string, name: string) =>
    ({ id: `${namespace}/${name}`, group: '', kind: 'ConfigMap', namespace, name }) as unknown as Resource;
  const lookup = {
    ...indexResources([config('a', 'other'), config('b', 'argocd-cm'), config('c', 'argocd-cm')]),
    ofKind: () => expect.fail('all are read'),
  };
  const found = ['c', 'a', null].map((namespace) => settingsMap('argocd-cm', namespace, { lookup })?.id);
  expect(found).toEqual(['c/argocd-cm', 'b/argocd-cm', 'b/argocd-cm']);
});
