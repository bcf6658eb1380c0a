import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadPlatform, type Platform } from '../../plugins/platform/index.ts';
import { createQuery } from '../../plugins/query/index.ts';
import { engineWithPages } from '../checks/engine.ts';
import { tree } from '../source/tree.ts';

const chart = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;
const application = (name: string, path: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec: {project: default, source: {repoURL: https://git.example.com/a.git, path: ${path}}, destination: {server: https://kubernetes.default.svc, namespace: ${name}}}\n`;

const workload = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  template:
    metadata:
      annotations:
        checksum/key: {{ include (print $.Template.BasePath "/key.yaml") . | sha256sum }}
        rollme: {{ randAlphaNum 1 | quote }}
    spec:
      containers: [{name: web, image: "nginx:1", envFrom: [{configMapRef: {name: {{ include "made" . }} }}]}]
`;
const files = {
  'helpers.tpl': '{{ define "made" }}made-{{ now | date "2006" }}-map{{ end }}',
  'key.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {a: {{ randAlphaNum 20 | quote }}}\n',
  'made.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ include "made" . }}}\ndata: {a: b}\n',
  'web.yaml': workload,
  'values.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: values}
data:
  fixed: {{ list "a" "b" | join "," | quote }}
  sorted: {{ keys .Values.map | sortAlpha | join "," | quote }}
  order: {{ keys .Values.map | join "," | quote }}
  dice: {{ randInt 0 2 | quote }}
  year: {{ tpl .Values.year . | quote }}
  shuffled: {{ shuffle "ab" | quote }}
  id: {{ uuidv4 }}
  certificate: {{ (genCA "ca" 1).Cert | b64enc }}
  asked: {{ lookup "v1" "Secret" "default" "none" | toJson | quote }}
  notTemplated: {{ .Values.handed | quote }}
  handed: {{ "{{ now | date \\"2006\\" }}" | quote }}
`,
};
const values = 'map: {a: 1, b: 2}\nyear: \'{{ now | date "2006" }}\'\nhanded: "{{ randInt 0 2 }}"\n';
const templates = (folder: string) =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      `${folder}/templates/${name.replace('helpers', '_helpers')}`,
      text,
    ]),
  );

/** A chart of Argo CD's, the same in a kustomization, and within an archive. */
function repository(): string {
  const root = tree({
    'plumbline.yaml': 'repository: {url: https://git.example.com/a.git}\n',
    'K8s/apps/plain.yaml': application('plain', 'K8s/plain'),
    'K8s/apps/packed.yaml': application('packed', 'K8s/packed'),
    'K8s/apps/inflated.yaml': application('inflated', 'K8s/inflated'),
    'K8s/plain/Chart.yaml': chart('plain'),
    'K8s/plain/values.yaml': values,
    ...templates('K8s/plain'),
    'K8s/plain/templates/_helpers.tpl': '{{ define "made" }}made-map{{ end }}',
    'K8s/packed/Chart.yaml': `${chart('packed')}dependencies: [{name: inner, version: 1.0.0, repository: ""}]\n`,
    'K8s/packed/charts/.keep': '',
    'K8s/inflated/kustomization.yaml': 'helmCharts: [{name: inner, releaseName: r}]\n',
    'K8s/inflated/charts/inner/Chart.yaml': chart('inner'),
    'K8s/inflated/charts/inner/values.yaml': values,
    ...templates('K8s/inflated/charts/inner'),
  });
  const folder = join(root, 'K8s/inflated/charts');
  execFileSync('tar', ['-czf', join(root, 'K8s/packed/charts/inner-1.0.0.tgz'), '-C', folder, 'inner']);
  return root;
}

