import { expect } from 'vitest';
import { type Change, compareSides, type PlatformDiff } from '../../plugins/engine/index.ts';
import { diffFormats } from '../../plugins/report/diff/formats.ts';
import { fileInTurns } from '../turns.ts';
import { application, type Files, object, side } from './sides.ts';

const { test } = fileInTurns(0, 2);

/** Three overlays of one base, which nothing in the repository deploys. */
const three: Files = {
  'K8s/web/base/kustomization.yaml': 'namespace: shop\nresources: [web.yaml, token.yaml]\n',
  'K8s/web/base/web.yaml': deployment('web:1'),
  'K8s/web/base/token.yaml': [object('Secret', 'token', { stringData: { key: 'first-secret-value' } })],
  ...overlay('east'),
  ...overlay('north', 'patches: [{ path: replicas.yaml }]\n'),
  'K8s/web/north/replicas.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }\n',
  ...overlay('west'),
};

function overlay(name: string, more = ''): Files {
  return { [`K8s/web/${name}/kustomization.yaml`]: `resources: [../base]\n${more}` };
}

function deployment(image: string): string {
  return [
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: 1',
    '  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }',
    `    spec:\n      containers:\n        - name: web\n          image: ${image}\n`,
  ].join('\n');
}

function images(tag: string): string {
  return `images: [{ name: web, newTag: "${tag}" }]\n`;
}

const [east, north, west] = ['K8s/web/east', 'K8s/web/north', 'K8s/web/west'];

async function from(after: Files, before: Files = three): Promise<PlatformDiff> {
  return compareSides(await side(before), await side(after));
}

/** What is told, of each change where. */
function places({ changes }: PlatformDiff): string[] {
  return changes.map(
    ({ action, reference, folders }) => `${action} ${reference} in ${folders.join(', ') || 'its place'}`,
  );
}

function values({ fields }: Change): string[] {
  return fields.map(({ before, after }) => `${before?.value} → ${after?.value}`);
}

test('what a base changes is told once, with every folder, on the line of the base', async () => {
  const found = await from({ ...three, 'K8s/web/base/web.yaml': deployment('web:2') });
  expect(places(found)).toEqual([`changed Deployment/web in ${east}, ${north}, ${west}`]);
  expect(found.changes[0]).toMatchObject({
    moreFolders: 0,
    fields: [{ after: { value: 'web:2', place: { file: 'K8s/web/base/web.yaml', line: 12 } } }],
    files: ['K8s/web/base/web.yaml'],
  });
  const [text, markdown] = [
    diffFormats.pretty(found, { color: false }),
    diffFormats.markdown(found, { color: false }),
  ];
  expect(text).toContain(`    in 3 folders: ${east}, ${north}, ${west}\n`);
  expect(text).toContain('\n1 changed\n');
  expect(markdown).toContain('in 3 folders: <code>K8s/web/east</code>, ');
});

test('what one overlay changes is told of it, also of one that the model does not hold', async () => {
  const found = await from({ ...three, ...overlay('west', images('2')) });
  expect(places(found)).toEqual([`changed Deployment/web in ${west}`]);
  expect(found.changes[0]).toMatchObject({
    head: { folder: west },
    fields: [{ after: { value: 'web:2', place: { file: `${west}/kustomization.yaml` } } }],
  });
  expect(diffFormats.pretty(found, { color: false })).toContain(`  Deployment/web, in ${west} at K8s/`);
});

test('overlays that each write the same are told together, others each for itself', async () => {
  const found = await from({
    ...three,
    ...overlay('east', images('2')),
    ...overlay('west', images('2')),
    'K8s/web/north/replicas.yaml': `${three['K8s/web/north/replicas.yaml']}`.replace('3', '5'),
  });
  expect(found.changes.map((change) => [change.folders, values(change), change.files])).toEqual([
    [[east, west], ['web:1 → web:2'], [`${east}/kustomization.yaml`, `${west}/kustomization.yaml`]],
    [[north], ['3 → 5'], [`${north}/replicas.yaml`]],
  ]);
});

