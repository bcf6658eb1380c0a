import { expect, test } from 'vitest';
import { windowWords } from '../../plugins/model/index.ts';
import { loadPlatform, type Platform } from '../../plugins/platform/index.ts';
import { createQuery } from '../../plugins/query/index.ts';
import { type TableOptions, tableOf, tableToMarkdown } from '../../plugins/views/index.ts';
import { tree } from '../source/tree.ts';

const metadata = (name: string, annotations: Record<string, string> = {}): string =>
  `metadata:\n  name: ${name}\n  annotations: ${JSON.stringify(annotations)}\n`;
const object = (kind: string, name: string, annotations: Record<string, string> = {}, group = 'v1'): string =>
  `apiVersion: ${group}\nkind: ${kind}\n${metadata(name, annotations)}`;
const wave = (number: number, more: Record<string, string> = {}): Record<string, string> => ({
  'argocd.argoproj.io/sync-wave': String(number),
  ...more,
});
const options = (text: string): Record<string, string> => ({ 'argocd.argoproj.io/sync-options': text });

function application(
  name: string,
  policy: string,
  finalizers = '[resources-finalizer.argocd.argoproj.io]',
): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  finalizers: ${finalizers}
spec:
  project: shop
  source: {repoURL: https://git.example.com/a, path: apps/${name}}
  destination: {server: "https://kubernetes.default.svc", namespace: ${name}}
  syncPolicy: ${policy}
`;
}

const project = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ["*"]
  destinations: [{server: "*", namespace: "*"}]
  clusterResourceWhitelist: [{group: "*", kind: "*"}]
  syncWindows:
    - kind: deny
      schedule: "0 22 * * 1-5"
      duration: 1h30m
      timeZone: Europe/Berlin
      namespaces: [web]
      clusters: ["*"]
      andOperator: true
      manualSync: true
    - kind: allow
      schedule: "*/7 * * * *"
      duration: 5m
      applications: ["none-*"]
`;

const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops, namespace: argocd}
spec:
  goTemplate: true
  generators: [{list: {elements: [{name: shop-a}]}}]
  syncPolicy:
    applicationsSync: create-update
    preserveResourcesOnDeletion: true
  template:
    metadata: {name: "{{.name}}"}
    spec:
      project: shop
      source: {repoURL: https://git.example.com/a, path: "apps/{{.name}}"}
      destination: {server: "https://kubernetes.default.svc", namespace: shop}
      syncPolicy: {automated: {prune: true}}
`;

const root = tree({
  'plumbline.yaml':
    'layers: { bootstrap: [boot], gitops: [apps] }\nrepository: { url: https://git.example.com/a.git }\n',
  'boot/project.yaml': project,
  'boot/web.yaml': application('web', '{automated: {prune: true}}'),
  'boot/data.yaml': application('data', '{automated: {}, syncOptions: [Delete=confirm]}', '[]'),
  'boot/jobs.yaml': application('jobs', '{automated: {prune: true}, syncOptions: [Delete=confirm]}'),
  'boot/set.yaml': set,
  'apps/shop-a/config.yaml': object('ConfigMap', 'a'),
  'apps/web/all.yaml': [
    object('ConfigMap', 'first', wave(-1)),
    object('Service', 'last', wave(3)),
    object('ConfigMap', 'middle'),
    object('PersistentVolumeClaim', 'disk', wave(1, options('Prune=false, Delete=false'))),
    object('Secret', 'keys', { 'helm.sh/resource-policy': 'keep' }),
    object('Secret', 'asked', options('Prune=confirm')),
    object('Job', 'before', { 'argocd.argoproj.io/hook': 'PreDelete' }, 'batch/v1'),
    object('Job', 'after', { 'helm.sh/hook': 'post-delete' }, 'batch/v1'),
    object('Job', 'migrate', { 'argocd.argoproj.io/hook': 'PreSync', ...wave(-5) }, 'batch/v1'),
    object(
      'Job',
      'gone',
      { 'argocd.argoproj.io/hook': 'PostSync', 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded' },
      'batch/v1',
    ),
    `${object('CustomResourceDefinition', 'things.example.com', {}, 'apiextensions.k8s.io/v1')}spec: {group: example.com, names: {kind: Thing, plural: things}, scope: Namespaced, versions: [{name: v1}]}\n`,
  ].join('---\n'),
  'apps/jobs/all.yaml': [object('ConfigMap', 'one'), object('ConfigMap', 'two', options('Delete=true'))].join(
    '---\n',
  ),
  'boot/late.yaml': application('late', '{automated: {prune: true}, syncOptions: [CreateNamespace=true]}'),
  'apps/late/all.yaml': [
    object('ConfigMap', 'settings', wave(-2, options('PruneLast=true'))),
    object('ConfigMap', 'other', wave(-2, options('Prune=false'))),
    `${object('Deployment', 'late', wave(4), 'apps/v1')}spec:\n  template:\n    spec:\n      volumes: [{name: a, configMap: {name: settings}}]\n`,
  ].join('---\n'),
  'apps/data/all.yaml': object('ConfigMap', 'three'),
});
const loaded: Promise<Platform> = loadPlatform({ root });

async function tableFor(view: string, more: Omit<TableOptions, 'view'> = {}): Promise<string> {
  const platform = await loaded;
  const made = tableOf(platform, createQuery(platform), { view, ...more });
  if (!made.ok) throw new Error(JSON.stringify(made.faults));
  return tableToMarkdown(made.table).trim();
}

test('sync windows are said in words, with what they hold for', async () => {
  expect(await tableFor('sync-windows')).toMatchInlineSnapshot(`
    "| Project | Kind | Open | For | Applications | By hand |
    | --- | --- | --- | --- | --- | --- |
    | shop | deny | Mondays to Fridays 22:00 for 1 h 30 min, Europe/Berlin | namespaces web and clusters \\* | web | yes |
    | shop | allow | \\*/7 \\* \\* \\* \\* for 5 min, UTC | applications none-\\* | none | no |"
  `);
});

test('an application is removed from the highest wave to the lowest, between its hooks', async () => {
  const columns = 'step, what, resources';
  expect(await tableFor('tear-down', { where: "name == 'web'", columns })).toMatchInlineSnapshot(`
    "| Step | What | Resources |
    | --: | --- | --- |
    | 1 | PreDelete hooks | Job/before |
    | 2 | wave 3 | Service/last |
    | 3 | wave 0 | ConfigMap/middle, Secret/asked |
    | 4 | wave -1 | ConfigMap/first |
    | 5 | wave -5 | Job/migrate |
    | 6 | PostDelete hooks | Job/after |
    | — | stays | CustomResourceDefinition/things.example.com, PersistentVolumeClaim/disk, Secret/keys |"
  `);
});

test('what must be confirmed is waited for, and an object may say no to that', async () => {
  const columns = 'step, what, resources';
  expect(await tableFor('tear-down', { where: "name == 'jobs'", columns })).toMatchInlineSnapshot(`
    "| Step | What | Resources |
    | --: | --- | --- |
    | 1 | waits until these are confirmed | ConfigMap/one |
    | 2 | wave 0 | ConfigMap/one, ConfigMap/two |"
  `);
});

test('without a finalizer nothing is removed', async () => {
  const columns = 'application, step, what, resources';
  expect(
    await tableFor('tear-down', { where: "name == 'data' || name == 'shop-a'", columns }),
  ).toMatchInlineSnapshot(`
    "| Application | Step | What | Resources |
    | --- | --: | --- | --- |
    | data | — | stays: the application has no finalizer | ConfigMap/three |
    | shop-a | — | stays: the application has no finalizer | ConfigMap/a |"
  `);
});

test('what stays or waits is named with its reason', async () => {
  expect(await tableFor('kept')).toMatchInlineSnapshot(`
    "| Kind | Name | Application | When | Then | Because of |
    | --- | --- | --- | --- | --- | --- |
    | Application | data | — | an object of it leaves Git | stays | \`automated without prune\` |
    | Application | data | — | it is deleted | waits for confirmation | \`Delete=confirm\` |
    | Application | data | — | it is deleted | stays | \`no resources-finalizer.argocd.argoproj.io\` |
    | Application | jobs | — | it is deleted | waits for confirmation | \`Delete=confirm\` |
    | Application | shop-a | — | it is deleted | stays | \`no resources-finalizer.argocd.argoproj.io\` |
    | ApplicationSet | shops | — | its generators give an Application no more | stays | \`applicationsSync: create-update\` |
    | ApplicationSet | shops | — | it or an Application of it is deleted | stays | \`preserveResourcesOnDeletion: true\` |
    | ConfigMap | other | late | it leaves Git | stays | \`Prune=false\` |
    | CustomResourceDefinition | things.example.com | web | its application is deleted | stays | \`CustomResourceDefinition\` |
    | PersistentVolumeClaim | disk | web | it leaves Git | stays | \`Prune=false\` |
    | PersistentVolumeClaim | disk | web | its application is deleted | stays | \`Delete=false\` |
    | Secret | asked | web | it leaves Git | waits for confirmation | \`Prune=confirm\` |
    | Secret | keys | web | its application is deleted | stays | \`helm.sh/resource-policy: keep\` |"
  `);
});

