import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isObject, type JsonObject, type JsonValue } from '../../plugins/base/index.ts';
import { folderNames, manifestsOf } from '../../plugins/engine/index.ts';
import { writeDocument } from '../../plugins/engine/manifests/write-document.ts';
import { type Application, deployersOf } from '../../plugins/model/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { parseYaml, toJson } from '../../plugins/source/index.ts';
import { harmless } from '../../scripts/commands/common.ts';
import { runs } from '../fuzz.ts';
import { tree } from '../source/tree.ts';
import { testInTurns } from '../turns.ts';
import { application } from '../views/platform.ts';
import { fixtures, plumbline } from './cli.ts';

const inTurn = testInTurns(2);

const object = (kind: string, name: string, more = '', annotations = '') =>
  `apiVersion: ${kind === 'Job' ? 'batch/v1' : 'v1'}\nkind: ${kind}\nmetadata: {name: ${name}, annotations: {${annotations}}}\n${more}---\n`;
const hook = (phase: string, wave = '0') =>
  `argocd.argoproj.io/hook: ${phase}, argocd.argoproj.io/sync-wave: "${wave}"`;
const app = (name: string, spec: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  project: default\n  destination: {server: https://kubernetes.default.svc, namespace: ${name}}\n  ${spec}\n---\n`;
const here = 'repoURL: https://git.example.com/a.git';

/** Hooks and waves, a chart, a kustomization, a Secret, two sources, a chart that is not here. */
const files = {
  'plumbline.yaml': 'repository: {url: https://git.example.com/a.git}\nlayers: {gitops: [K8s]}\n',
  'K8s/apps.yaml': [
    app('shop', `source: {${here}, path: K8s/shop}\n  syncPolicy: {syncOptions: [CreateNamespace=true]}`),
    app('both', `sources: [{${here}, path: K8s/chart}, {${here}, path: K8s/plain}]`),
    app('remote', 'source: {repoURL: https://charts.example.com, chart: redis, targetRevision: 1.2.3}'),
  ].join(''),
  'K8s/shop/kustomization.yaml': 'namePrefix: my-\nresources: [all.yaml]\n',
  'K8s/shop/all.yaml': [
    object('Job', 'after', 'spec: {}\n', hook('PostSync')),
    object('Job', 'twice', 'spec: {}\n', `"argocd.argoproj.io/hook": "PreSync,PostSync"`),
    object('Service', 'web', 'spec: {ports: [{port: 80}]}\n'),
    object('ConfigMap', 'web', 'data: {on: "yes", text: "a\\nb\\n"}\n'),
    object('ConfigMap', 'first', '', 'argocd.argoproj.io/sync-wave: "-1"'),
    object('Secret', 'web', `data: {key: ${btoa('hidden')}}\nstringData: {other: hidden}\n`),
    object('Job', 'never', 'spec: {}\n', hook('Skip')),
    object('Namespace', 'last', '', 'argocd.argoproj.io/sync-wave: "9"'),
  ].join(''),
  'K8s/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
  'K8s/chart/templates/all.yaml': `${object('ConfigMap', '{{ .Release.Name }}', 'data: {at: "{{ now | unixEpoch }}", is: known}\n')}${object('Pod', 'test', 'spec: {}\n', '"helm.sh/hook": test')}`,
  'K8s/plain/a.yaml': object(
    'ConfigMap',
    'plain',
    'data:\n  inner: |\n    apiVersion: v1\n    kind: Secret\n    stringData: {other: hidden}\n',
  ),
};
let root: string;
beforeAll(() => {
  root = tree(files);
});
const manifests = (...args: string[]) => plumbline(['--root', root, 'manifests', ...args]);
const comments = (text: string) => text.split('\n').filter((line) => line.startsWith('#'));
/** When each document is applied, by its comment, and what it is. */
const sequence = (text: string) =>
  text
    .split(/^---\n/m)
    .slice(1)
    .map((document) => {
      const { kind, metadata } = parse(document) as { kind: string; metadata: { name: string } };
      return `${/^# .*?\): (.*)/.exec(document)?.[1]} | ${kind} ${metadata.name}`;
    });

describe('what is applied', () => {
  inTurn('stands in the order of Argo CD, each with where it comes from', async () => {
    const { code, stdout, stderr } = await manifests('shop');
    expect([code, stderr]).toEqual([0, '']);
    expect(sequence(stdout)).toEqual([
      'PreSync, wave 0 | Job my-twice',
      'Sync, wave -1 | ConfigMap my-first',
      'Sync, wave 0 | Secret my-web',
      'Sync, wave 0 | ConfigMap my-web',
      'Sync, wave 0 | Service my-web',
      'Sync, wave 9 | Namespace last',
      'PostSync, wave 0 | Job my-after',
      'PostSync, wave 0 | Job my-twice',
    ]);
    expect(comments(stdout).slice(0, 6)).toEqual([
      '# Application argocd/shop (K8s/apps.yaml:1) to https://kubernetes.default.svc into namespace shop',
      '# source: K8s/shop of this repository',
      '# a sync makes the Namespace shop before anything else',
      '# no part of a sync: Job/my-never (argocd.argoproj.io/hook: Skip)',
      '# Application argocd/shop (K8s/apps.yaml:1): PreSync, wave 0',
      '# from K8s/shop/all.yaml:6 by way of K8s/shop/kustomization.yaml:2 (kustomization), K8s/shop/kustomization.yaml:1 (namePrefix)',
    ]);
    expect(stdout).toMatch(/namespace: shop/);
    expect(stdout).not.toContain('tracking-id');
  });

  inTurn('has the keys of Secrets and no value, with what no cluster takes in its place', async () => {
    const { stdout } = await manifests();
    expect(stdout).not.toMatch(/hidden|aGlkZGVu/);
    expect(stdout).toContain('data:\n  key: (left out)\n  other: (left out)\n');
    expect(stdout).toContain(
      '# the values of the Secret are left out: no cluster takes it as it stands here\n',
    );
    expect(stdout).toContain('# left out, as it is secret: data.inner\n');
  });

  inTurn('says of several sources which each is of, and what is not known', async () => {
    const { code, stdout, stderr } = await manifests('argocd/both');
    expect(code).toBe(0);
    expect(sequence(stdout)).toEqual(['Sync, wave 0 | ConfigMap both', 'Sync, wave 0 | ConfigMap plain']);
    expect(comments(stdout)).toEqual(
      expect.arrayContaining([
        '# source: K8s/chart of this repository',
        '# source: K8s/plain of this repository',
        '# no part of a sync: Pod/test (helm.sh/hook: test)',
        expect.stringMatching(/^# from K8s\/chart\/templates\/all\.yaml:1 by way of K8s\/apps\.yaml:\d+ /),
        expect.stringMatching(/^# not verified: ConfigMap\/both: data\.at: calls of `now` in its chart/),
      ]),
    );
    expect(stdout).toContain('at: (differs each time)');
    expect(stderr).toMatch(
      /^not verified: Application argocd\/both: .*\n0 of 1 application known as a whole\n$/,
    );
    const strict = await manifests('shop', 'remote', '--strict');
    expect(strict).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('help: run `plumbline fetch`'),
    });
    expect(strict.stdout).toContain('#   helm chart redis 1.2.3: ');
  });

  inTurn('is of applications that there are', async () => {
    expect(await manifests('shpo')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('`shop`'),
    });
    const flux = ['--root', join(fixtures, 'flux-shop'), 'manifests'];
    const { stdout } = await plumbline([...flux, 'HelmRelease/api', 'infrastructure']);
    expect(sequence(stdout)).toEqual([
      'step 1 of 2 | Namespace metrics',
      'step 1 of 2 | Namespace shop',
      'step 2 of 2 | HelmRelease metrics',
      'step 2 of 2 | HelmRepository metrics',
      'step 1 of 1 | Deployment api',
    ]);
    const forbidden = await plumbline(['--root', join(fixtures, 'model-forbidden'), 'manifests', 'wrong']);
    expect(forbidden).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not permitted in project'),
    });
    expect(forbidden.stdout).toContain('# nothing of it is applied: ');
  });
});

