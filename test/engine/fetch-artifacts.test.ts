import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { restoreEnvironment } from '../environment.ts';
import { plumbline } from '../scripts/cli.ts';
import { tree } from '../source/tree.ts';
import { fileInTurns } from '../turns.ts';
import { type ChartServer, chartOf, layerOf, openChartServer } from './chart-server.ts';
import { ownStore } from './own-store.ts';

const { test } = fileInTurns(0, 2);

/** OCI artifacts, charts and others, in a registry on this machine: brought, locked, and rendered offline. */
let server: ChartServer;
const store = ownStore();
const before = { ...process.env };
beforeAll(async () => {
  server = await openChartServer();
});
afterAll(() => {
  restoreEnvironment(before);
  server.close();
});
beforeEach(() => {
  server.answers.clear();
  server.asked.length = 0;
});

const configMap = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${more}`;
const application = (name: string, artifact: string, revision: string, more = 'path: .') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: "oci://${server.host}/${artifact}", targetRevision: "${revision}", ${more}}\n  destination: {server: https://kubernetes.default.svc, namespace: ${name}}\n---\n`;
const fetching = (root: string, ...args: string[]) =>
  plumbline(['--root', root, 'fetch', '--plain-http', ...args]);
const lockOf = (root: string) => readFileSync(join(root, 'plumbline.lock'), 'utf8');
const names = async (root: string) => {
  const args = ['table', 'resources', '--where', "kind != 'Application'", '--format', 'json'];
  const { rows } = JSON.parse((await plumbline(['--root', root, ...args])).stdout);
  return rows.map(({ namespace, name }: Record<string, string>) => `${namespace}/${name}`).sort();
};

test('plain manifests, a kustomization and charts, by a tag, a range and a digest', async () => {
  const files = {
    'base/kustomization.yaml': 'namePrefix: my-\nresources: [cm.yaml]\n',
    'base/cm.yaml': configMap('own'),
    'plain/cm.yaml': configMap('plain'),
    'plain/linked.yaml': '→ ../other/linked.yaml',
    'other/linked.yaml': configMap('linked'),
  };
  server.putArtifact('acme/all', '1.2.0', [await layerOf({ 'plain/cm.yaml': configMap('old') })]);
  const digest = server.putArtifact('acme/all', '1.3.0_build', [await layerOf(files)]);
  const chart = await chartOf('shop', '1.0.0', {
    'templates/cm.yaml': configMap('{{ .Release.Name }}', 'data: {of: "{{ .Values.of }}"}\n'),
    'values.yaml': 'of: nobody\n',
  });
  const charted = server.putArtifact('acme/charts/shop', '1.0.0', [chart], {
    type: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    config: 'application/vnd.cncf.helm.config.v1+json',
  });
  const root = tree({
    'IT/apps.yaml': [
      application('plain', 'acme/all', '1.x', 'path: plain'),
      application('kustom', 'acme/all', digest, 'path: base'),
      application('tagged', 'acme/charts/shop', '1.0.0', 'path: ., helm: {releaseName: five}'),
      application('digest', 'acme/charts/shop', charted, 'path: ., helm: {valuesObject: {of: somebody}}'),
    ].join(''),
  });
  expect((await plumbline(['--root', root, 'check'])).stdout).toContain(
    'it is an OCI artifact: `plumbline fetch` brings it',
  );
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stderr]).toEqual([0, '']);
  const address = `oci://${server.host}/acme`;
  const short = (one: string) => one.slice(0, 19);
  expect(stdout).toBe(
    `${[
      `brought  ${short(charted)} of ${address}/charts/shop`,
      `brought  ${short(charted)} of ${address}/charts/shop, asked for as 1.0.0`,
      `brought  ${short(digest)} of ${address}/all`,
      `brought  ${short(digest)} of ${address}/all, asked for as 1.x`,
    ]
      .sort()
      .join('\n')}\n4 of 4 artifacts are here\n`,
  );
  expect(lockOf(root)).toContain(
    `  - artifact: ${address}/all\n    asked: 1.x\n    digest: ${digest}\n    sha256: `,
  );
  expect((await fetching(root, '--check')).code).toBe(0);
  server.asked.length = 0;
  expect(await names(root)).toEqual([
    'digest/digest',
    'kustom/my-own',
    'plain/linked',
    'plain/plain',
    'tagged/five',
  ]);
  const cold = await plumbline(['--root', root, '--no-cache', 'model']);
  expect(cold.stdout).toBe((await plumbline(['--root', root, 'model'])).stdout);
  expect(cold.stdout.match(/"of": "\w+"/g)?.sort()).toEqual([
    '"of": "nobody"',
    '"of": "somebody"',
    // What the Application says.
    '"of": "somebody"',
  ]);
  expect(server.asked).toEqual([]);
  // A tag that is moved is taken when it is asked for anew, and told.
  const moved = server.putArtifact('acme/charts/shop', '1.0.0', [
    await chartOf('shop', '1.0.0', { 'templates/cm.yaml': configMap('other') }),
  ]);
  expect((await fetching(root, '--locked')).code).toBe(0);
  // Pushed as no chart, it has the folder of its archive above all.
  expect((await fetching(root, '--update', 'shop')).stdout).toContain(
    `moved    ${short(moved)} of ${address}/charts/shop, asked for as 1.0.0, was ${short(charted)}: the tag of a release was moved\n`,
  );
});

