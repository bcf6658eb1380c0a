/** Folders beside an Application, of which CNOE's idpbuilder makes repositories. */
import { expect, it } from 'vitest';
import { printedModel } from '../../plugins/checks/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';

const url = 'https://git.example.com/a.git';
const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const application = (name: string, sources: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  project: default\n  sources: [${sources}]\n  destination: {server: "https://kubernetes.default.svc", namespace: ${name}}\n---\n`;

it('is deployed from there, with its value files, and never from outside of it', async () => {
  const root = tree({
    'plumbline.yaml': `layers: { gitops: [stacks] }\nrepository: { url: ${url} }\n`,
    'stacks/one/apps.yaml': [
      application('plain', '{repoURL: "cnoe://plain", path: manifests, targetRevision: HEAD}'),
      application('up', '{repoURL: "cnoe://../two/plain/", path: .}'),
      application('out', '{repoURL: "cnoe://plain", path: ../plain/manifests}'),
      application('gone', '{repoURL: "cnoe://gone", path: .}'),
      application(
        'chart',
        `{repoURL: ${url}, path: stacks/chart, helm: {valueFiles: [$values/values.yaml]}}, {repoURL: "cnoe://plain", ref: values}`,
      ),
    ].join(''),
    'stacks/one/plain/manifests/cm.yaml': map('plain'),
    'stacks/one/plain/values.yaml': 'name: valued\n',
    'stacks/two/plain/cm.yaml': map('up'),
    'stacks/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
    'stacks/chart/templates/cm.yaml': map('{{ .Values.name }}'),
  });
  const model = printedModel(await loadPlatform({ root }));
  expect(model.diagnostics.map(({ message }) => message)).toEqual([
    '`Application/out`: the path `../plain/manifests` leaves the repository',
  ]);
  const known = Object.fromEntries(
    model.applications.map(({ id, name, unverified }) => [
      name,
      [
        ...model.resources.filter(({ deployer }) => deployer === id).map((one) => one.id),
        ...unverified.map(({ what }) => what),
      ],
    ]),
  );
  expect(known).toEqual({
    plain: ['ConfigMap/plain/plain'],
    up: ['ConfigMap/up/up'],
    out: ['sources of out'],
    gone: ['path . of cnoe://gone'],
    chart: ['ConfigMap/chart/valued'],
  });
});