describe('what is written reads as what the model has', () => {
  test.each(['model-shop', 'flux-shop', 'model-forbidden', 'checks-platform', 'ours'])(
    'of %s',
    async (name) => {
      const platform = await loadPlatform({ root: name === 'ours' ? root : join(fixtures, name) });
      let count = 0;
      for (const deployer of deployersOf(platform.model)) {
        const expected = deployer.order.flat().map((id) => normal(platform.resource(id)?.rendered ?? {}));
        const { text } = manifestsOf(deployer, platform);
        expect(readBack(text).map(normal)).toEqual(expected);
        expect(harmless(text, 'text')).toBe(text);
        count += expected.length;
      }
      expect(count).toBeGreaterThan(3);
    },
  );

  inTurn('with texts of lines as blocks', () => {
    const text = 'a:\n  b: 1\n\n  c: 2\n';
    expect(writeDocument({ a: text }, ['x', 'y\nz'])).toBe(
      '---\n# x\n# y z\na: |\n  a:\n    b: 1\n\n    c: 2\n',
    );
  });

  inTurn('whatever its texts are', () => {
    const odd = [
      'yes',
      'n',
      '0o17',
      '017',
      '1:30',
      '=',
      '<<',
      '2001-01-01',
      '1e3',
      '~',
      '',
      'null',
      '.inf',
      '---',
      '...',
    ];
    const marks = [
      'a\n  b\n',
      '\u202e',
      '\u0085',
      '\u2028',
      '\ufeff',
      '\0',
      '\r\n',
      '\n',
      ' ',
      '\t',
      '::set-output a::b',
      '##[x',
      '#',
      ': ',
      "'",
      '"',
      'a',
    ];
    const text = fc.oneof(
      fc.constantFrom(...odd),
      fc.array(fc.constantFrom(...marks), { maxLength: 9 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme' }),
    );
    const value = fc.dictionary(
      text,
      fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.dictionary(text, text, { maxKeys: 3 })),
      { maxKeys: 5 },
    );
    fc.assert(
      fc.property(value, fc.array(text, { maxLength: 2 }), (given, said) => {
        const written = writeDocument({ a: given, b: 1.5, c: null, d: true }, said);
        const expected = { a: { ...given }, b: 1.5, c: null, d: true };
        expect(readBack(written)).toEqual([expected]);
        expect(parse(written, { logLevel: 'silent' })).toEqual(expected);
        expect(harmless(written, 'text')).toBe(written);
      }),
      { numRuns: runs(200) },
    );
  });
});

/** By the reader of manifests. */
function readBack(text: string): JsonObject[] {
  return parseYaml(text).map((document) => {
    expect(document.errors).toEqual([]);
    return toJson(document.contents).value as JsonObject;
  });
}

/** Values of Secrets are left out by both, and all their keys are `data` to a cluster. */
function normal(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(normal);
  if (!isObject(value)) return value;
  const { data, stringData, ...others } = value;
  if (value.kind !== 'Secret' || (data === undefined && stringData === undefined))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner)]));
  const keys = [...Object.keys(data ?? {}), ...Object.keys(stringData ?? {})];
  return { ...others, data: Object.fromEntries(keys.map((key) => [key, 'left out'])) };
}