test('what differs each time is masked and not verified, and the rest is known', async () => {
  const root = repository();
  const bench = await engineWithPages(root);
  const first = bench.engine.platform;
  const found = (platform: Platform, name: string, application: string) =>
    platform.model.resources.find((one) => one.name === name && one.application === application);
  for (const name of ['plain', 'packed', 'inflated']) {
    expect(found(first, 'values', name)?.rendered, name).toMatchObject({
      data: {
        fixed: 'a,b',
        sorted: 'a,b',
        order: '(differs each time)',
        dice: '(differs each time)',
        year: '(differs each time)',
        shuffled: '(differs each time)',
        id: '(differs each time)',
        certificate: '(differs each time)',
        asked: '{}',
        notTemplated: '{{ randInt 0 2 }}',
        handed: '{{ now | date "2006" }}',
      },
    });
    const made = name === 'plain' ? 'made-map' : 'made-differs-each-time-map';
    const web = found(first, 'web', name);
    expect(web?.rendered, name).toMatchObject({
      spec: {
        template: {
          metadata: { annotations: { 'checksum/key': '(differs each time)', rollme: '(differs each time)' } },
          // What refers to a name that differs still does.
          spec: { containers: [{ envFrom: [{ configMapRef: { name: made } }] }] },
        },
      },
    });
    expect(found(first, made, name)?.kind, name).toBe('ConfigMap');
  }
  const { reach, subjects } = createQuery(first);
  const touches = (name: string, expression: string) => {
    const subject = subjects('resource').find(
      ({ resource }) => resource?.name === name && resource.application === 'inflated',
    );
    return subject !== undefined && reach.touching(subject, [expression]).length > 0;
  };
  expect(touches('web', 'spec.replicas == 2')).toBe(false);
  expect(touches('web', "spec.template.spec.containers.all(c, c.image == 'nginx:1')")).toBe(false);
  expect(touches('web', "spec.template.metadata.annotations.rollme == 'a'")).toBe(true);
  expect(touches('web', 'size(spec.template.metadata.annotations) > 1')).toBe(true);
  expect(touches('web', 'spec.template.metadata.annotations.exists(k, k == "a")')).toBe(true);
  expect(touches('values', "data['dice'] == '1'")).toBe(true);
  expect(touches('values', "['dice'].exists(k, data[k].size() == 1)")).toBe(true);
  expect(touches('values', "resources.exists(r, r.data.fixed == 'a,b')")).toBe(false);
  expect(touches('values', "resources.filter(r, r.written).exists(r, 'dice' in r.data)")).toBe(true);
  expect(touches('values', "data.fixed == 'a,b'")).toBe(false);
  expect(touches('key', "kind == 'Secret'")).toBe(false);
  const why = first.model.unverified.filter(({ what }) => what.startsWith('Deployment/web'));
  expect(why.map(({ origin }) => origin?.file).sort()).toEqual(
    ['K8s/inflated/kustomization.yaml', 'K8s/packed/Chart.yaml', 'K8s/plain/templates/web.yaml'].sort(),
  );
  expect(why[0]?.why).toContain('`randAlphaNum`');
  const claims = [
    `:claim[The die shows one.]{of="name == 'values' && application == 'plain'" all="data.dice == '1'"}`,
    `:claim[It is rolled.]{of="name == 'web'" all="spec.template.metadata.annotations.rollme == 'a'"}`,
    `:claim[There is such a map.]{of="name == 'made-2026-map'" any="true"}`,
    `:claim[Two of it run.]{of="name == 'web' && application == 'plain'" all="spec.replicas == 2"}`,
  ];
  const report = await bench.check(`# Page\n\n${claims.join('\n\n')}\n`);
  await bench.close();
  const cases = report.pages.flatMap((page) => page.cases.map(({ outcome, why }) => [outcome, why]));
  expect(cases.map(([outcome]) => outcome)).toEqual(['unverified', 'unverified', 'unverified', 'true']);
  expect(String(cases[0]?.[1])).toContain('randInt');
  expect(report.diagnostics).toEqual([]);
  // A run that keeps nothing, and one that has what was kept, say the same to the byte.
  for (const cache of [false, true]) {
    const { model } = await loadPlatform({ root, cache });
    expect(JSON.stringify(model)).toBe(JSON.stringify(first.model));
  }
}, 120_000);