test('a folder that is gone or new brings no other into it, not where the model held the first either', async () => {
  const { [`${east}/kustomization.yaml`]: _east, ...without } = three;
  const gone = await from(without);
  expect(places(gone)).toEqual([`gone Deployment/web in ${east}`, `gone Secret/token in ${east}`]);
  expect(gone.changes[0]).toMatchObject({ section: 'removed', fields: [], base: { folder: east } });
  expect(diffFormats.pretty(gone, { color: false })).toContain(
    `  Deployment/web, Secret/token, all in ${east}\n`,
  );
  // A set that asks for clusters may deploy it, and so what becomes of it is not known.
  const set = object(
    'ApplicationSet',
    'web',
    { spec: { generators: [{ clusters: {} }], template: {} } },
    'argoproj.io/v1alpha1',
  );
  const open = await from({ ...without, 'K8s/sets.yaml': [set] }, { ...three, 'K8s/sets.yaml': [set] });
  expect(gone.changes[0]?.fate?.outcome).toBe('stays');
  expect(open.changes[0]?.fate).toEqual({
    outcome: 'unknown',
    because: expect.stringContaining('ApplicationSet web'),
  });
  const added = await from(three, without);
  expect(places(added)).toEqual([`added Deployment/web in ${east}`, `added Secret/token in ${east}`]);
  const renamed = await from({ ...without, ...overlay('apex') });
  expect(renamed.changes).toMatchObject([
    { action: 'moved', reference: 'Deployment/web', folders: ['K8s/web/apex'], fields: [] },
    { action: 'moved', reference: 'Secret/token', base: { folder: east }, head: { folder: 'K8s/web/apex' } },
  ]);
  expect(diffFormats.pretty(renamed, { color: false })).toContain(
    `    from folder ${east} to K8s/web/apex, and else the same\n`,
  );
});

test('a folder that does not build leaves open what it makes, and nothing of the others', async () => {
  const found = await from({
    ...three,
    'K8s/web/base/web.yaml': deployment('web:2'),
    ...overlay(
      'west',
      `patches: [{ patch: '[{ op: remove, path: /none }]', target: { kind: Deployment } }]\n`,
    ),
  });
  expect(places(found)).toEqual([
    `changed Deployment/web in ${east}, ${north}`,
    `unknown Deployment/web in ${west}`,
  ]);
  expect(found.changes[1]?.unknown).toEqual([expect.stringContaining(west)]);
  expect(found.unverified).toMatchObject([{ before: null, after: { what: `kustomization ${west}` } }]);
});

test('where something deploys one of the folders, what is the same in the others is told with it', async () => {
  const source = { repoURL: 'https://git.example.com/shop.git', targetRevision: 'HEAD', path: west };
  const deployed = { ...three, 'K8s/apps.yaml': [application('web', { source })] };
  const found = await from({ ...deployed, 'K8s/web/base/web.yaml': deployment('web:2') }, deployed);
  expect(found.changes).toMatchObject([
    { reference: 'Deployment/web', head: { application: 'web', folder: null }, folders: [east, north] },
  ]);
  expect(diffFormats.pretty(found, { color: false })).toContain(
    `    the same in 2 folders that nothing is known to deploy: ${east}, ${north}\n`,
  );
  const handed = await from(deployed);
  expect(places(handed)).toEqual([
    'changed Deployment/web in its place',
    'changed Secret/token in its place',
    'added Application/web in its place',
  ]);
  expect(handed.changes[0]?.effects).toMatchObject([{ what: 'application', before: null, after: 'web' }]);
});

test('a folder that lists what something deploys says nothing again, unless it changes it', async () => {
  const source = { repoURL: 'https://git.example.com/shop.git', targetRevision: 'HEAD', path: west };
  const all = (more = ''): Files => ({
    'K8s/apps.yaml': [application('web', { source, ...{ syncPolicy: { automated: { prune: true } } } })],
    'K8s/web/base/kustomization.yaml': 'namespace: shop\nresources: [web.yaml, token.yaml]\n',
    'K8s/web/base/web.yaml': deployment('web:1'),
    'K8s/web/base/token.yaml': [object('ConfigMap', 'token', { data: { a: 'b' } })],
    ...overlay('west'),
    'K8s/kustomization.yaml': `resources: [web/west]\n${more}`,
  });
  const without = { ...all(), 'K8s/web/base/kustomization.yaml': 'namespace: shop\nresources: [web.yaml]\n' };
  expect((await from({ ...without, 'K8s/web/base/token.yaml': '# none\n' }, all())).changes).toMatchObject([
    { action: 'gone', reference: 'ConfigMap/token', folders: [], fate: { outcome: 'pruned' } },
  ]);
  expect(places(await from(all(images('2')), all()))).toEqual(['changed Deployment/web in K8s']);
});