describe('a folder', () => {
  const list = '.plumbline-manifests';
  const names = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();
  const whole = [
    '.plumbline-manifests',
    'both',
    'both/manifest.yaml',
    'remote',
    'remote/manifest.yaml',
    'shop',
    'shop/manifest.yaml',
  ];

  inTurn('gets a manifest for each application, and loses what it wrote and is no more', async () => {
    const own = tree(files);
    const out = join(own, 'rendered');
    const write = (...args: string[]) => plumbline(['--root', own, 'manifests', '--out', out, ...args]);
    expect(await write()).toMatchObject({ code: 0, stdout: `${out}: 3 manifests, 3 written, 0 removed\n` });
    expect(names(out)).toEqual(whole);
    const { stdout } = await plumbline(['--root', own, 'manifests', 'shop']);
    expect(readFileSync(join(out, 'shop/manifest.yaml'), 'utf8')).toBe(stdout);
    expect((await write()).stdout).toContain('3 manifests, 0 written, 0 removed');
    // Files of others stay where they are, of what is named only that is touched.
    writeFileSync(join(out, 'both/notes.md'), 'mine');
    writeFileSync(join(own, 'K8s/apps.yaml'), app('shop', `source: {${here}, path: K8s/plain}`));
    expect((await write('shop')).stdout).toContain('1 manifest, 1 written, 0 removed');
    expect(names(out)).toEqual([...whole, 'both/notes.md'].sort());
    expect((await write()).stdout).toContain('1 manifest, 0 written, 2 removed');
    expect(names(out)).toEqual([list, 'both', 'both/notes.md', 'shop', 'shop/manifest.yaml']);
  });

  inTurn('is not touched where something is not known, with --strict', async () => {
    const out = join(tree({}), 'new');
    expect(await manifests('--strict', '--out', out)).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('nothing is written'),
    });
    expect(existsSync(out)).toBe(false);
  });

  inTurn('that a killed run left is known as such, and made whole by the next', async () => {
    const out = tree({});
    await manifests('--out', out);
    const before = names(out).map((name) =>
      name.endsWith('.yaml') ? readFileSync(join(out, name), 'utf8') : name,
    );
    const lines = readFileSync(join(out, list), 'utf8').split('\n');
    expect(lines[1]).toBe('finished');
    writeFileSync(
      join(out, list),
      lines.with(1, 'unfinished').concat('gone/manifest.yaml', '').filter(Boolean).concat('').join('\n'),
    );
    mkdirSync(join(out, 'gone'));
    writeFileSync(join(out, 'gone/manifest.yaml'), 'half');
    writeFileSync(join(out, 'shop/manifest.yaml'), 'half');
    await manifests('--out', out);
    expect(
      names(out).map((name) => (name.endsWith('.yaml') ? readFileSync(join(out, name), 'utf8') : name)),
    ).toEqual(before);
    expect(readFileSync(join(out, list), 'utf8').split('\n')).toEqual(lines);
  });

  test.each<[string, (out: string) => void, string]>([
    ['holds other things', (out) => writeFileSync(join(out, 'README.md'), ''), '`README.md`'],
    ['has another list', (out) => writeFileSync(join(out, list), 'x\n'), 'did not write'],
    [
      'has a list that leads out',
      (out) => writeFileSync(join(out, list), `${listOf(out)}../x/manifest.yaml\n`),
      'did not write',
    ],
    [
      'has a link for a folder',
      (out) => {
        listOf(out);
        symlinkSync(tree({}), join(out, 'shop'));
      },
      '`shop/manifest.yaml`',
    ],
    [
      'has a file that is not of the list',
      (out) => {
        listOf(out);
        mkdirSync(join(out, 'both'));
        writeFileSync(join(out, 'both/manifest.yaml'), 'mine');
      },
      '`both/manifest.yaml`',
    ],
  ])('is refused where it %s', async (_, prepare, said) => {
    const out = tree({ '.git/HEAD': '' });
    prepare(out);
    const before = names(out);
    expect(await manifests('--out', out)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(said),
    });
    expect(names(out)).toEqual(before);
  });

  inTurn('lies where nothing reads manifests', async () => {
    for (const folder of ['K8s', 'K8s/new/deep'])
      expect(await manifests('--out', join(root, folder))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('lies where manifests are read'),
      });
    expect(existsSync(join(root, 'K8s/new'))).toBe(false);
  });

  /** An empty list. */
  function listOf(out: string): string {
    const text =
      '# Written by `plumbline manifests`, as are the files that follow: the next run writes over them and removes them.\nfinished\n';
    writeFileSync(join(out, list), text);
    return text;
  }
});