test('sources of Flux: the layer that it takes, by a tag, a range and a digest', async () => {
  const of = async (name: string) => layerOf({ 'app/cm.yaml': configMap(name), 'app/.gitkeep': '' });
  const layers = [await of('first'), await of('second')];
  const digest = server.putArtifact('flux/two', 'latest', layers);
  server.putArtifact('flux/plain', 'latest', [gunzipSync(await of('plain'))]);
  server.putArtifact('flux/two', '1.4.0', [
    await layerOf({
      'kustomization.yaml': 'resources: [app]\n',
      'app/kustomization.yaml': 'resources: [cm.yaml]\n',
      'app/cm.yaml': configMap('ranged'),
      'gone/cm.yaml': configMap('gone'),
    }),
  ]);
  await server.put('release', '1.0.0', { 'templates/cm.yaml': configMap('of-{{ .Release.Name }}') });
  const source = (name: string, more: string, artifact = 'flux/two') =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: ${name}, namespace: flux}\nspec: {interval: 1h, url: "oci://${server.host}/${artifact}"${more}}\n---\n`;
  const kustomization = (name: string, path = './app') =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux}\nspec: {interval: 1h, prune: true, path: "${path}", targetNamespace: ${name}, sourceRef: {kind: OCIRepository, name: ${name}}}\n---\n`;
  const released = server.digestOf('release', '1.0.0');
  await server.put('tagged', 'edge', {
    'Chart.yaml': 'apiVersion: v2\nname: tagged\nversion: 0.1.0\n',
    'templates/cm.yaml': configMap('of-{{ .Chart.Version }}'),
  });
  const root = tree({
    'K8s/flux.yaml': [
      // Patterns are of the artifact, wherever its files lie here.
      ...[source('newest', ', ignore: "/*\\n!/app"'), kustomization('newest')],
      ...[source('plain', '', 'flux/plain'), kustomization('plain')],
      ...[
        source('range', ', ref: {semver: ">=1.0.0", tag: latest}, ignore: "gone/"'),
        kustomization('range', './'),
      ],
      ...[source('digest', `, ref: {digest: "${digest}", semver: 1.x}`), kustomization('digest')],
      source('typed', ', layerSelector: {mediaType: application/vnd.oci.image.layer.v1.tar+gzip}'),
      kustomization('typed'),
      source('other', ', layerSelector: {mediaType: application/vnd.acme.tar}') + kustomization('other'),
      source('kept', ', layerSelector: {operation: copy}') + kustomization('kept'),
      source('chart', `, ref: {digest: "${released}"}`, 'charts/release'),
      source('edge', ', ref: {tag: edge}', 'charts/tagged'),
      ...['chart', 'edge'].map(
        (name) =>
          `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: rel-${name}, namespace: flux}\nspec: {interval: 1h, chartRef: {kind: OCIRepository, name: ${name}}}\n---\n`,
      ),
    ].join(''),
  });
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stdout.split('\n').at(-2)]).toEqual([3, '2 of 2 charts, 4 of 6 artifacts are here']);
  expect(stderr).toContain('it has no layer of the type `application/vnd.acme.tar`');
  expect(stderr).toContain('its layer is not gzipped, and Flux unpacks no other');
  expect(lockOf(root)).toContain(`asked: latest\n    layer: first\n    digest: ${digest}\n`);
  server.asked.length = 0;
  const cold = await plumbline(['--root', root, '--no-cache', 'model']);
  expect(cold.stdout).toBe((await plumbline(['--root', root, 'model'])).stdout);
  expect(
    (await names(root)).filter((name: string) => !name.startsWith('flux/') || name.includes('of-')),
  ).toEqual([
    'digest/first',
    'flux/of-0.1.0',
    'flux/of-rel-chart',
    'newest/first',
    'range/ranged',
    'typed/first',
  ]);
  expect(server.asked).toEqual([]);
  expect((await fetching(root, '--check')).code).toBe(1);
});

