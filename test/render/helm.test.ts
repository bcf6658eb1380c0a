import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { EngineMissingError } from '../../plugins/render/engines/find-engine.ts';
import {
  type HelmRequest,
  type KustomizeRequest,
  noAnswers,
  type RenderedObject,
  requestKey,
  type SourceRequest,
} from '../../plugins/render/index.ts';
import { cacheDirectory, openCache } from '../../plugins/source/index.ts';
import { restoreEnvironment } from '../environment.ts';
import { read, tree } from '../source/tree.ts';
import { testInTurns } from '../turns.ts';
import { renderAll, renderSources } from './rendering.ts';

const inTurn = testInTurns(2);

const before = { ...process.env };
afterEach(() => {
  restoreEnvironment(before);
});

const origin = { file: 'K8s/app.yaml', line: 3, column: 1, endLine: 3, endColumn: 2 };
const helm = (directory: string, more: Partial<HelmRequest> = {}): HelmRequest => ({
  ...{
    type: 'Helm',
    origin,
    directory,
    release: 'shop',
    namespace: 'web',
    valueFiles: [],
    values: null,
    packed: null,
  },
  ...{ parameters: [], fileParameters: [], skipCrds: false, skipTests: false, skipSchemaValidation: false },
  ...{ cluster: noAnswers, installed: false },
  ...more,
});
const kustomize = (directory: string, options: KustomizeRequest['options']): KustomizeRequest => ({
  ...{ type: 'Kustomize', origin, directory, options, resources: null, cluster: noAnswers },
});

async function render(root: string, request: SourceRequest, cache = openCache(null)) {
  const sources = await read(root);
  const key = requestKey(request);
  const built = (await renderSources(sources, new Map([[key, request]]), { cache })).get(key);
  if (built === undefined) throw new Error('nothing was rendered');
  return built;
}
const renderFiles = (files: Record<string, string>, request: SourceRequest) => render(tree(files), request);