inTurn('folders have names of their own that every file system takes', async () => {
  const platform = await loadPlatform({ root: join(fixtures, 'flux-shop') });
  expect([...folderNames(platform.model).values()]).toEqual([
    'kustomization_flux-system_apps',
    'kustomization_flux-system_flux-system',
    'kustomization_flux-system_infrastructure',
    'helmrelease_metrics_metrics',
    'helmrelease_shop_api',
  ]);
  const of = (name: string, more: Partial<Application> = {}): Application =>
    application(name, { id: `Application.argoproj.io/${more.namespace ?? 'argocd'}/${name}`, ...more });
  const applications = [
    of('shop'),
    of('shop', { id: 'Application.argoproj.io/argocd/shop@clusters/b/app.yaml' }),
    of('shop', { namespace: 'team', instanceName: 'team_shop' }),
    of('shop', { namespace: 'other' }),
    ...['aux', '../x', 'Shop', 'a'.repeat(300), 'a\0b', '..', ''].map((name) => of(name)),
  ];
  const names = [
    ...folderNames({ ...platform.model, applications, kustomizations: [], helmReleases: [] }).values(),
  ];
  expect(names.slice(0, 4)).toEqual([
    'shop',
    expect.stringMatching(/^shop_clusters-b-app-yaml-[0-9a-f]{12}$/),
    'team_shop',
    'other_shop',
  ]);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(applications.length);
  for (const name of names) {
    expect(name).toMatch(/^[a-z0-9-][a-z0-9._-]{0,239}$/);
    expect(name).not.toMatch(/^(aux|con|nul)(\.|$)|\.$/);
  }
});