test('a reason leads to its line', async () => {
  const platform = await loaded;
  const made = tableOf(platform, createQuery(platform), {
    view: 'kept',
    where: "name == 'shops' || name == 'disk'",
  });
  expect(
    made.ok && made.table.rows.map(({ origin }) => `${origin?.file}:${origin?.line}`),
  ).toMatchInlineSnapshot(`
    [
      "boot/set.yaml:8",
      "boot/set.yaml:9",
      "apps/web/all.yaml:23",
      "apps/web/all.yaml:23",
    ]
  `);
});

test.each([
  ['0 22 * * 1', '1h', '', 'Mondays 22:00 for 1 h, UTC'],
  ['0 22 * * MON', '60m', 'UTC', 'Mondays 22:00 for 1 h, UTC'],
  ['30 6,18 * * *', '1h30m', 'Asia/Dhaka', 'daily 06:30 and 18:30 for 1 h 30 min, Asia/Dhaka'],
  ['0 8 * * 1-5', '10h', '', 'Mondays to Fridays 08:00 for 10 h, UTC'],
  ['0 0 * * 0,6', '24h', '', 'Saturdays and Sundays 00:00 for 24 h, UTC'],
  ['0 0 * * 1,3,5', '45s', '', 'Mondays, Wednesdays and Fridays 00:00 for 45 s, UTC'],
  ['5 * * * *', '10m', '', 'hourly at :05 for 10 min, UTC'],
  ['0 * * * 0', '10m', '', 'Sundays hourly at :00 for 10 min, UTC'],
  ['0 3 1,15 * *', '2h', '', 'on the 1st and 15th 03:00 for 2 h, UTC'],
  ['0 3 22,23 12 *', '48h', '', 'on the 22nd and 23rd in December 03:00 for 48 h, UTC'],
  // Days of the month or of the week, every minute, many hours, a zone in two places, no schedule: the words
  // would be wrong.
  ['0 3 13 * 5', '2h', '', '0 3 13 * 5 for 2 h, UTC'],
  ['* 10 * * *', '2h', '', '* 10 * * * for 2 h, UTC'],
  ['0 */2 * * *', '1h', '', '0 */2 * * * for 1 h, UTC'],
  ['CRON_TZ=Asia/Dhaka 0 1 * * *', '1h', 'UTC', 'CRON_TZ=Asia/Dhaka 0 1 * * * for 1 h, UTC'],
  ['@daily', '1h', '', '@daily for 1 h, UTC'],
  ['0 1 * * 7', '1h', '', '0 1 * * 7 for 1 h, UTC'],
  ['0 1 * * *', 'long', '', 'daily 01:00 for long, UTC'],
  // Argo CD takes UTC for a zone that there is none of, and refuses a schedule that names one.
  ['0 1 * * *', '1h', 'Mars/Olympus', 'daily 01:00 for 1 h, UTC'],
  ['TZ=Mars/Olympus 0 1 * * *', '1h', '', 'TZ=Mars/Olympus 0 1 * * * for 1 h, UTC'],
])('%s for %s in zone "%s" is %s', (schedule, duration, timeZone, words) => {
  expect(windowWords({ schedule, duration, timeZone })).toBe(words);
});

test('what leaves Git goes from the highest wave to the lowest, and what is needed outlives what needs it', async () => {
  const { model } = await loaded;
  expect(model.applications.find(({ name }) => name === 'late')?.pruning).toEqual({
    automated: true,
    waves: [4],
    last: ['ConfigMap/late/settings'],
    confirm: [],
    stays: ['ConfigMap/late/other'],
  });
  expect(model.applications.find(({ name }) => name === 'web')?.pruning).toMatchObject({
    waves: [3, 0, -1],
    confirm: ['Secret/web/asked'],
    stays: ['PersistentVolumeClaim/web/disk'],
  });
  expect(model.relations.filter(({ type }) => type === 'removed-before')).toMatchObject([
    { from: 'Deployment.apps/late/late', to: 'ConfigMap/late/settings' },
  ]);
});