const nameOf = ({ value }: RenderedObject) => `${value.kind}/${(value.metadata as { name: string }).name}`;
const dataOf = ({ value }: RenderedObject) => value.data as Record<string, string>;

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const chart = (name: string, rest = '') => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${rest}`;
const shop = {
  'K8s/shop/Chart.yaml': chart('shop'),
  'K8s/shop/values.yaml': 'colour: red\nsize: small\npassword: planted-value\n',
  'K8s/shop/templates/config.yaml':
    '# comments\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  namespace: {{ .Release.Namespace }}\ndata: {colour: {{ .Values.colour }}, size: {{ .Values.size | quote }}}\n',
  'K8s/shop/templates/two.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {password: {{ .Values.password }}}\n---\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  annotations: {helm.sh/hook: pre-install, helm.sh/hook-weight: "-3"}\n',
  'K8s/shop/crds/thing.yaml':
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\n',
  'values/big.yaml': 'colour: blue\nsize: big\n',
};

describe('a chart of the repository', () => {
  inTurn('is rendered by the real Helm, and each object knows its template', async () => {
    const { objects, failure, unverified, inputs } = await renderFiles(shop, helm('K8s/shop'));
    expect([failure, unverified]).toEqual([null, []]);
    const found = objects.map((object) => `${nameOf(object)} ${object.origin.file}:${object.origin.line}`);
    expect(found.toSorted()).toEqual([
      'ConfigMap/shop K8s/shop/templates/config.yaml:3',
      'CustomResourceDefinition/things.example.com K8s/shop/crds/thing.yaml:1',
      'Job/migrate K8s/shop/templates/two.yaml:6',
      'Secret/key K8s/shop/templates/two.yaml:1',
    ]);
    expect(objects[0]?.origin.via).toEqual([{ file: 'K8s/shop/Chart.yaml', line: 1, what: 'chart' }]);
    expect(inputs).toEqual(
      Object.keys(shop)
        .filter((path) => path.startsWith('K8s/'))
        .toSorted(),
    );
    expect(JSON.stringify(objects)).not.toContain('planted-value');
  });

  inTurn('parameters win over `values`, `values` over value files, value files over the chart', async () => {
    const colours = async (more: Partial<HelmRequest>) => {
      const { objects } = await renderFiles(shop, helm('K8s/shop', more));
      return dataOf(objects.find((one) => nameOf(one) === 'ConfigMap/shop') as RenderedObject);
    };
    const valueFiles = ['values/big.yaml'];
    const values = { colour: 'green' };
    const parameters = [{ name: 'colour', value: 'a,b', forceString: true }];
    expect(await colours({})).toEqual({ colour: 'red', size: 'small' });
    expect(await colours({ valueFiles })).toEqual({ colour: 'blue', size: 'big' });
    expect(await colours({ valueFiles, values })).toEqual({ colour: 'green', size: 'big' });
    expect(await colours({ valueFiles, values: 'size: wide\n' })).toEqual({ colour: 'blue', size: 'wide' });
    expect(
      await colours({ values, parameters: [{ name: 'size', value: 'a,b', forceString: true }] }),
    ).toEqual({
      ...{ colour: 'green', size: 'a,b' },
    });
    expect(parameters).toHaveLength(1);
  });

  inTurn('skipCrds leaves the CRDs out', async () => {
    const { objects } = await renderFiles(shop, helm('K8s/shop', { skipCrds: true }));
    expect(objects.map(nameOf)).not.toContain('CustomResourceDefinition/things.example.com');
  });

  inTurn('what Helm refuses is said in its words, at the template', async () => {
    const { failure, objects } = await renderFiles(
      { ...shop, 'K8s/shop/templates/bad.yaml': 'a: b\nc: {{ required "say a name" .Values.name }}\n' },
      helm('K8s/shop'),
    );
    expect(objects).toEqual([]);
    expect(failure?.actual).toContain('say a name');
    expect(failure?.sources[0]).toMatchObject({ file: 'K8s/shop/templates/bad.yaml', line: 2 });
    expect(JSON.stringify(failure)).not.toMatch(/plumbline-chart-|planted-value/);
  });

  inTurn('charts of the repository that it depends on are rendered, remote ones are unverified', async () => {
    const files = {
      'K8s/app/Chart.yaml': chart(
        'app',
        'dependencies:\n  - {name: part, version: 1.0.0, repository: "file://../part"}\n  - {name: redis, version: 9.9.9, repository: "https://example.com/charts"}\n  - {name: git, version: 1.0.0, repository: "git+https://example.com/a@charts"}\n',
      ),
      'K8s/app/templates/x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
      'K8s/part/Chart.yaml': chart('part'),
      'K8s/part/templates/part.yaml': configMap('part'),
    };
    const { objects, failure, unverified } = await renderFiles(files, helm('K8s/app'));
    expect(failure).toBeNull();
    expect(objects.map((one) => `${nameOf(one)} ${one.origin.file}`).toSorted()).toEqual([
      'ConfigMap/part K8s/part/templates/part.yaml',
      'ConfigMap/x K8s/app/templates/x.yaml',
    ]);
    expect(unverified).toEqual([
      {
        kind: 'chart',
        what: 'helm chart redis 9.9.9',
        why: 'it comes from https://example.com/charts: `plumbline fetch` brings it',
        remedy: 'fetch',
        origin: expect.objectContaining({ file: 'K8s/app/Chart.yaml', line: 6 }),
        chart: { name: 'redis', version: '9.9.9', directory: null },
      },
      expect.objectContaining({
        what: 'helm chart git 1.0.0',
        why: 'it comes from git+https://example.com/a@charts: that is no address over HTTP and no registry, and nothing is asked for there',
      }),
    ]);
  });

  inTurn(
    'the second time comes from the cache and starts no Helm; a changed template is rendered again',
    async () => {
      const root = tree(shop);
      const folder = tree({});
      const cold = await render(root, helm('K8s/shop'), openCache(folder));
      process.env.PLUMBLINE_HELM = join(tree({ helm: '#!/bin/sh\nexit 1\n' }), 'helm');
      await expect(render(root, helm('K8s/shop'), openCache(folder))).rejects.toBeInstanceOf(
        EngineMissingError,
      );
      delete process.env.PLUMBLINE_HELM;
      const warm = await render(root, helm('K8s/shop'), openCache(folder));
      expect(JSON.stringify(warm)).toBe(JSON.stringify(cold));
      writeFileSync(
        join(root, 'K8s/shop/templates/config.yaml'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\n',
      );
      const changed = await render(root, helm('K8s/shop'), openCache(folder));
      expect(changed.objects.map(nameOf)).toContain('ConfigMap/new');
    },
  );
});

describe('a hostile chart', () => {
  inTurn('reads no file outside itself, asks no cluster and no name server, runs nothing', async () => {
    const root = tree({
      'secret.txt': 'outside-text',
      'K8s/evil/Chart.yaml': chart('evil'),
      'K8s/evil/templates/x.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  parent: {{ .Files.Get "../../secret.txt" | quote }}\n  absolute: {{ .Files.Get "/etc/hostname" | quote }}\n  link: {{ .Files.Get "link.txt" | quote }}\n  folder: {{ .Files.Get "etc/hostname" | quote }}\n  glob: {{ (.Files.Glob "../**").AsConfig | quote }}\n  lookup: {{ lookup "v1" "Secret" "" "" | toString | quote }}\n  host: {{ getHostByName "localhost" | quote }}\n',
    });
    const outside = tree({ 'private.txt': 'outside-text' });
    symlinkSync(join(outside, 'private.txt'), join(root, 'K8s/evil/link.txt'));
    symlinkSync('/etc', join(root, 'K8s/evil/etc'));
    const { objects, failure } = await render(root, helm('K8s/evil'));
    expect(failure).toBeNull();
    expect(objects[0]?.value.data).toEqual({
      ...{ parent: '', absolute: '', link: '', folder: '', glob: '{}', lookup: 'map[]', host: '' },
    });
  });

  test.runIf(process.platform === 'linux')(
    'that asks for all memory ends with the limit',
    { timeout: 90_000 },
    async () => {
      const files = { ...shop, 'K8s/shop/templates/x.yaml': 'x: {{ repeat 4500000000 "x" | len }}\n' };
      const { failure } = await renderFiles(files, helm('K8s/shop'));
      expect(failure?.actual).toMatch(/^Helm needed more than 4 GiB of memory$/);
    },
  );

  inTurn('whose dependency is named like a path writes nothing outside the copy', async () => {
    const outside = tree({});
    const { unverified, failure } = await renderFiles(
      {
        'K8s/app/Chart.yaml': chart(
          'app',
          'dependencies:\n  - {name: part, version: 1.0.0, repository: "file://../part"}\n',
        ),
        'K8s/part/Chart.yaml': chart(`../../../../..${outside}`),
        'K8s/part/templates/part.yaml': configMap('part'),
      },
      helm('K8s/app'),
    );
    expect(failure).toBeNull();
    expect(unverified.map(({ what }) => what)).toEqual(['helm chart part 1.0.0']);
    expect(readdirSync(outside)).toEqual([]);
  });

  inTurn('a release name that looks like an option is a name', async () => {
    const { failure } = await renderFiles(shop, helm('K8s/shop', { release: '--post-renderer=/bin/sh' }));
    expect(failure?.actual).toMatch(/invalid release name/i);
  });
});

describe('charts of a kustomization', () => {
  inTurn('that lie in the repository are rendered, remote ones stay unverified', async () => {
    const sources = await read(
      tree({
        'K8s/app/kustomization.yaml':
          'namespace: web\nhelmGlobals: {chartHome: parts}\nhelmCharts:\n  - {name: shop, releaseName: red, valuesInline: {colour: red}}\n  - {name: redis, version: 1.2.3, repo: https://example.com/charts}\n',
        'K8s/app/parts/shop/Chart.yaml': chart('shop'),
        'K8s/app/parts/shop/values.yaml': 'colour: blue\n',
        'K8s/app/parts/shop/templates/x.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}"}\ndata: {colour: "{{ .Values.colour }}"}\n',
      }),
    );
    for (const engine of ['', 'npm']) {
      if (engine === 'npm') process.env.PATH = '';
      // The cache of the run has that of npm unpacked.
      const cache = openCache(engine === 'npm' ? cacheDirectory(import.meta.dirname) : null);
      const { builds, diagnostics } = await renderAll(sources, { cache });
      const build = builds.get('K8s/app');
      expect(diagnostics).toEqual([]);
      expect(build?.objects.map((one) => [nameOf(one), dataOf(one), one.origin.line])).toEqual([
        ['ConfigMap/red', { colour: 'red' }, 4],
      ]);
      expect(build?.unverified.map(({ what }) => what)).toEqual(['helm chart redis 1.2.3']);
    }
  });
});

describe('a chart of a kustomization', () => {
  const files = {
    'K8s/app/kustomization.yaml': 'helmCharts: [{name: shop}]\n',
    'K8s/app/charts/shop/Chart.yaml': chart('shop'),
    'K8s/app/charts/shop/values.yaml': '{}\n',
  };

  inTurn(
    'without a release name gives the same every time, and says that its names are made up',
    async () => {
      const { builds } = await renderAll(
        await read(
          tree({
            ...files,
            'K8s/app/charts/shop/templates/x.yaml':
              'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}"}\n',
          }),
        ),
        { cache: openCache(null) },
      );
      expect(builds.get('K8s/app')?.objects.map(nameOf)).toEqual(['ConfigMap/release-name']);
      expect(builds.get('K8s/app')?.unverified.map(({ what }) => what)).toEqual([
        'names of the charts of K8s/app',
      ]);
    },
  );

  inTurn('that Helm refuses is said in its words, without the folders of this run', async () => {
    const root = tree({
      ...files,
      'K8s/app/charts/shop/templates/x.yaml': 'a: {{ fail "no such colour" }}\n',
    });
    const { diagnostics } = await renderAll(await read(root), { cache: openCache(null) });
    expect(diagnostics.map(({ actual }) => actual)).toEqual([
      'execution error at (shop/templates/x.yaml:1:6): no such colour',
    ]);
  });
});

describe('options of an Application', () => {
  const files = {
    'K8s/base/kustomization.yaml':
      'namePrefix: old-\nresources: [x.yaml]\nimages: [{name: nginx, newTag: "1"}]\n',
    'K8s/base/x.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app, namespace: a}\nspec: {replicas: 1, template: {spec: {containers: [{name: c, image: nginx}]}}}\n',
    'K8s/part/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {from: part}\n',
  };

  inTurn('are added as `kustomize edit` does: replaced, merged by name, or appended', async () => {
    const options = {
      ...{
        namePrefix: 'new-',
        nameSuffix: '-eu',
        namespace: 'web',
        images: ['nginx=registry.example.com/nginx:2'],
      },
      ...{ replicas: [{ name: 'app', count: 3 }], commonAnnotations: { team: 'a' }, components: ['../part'] },
      patches: [
        {
          target: { kind: 'Deployment' },
          patch: '- {op: add, path: /metadata/labels, value: {patched: "yes"}}',
        },
      ],
    };
    const { objects, failure, unverified } = await renderFiles(files, kustomize('K8s/base', options));
    expect([failure, unverified]).toEqual([null, []]);
    expect(objects[0]?.value).toMatchObject({
      metadata: {
        ...{ name: 'new-app-eu', namespace: 'web', labels: { patched: 'yes' } },
        annotations: { team: 'a', from: 'part' },
      },
      spec: { replicas: 3, template: { spec: { containers: [{ image: 'registry.example.com/nginx:2' }] } } },
    });
    expect(objects[0]?.origin).toMatchObject({ file: 'K8s/base/x.yaml', line: 1, document: 0 });
  });

  inTurn('that kustomize refuses are a failure in its words', async () => {
    const { failure } = await renderFiles(
      files,
      kustomize('K8s/base', {
        patches: [{ patch: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nope}\n' }],
      }),
    );
    expect(failure?.actual).toMatch(/no matches for Id/);
  });
});