test('a chart by a tag that is no version is brought as it is locked, wherever the tag leads by now', async () => {
  const put = async (of: string) =>
    server.putArtifact(
      'acme/charts/moving',
      'stable',
      [await chartOf('moving', '1.0.0', { 'templates/cm.yaml': configMap(of) })],
      {
        type: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
        config: 'application/vnd.cncf.helm.config.v1+json',
      },
    );
  const ofTag = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: moving, namespace: argocd}\nspec:\n  project: default\n  source: {repoURL: "${server.host}/acme/charts", chart: moving, targetRevision: stable}\n  destination: {server: https://kubernetes.default.svc, namespace: web}\n`;
  const root = tree({ 'IT/app.yaml': ofTag });
  await put('first');
  expect(await fetching(root)).toMatchObject({ code: 0, stderr: '' });
  const lock = lockOf(root);
  await put('second');
  rmSync(store, { recursive: true });
  expect(await names(root)).toEqual([]);
  expect(await fetching(root, '--locked')).toMatchObject({ code: 0, stderr: '' });
  expect([await names(root), lockOf(root)]).toEqual([['web/first'], lock]);
  // One that the registry has thrown away is nowhere.
  rmSync(store, { recursive: true });
  const content = /sha256: (\w+)/.exec(lock)?.[1];
  server.answers.set(`/v2/acme/charts/moving/blobs/sha256:${content}`, (_, response) => {
    response.writeHead(404).end();
  });
  const { code, stderr } = await fetching(root, '--locked');
  expect([code, stderr]).toEqual([1, expect.stringContaining('is not what was locked: ')]);
});