test('a file that no kustomization lists any more is left behind, and one that is listed again is new', async () => {
  const { 'K8s/web/base/token.yaml': _secret, ...rest } = three;
  const listed: Files = {
    ...rest,
    'K8s/web/base/token.yaml': [object('ConfigMap', 'token', { data: { a: 'b' } })],
  };
  const without = {
    ...listed,
    'K8s/web/base/kustomization.yaml': 'namespace: shop\nresources: [web.yaml]\n',
  };
  const left = await from(without, listed);
  expect(left.changes.map(({ section, reference }) => `${section} ${reference}`)).toEqual([
    'removed ConfigMap/token',
    'removed ConfigMap/token',
  ]);
  expect(left.changes.flatMap(({ effects }) => effects)).toEqual([
    { what: 'folder', before: east, after: null },
  ]);
  expect(left.changes.flatMap(({ folders }) => folders)).toEqual([north, west]);
  const [again] = (await from(listed, without)).changes.filter(({ action }) => action === 'changed');
  expect(again).toMatchObject({ section: 'added', effects: [{ what: 'folder', before: null, after: east }] });
});

test('an overlay that becomes the base of another is built there', async () => {
  const top = 'resources: [../west]\npatches: [{ path: replicas.yaml }]\n';
  const found = await from({
    ...three,
    'K8s/web/top/kustomization.yaml': top,
    'K8s/web/top/replicas.yaml': three['K8s/web/north/replicas.yaml'] ?? '',
  });
  expect(found.changes).toMatchObject([
    { action: 'changed', base: { folder: west }, head: { folder: 'K8s/web/top' }, fields: [{}] },
    { action: 'moved', reference: 'Secret/token', folders: ['K8s/web/top'] },
  ]);
});

test('no value of a Secret is told, in whichever overlay', async () => {
  const secret = (value: string) => overlay('west', `patches: [{ patch: '${patch(value)}' }]\n`);
  const patch = (value: string) =>
    `{ apiVersion: v1, kind: Secret, metadata: { name: token }, stringData: { key: ${value}-secret-value } }`;
  const found = await from({ ...three, ...secret('third') }, { ...three, ...secret('second') });
  expect(places(found)).toEqual([]);
  expect(JSON.stringify(found)).not.toMatch(/secret-value/);
  const made = await from({
    ...three,
    ...overlay('north', 'secretGenerator: [{ name: made, literals: [a=first-secret-value] }]\n'),
    ...overlay('west', 'secretGenerator: [{ name: made, literals: [a=second-secret-value] }]\n'),
  });
  expect(JSON.stringify(made)).not.toMatch(/secret-value/);
});

test('what is not read is told of each overlay, also where another has asked for the same before', async () => {
  const chart = (version: string) =>
    `helmCharts: [{ name: shop, repo: "https://charts.example.com", version: ${version} }]\n`;
  const all = (first: string, second: string): Files => ({
    ...three,
    ...overlay('east', chart(first)),
    ...overlay('north', chart(second)),
    ...overlay('west', chart('1.1.0')),
  });
  const versions = ({ unverified }: PlatformDiff) =>
    unverified.map(({ before, after }) => `${after?.origin?.file}: ${before?.what} → ${after?.what}`);
  const words = 'helm chart shop 1.0.0 → helm chart shop 1.1.0';
  const one = await from(all('1.1.0', '1.0.0'), all('1.0.0', '1.0.0'));
  expect(versions(one)).toEqual([`${east}/kustomization.yaml: ${words}`]);
  const both = await from(all('1.1.0', '1.1.0'), all('1.0.0', '1.0.0'));
  expect(versions(both)).toEqual([
    `${east}/kustomization.yaml: ${words}`,
    `${north}/kustomization.yaml: ${words}`,
  ]);
  expect(diffFormats.pretty(both, { color: false })).toContain(
    `  ${words}\n    in 2 places: ${east}/kustomization.yaml, ${north}/kustomization.yaml\n`,
  );
});