test('what is no content for Argo CD, or more than it may be, costs only itself', async () => {
  const one = await layerOf({ 'cm.yaml': configMap('one') });
  server.putArtifact('acme/good', '1', [one]);
  server.putArtifact('acme/two', '1', [one, await layerOf({ 'a.yaml': 'a: 1\n' })]);
  server.putArtifact('acme/type', '1', [one], { type: 'application/vnd.acme.tar+gzip' });
  server.putArtifact('acme/bomb', '1', [gzipSync(Buffer.alloc(101 * 2 ** 20), { level: 1 })]);
  server.putArtifact('acme/outside', '1', [await layerOf({ '../../planted.yaml': 'a: 1\n' })]);
  server.putArtifact('acme/leads', '1', [await layerOf({ 'a.yaml': '→ ../../etc/passwd' })]);
  server.putArtifact('acme/both', '1', [await layerOf({ a: 'a: 1\n', 'a/b.yaml': 'a: 1\n' })]);
  for (const name of ['false', 'silent', 'cut', 'private']) server.putArtifact(`acme/${name}`, '1', [one]);
  const at = (name: string) => `/v2/acme/${name}/manifests/1`;
  const wrong = server.putArtifact('acme/wrong', '1', [one]);
  server.answers.set(
    `/v2/acme/wrong/manifests/${wrong}`,
    (_, response) => void response.end('{"layers":[]}'),
  );
  server.answers.set(at('silent'), () => undefined);
  server.answers.set(at('cut'), (_, response) => {
    response.setHeader('content-length', '9999');
    response.write('half', () => response.destroy());
  });
  server.answers.set(at('private'), (_, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="acme"' }).end();
  });
  const all = ['two', 'type', 'bomb', 'outside', 'leads', 'both', 'wrong', 'cut', 'private', 'none'];
  const root = tree({
    'IT/apps.yaml': ['good', ...all].map((name) => application(name, `acme/${name}`, '1')).join(''),
  });
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stdout.split('\n').slice(-2, -1)]).toEqual([3, ['1 of 11 artifacts are here']]);
  const why = (name: string) =>
    new RegExp(`error: the artifact oci://${server.host}/acme/${name} at 1 cannot be fetched: (.*)`).exec(
      stderr,
    )?.[1];
  expect(Object.fromEntries(all.map((name) => [name, why(name)]))).toEqual({
    two: 'it has 2 layers of content, and Argo CD takes one that has one',
    type: 'its layer is `application/vnd.acme.tar+gzip`, which Argo CD does not take unless it is told to',
    bomb: 'it unpacks to more than 100 MiB',
    outside: expect.stringContaining('outside of the archive'),
    leads: expect.stringContaining('outside of the archive'),
    both: '`a` in it is a file and a folder',
    wrong: 'its manifest is not what its digest says',
    cut: expect.any(String),
    private: expect.stringContaining('401'),
    none: expect.stringContaining('it has no tag `1`'),
  });
  expect(stderr).toContain('docker login ');
  expect(await names(root)).toEqual(['good/one']);
  writeFileSync(join(root, 'IT/apps.yaml'), application('silent', 'acme/silent', '1'));
  expect((await fetching(root, '--timeout', '1')).stderr).toContain('it did not answer within 1 seconds');
});

test('a login of the user is given to the registry and to whoever it says gives tokens', async () => {
  server.putArtifact('acme/own', '1', [await layerOf({ 'cm.yaml': configMap('own') })]);
  const seen: (string | undefined)[] = [];
  const manifest = `/v2/acme/own/manifests/1`;
  server.answers.set(manifest, ({ headers }, response) => {
    if (headers.authorization === 'Bearer abc') {
      server.answers.delete(manifest);
      return void response.writeHead(307, { location: manifest }).end();
    }
    const challenge = `Bearer realm="${server.url}/token",service="acme"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
  });
  server.answers.set('/token', ({ headers }, response) => {
    seen.push(headers.authorization);
    response.end('{"token":"abc"}');
  });
  const auth = Buffer.from('me:hidden').toString('base64');
  const home = tree({ 'config.json': JSON.stringify({ auths: { [server.host]: { auth } } }) });
  Object.assign(process.env, { DOCKER_CONFIG: home, HELM_REGISTRY_CONFIG: join(home, 'none.json') });
  const root = tree({ 'IT/apps.yaml': application('own', 'acme/own', '1') });
  const { code, stdout, stderr } = await fetching(root);
  expect([code, stderr, seen]).toEqual([0, '', [`Basic ${auth}`]]);
  expect(`${stdout}${lockOf(root)}`).not.toContain('hidden');
  // Of other content than is locked nothing is used.
  writeFileSync(
    join(root, 'plumbline.lock'),
    lockOf(root).replace(/sha256: [0-9a-f]{64}/, `sha256: ${'f'.repeat(64)}`),
  );
  expect(await fetching(root, '--locked')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('what is unpacked of it is another content'),
  });
});
