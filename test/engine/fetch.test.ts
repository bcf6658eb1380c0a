import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { plumbline } from '../scripts/cli.ts';
import { tree } from '../source/tree.ts';
import { testInTurns } from '../turns.ts';
import { type ChartServer, chartOf, openChartServer } from './chart-server.ts';
import { ownStore } from './own-store.ts';

const inTurn = testInTurns(3);

/** Charts across a network, which is this machine: brought by the real Helm, locked, and rendered offline. */
let server: ChartServer;
const store = ownStore();
beforeAll(async () => {
  server = await openChartServer();
});
afterAll(() => server.close());
beforeEach(() => {
  rmSync(store, { recursive: true, force: true });
  server.answers.clear();
  server.asked.length = 0;
});

const deployment = (replicas: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  replicas: ${replicas}\n`;
const application = (name: string, source: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  project: default\n  source: {${source}}\n  destination: {server: https://kubernetes.default.svc, namespace: ${name}}\n${more}---\n`;
const ofShop = (version: string, more = '') =>
  application('shop', `repoURL: ${server.url}, chart: shop, targetRevision: "${version}"${more}`);
const lockOf = (root: string) => readFileSync(join(root, 'plumbline.lock'), 'utf8');
const rows = async (root: string, where = "kind == 'Deployment'") => {
  const { stdout } = await plumbline([
    '--root',
    root,
    'table',
    'resources',
    '--where',
    where,
    '--format',
    'json',
  ]);
  return (JSON.parse(stdout) as { rows: { name: string; namespace: string }[] }).rows;
};
const fetching = (root: string, ...args: string[]) => plumbline(['--root', root, 'fetch', ...args]);

describe('a repository of charts', () => {
  beforeAll(async () => {
    await server.put('shop', '1.4.2', {
      'templates/shop.yaml': deployment('{{ .Values.replicas }}'),
      'values.yaml': 'replicas: 1\n',
      'values-large.yaml': 'replicas: 7\n',
    });
    await server.put('shop', '1.3.0', { 'templates/shop.yaml': deployment('2') });
    await server.put('shop', '2.0.0', { 'templates/shop.yaml': deployment('5') });
  });

  inTurn('is fetched by its range, locked, and rendered without a network', async () => {
    const root = tree({ 'IT/app.yaml': ofShop('1.x', ', helm: {valueFiles: [values-large.yaml]}') });
    expect(await rows(root)).toEqual([]);
    expect((await fetching(root, '--check')).code).toBe(1);
    const first = await fetching(root);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toBe(
      `brought  shop 1.4.2 of ${server.url}, asked for as 1.x\n1 of 1 chart is here\n`,
    );
    expect(lockOf(root)).toMatch(
      /chart: shop\n {4}asked: 1\.x\n {4}version: 1\.4\.2\n {4}sha256: [0-9a-f]{64}\n$/,
    );
    expect((await fetching(root, '--check')).code).toBe(0);
    server.asked.length = 0;
    const cold = await plumbline(['--root', root, 'model']);
    const warm = await plumbline(['--root', root, 'model']);
    const uncached = await plumbline(['--root', root, '--no-cache', 'model']);
    expect(cold.stdout).toBe(warm.stdout);
    expect(cold.stdout).toBe(uncached.stdout);
    expect(cold.stdout).toContain('"replicas": 7');
    expect(await rows(root)).toMatchObject([{ name: 'shop', namespace: 'shop' }]);
    expect(server.asked).toEqual([]);
    // Told at the line that asks for it, with the template that gives it.
    expect(cold.stdout).toContain(`"what": "chart shop 1.4.2 of ${server.url}, templates/shop.yaml:1"`);
    // What sets a value is told: a file of the chart, or who asks for it.
    const faultOf = async (name: string) => {
      const claim = `:claim[It runs zero]{of="kind == 'Deployment' && name == '${name}'" all="spec.replicas == 0"}\n`;
      writeFileSync(join(root, 'page.md'), claim);
      return (await plumbline(['--root', root, '--docs', root, 'check', 'page.md'])).stdout;
    };
    expect(await faultOf('shop')).toContain(`values-large.yaml:1 of chart shop 1.4.2 of ${server.url}`);
    const own = application(
      'own',
      `repoURL: ${server.url}, chart: shop, targetRevision: "1.x", helm: {valuesObject: {replicas: 9}}`,
    );
    const plain = application('plain', `repoURL: ${server.url}, chart: shop, targetRevision: "1.x"`);
    writeFileSync(join(root, 'IT/more.yaml'), `${own}${plain}`);
    expect(await faultOf('own')).toMatch(/IT\/more\.yaml:6:\d+[\s\S]*replicas: 9/);
    expect(await faultOf('plain')).toContain(`values.yaml:1 of chart shop 1.4.2 of ${server.url}`);
    rmSync(join(root, 'IT/more.yaml'));
    rmSync(join(root, 'page.md'));
    // It is known, and no manifest of this repository.
    expect(await rows(root, "written && kind == 'Deployment'")).toEqual([]);
  });

  inTurn('brings what an ApplicationSet in a chart generates', async () => {
    // Helm gives Argo CD the braces that are Argo CD's.
    const braces = (text: string) => `'{{ "{{.${text}}}" }}'`;
    const shop = `{repoURL: ${server.url}, chart: shop, targetRevision: ${braces('version')}}`;
    await server.put('sets', '1.0.0', {
      'templates/set.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shops, namespace: argocd}\nspec:\n  goTemplate: true\n  generators:\n    - list: {elements: [{name: old, version: 1.3.0}, {name: new, version: 1.4.x}]}\n  template:\n    metadata: {name: ${braces('name')}}\n    spec:\n      project: default\n      source: ${shop}\n      destination: {server: https://kubernetes.default.svc, namespace: ${braces('name')}}\n`,
    });
    const root = tree({
      'IT/app.yaml': application('sets', `repoURL: ${server.url}, chart: sets, targetRevision: 1.0.0`),
    });
    const { code, stdout } = await fetching(root);
    expect([code, stdout.split('\n').at(-2)]).toEqual([0, '3 of 3 charts are here']);
    expect(lockOf(root)).toMatch(/asked: 1\.4\.x\n {4}version: 1\.4\.2\n/);
    const names = (await rows(root)).map(({ namespace, name }) => `${namespace}/${name}`);
    expect(names.sort()).toEqual(['new/new', 'old/old']);
  });

  inTurn('brings what a chart brings that deploys charts', async () => {
    await server.put('apps', '1.0.0', { 'templates/apps.yaml': ofShop('1.3.0') });
    const root = tree({
      'IT/app.yaml': application('apps', `repoURL: ${server.url}, chart: apps, targetRevision: 1.0.0`),
    });
    const { code, stdout } = await fetching(root);
    expect([code, stdout.split('\n').slice(0, 3)]).toEqual([
      0,
      [
        `brought  apps 1.0.0 of ${server.url}`,
        `brought  shop 1.3.0 of ${server.url}`,
        '2 of 2 charts are here',
      ],
    ]);
    expect(await rows(root)).toMatchObject([{ name: 'shop' }]);
    // What a newer one asks for in turn is told before, and nothing of it is kept.
    writeFileSync(
      join(root, 'IT/app.yaml'),
      application('apps', `repoURL: ${server.url}, chart: apps, targetRevision: 1.x`),
    );
    await fetching(root);
    await server.put('apps', '1.1.0', { 'templates/apps.yaml': ofShop('2.0.0') });
    const [lock, kept] = [lockOf(root), readdirSync(store)];
    expect(await fetching(root, '--update', '--check')).toMatchObject({
      code: 1,
      stdout: `${[
        `brings   shop 2.0.0 of ${server.url}: what is newer asks for it`,
        `drops    shop 1.3.0 of ${server.url}: nothing asks for it then`,
        `moves    apps 1.1.0 of ${server.url}, asked for as 1.x, is 1.0.0`,
        'nothing is written: `plumbline fetch --update` takes it',
      ].join('\n')}\n`,
    });
    expect([lockOf(root), readdirSync(store)]).toEqual([lock, kept]);
  });

  inTurn('keeps what is locked until it is told to move, and says what moved', async () => {
    const root = tree({ 'IT/app.yaml': ofShop('>=1.0.0') });
    await fetching(root);
    expect(lockOf(root)).toContain('version: 2.0.0');
    await server.put('shop', '2.1.0', { 'templates/shop.yaml': deployment('6') });
    expect((await fetching(root)).stdout).toBe('1 of 1 chart is here\n');
    for (const args of [['--update'], ['--update', '--check']])
      expect(await fetching(root, ...args, 'shpo')).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/nothing .* is called `shpo`\n.*did you mean `shop`\?/),
      });
    // What would move is told before, and nothing of it is written down.
    const [lock, kept] = [lockOf(root), readdirSync(store)];
    expect(await fetching(root, '--update', '--check')).toMatchObject({
      code: 1,
      stdout: `moves    shop 2.1.0 of ${server.url}, asked for as >=1.0.0, is 2.0.0\nnothing is written: \`plumbline fetch --update\` takes it\n`,
    });
    server.answers.set('/index.yaml', (_, response) => response.destroy());
    expect(await fetching(root, '--update', '--check')).toMatchObject({ code: 3 });
    server.answers.clear();
    expect([lockOf(root), readdirSync(store)]).toEqual([lock, kept]);
    expect((await fetching(root, '--update', 'shop')).stdout).toBe(
      `moved    shop 2.1.0 of ${server.url}, asked for as >=1.0.0, was 2.0.0\n1 of 1 chart is here\n`,
    );
    expect((await fetching(root, '--update')).stdout).toBe(
      'nothing moved: what is locked is what was found now\n1 of 1 chart is here\n',
    );
    writeFileSync(join(root, 'IT/app.yaml'), 'a: 1\n');
    expect((await fetching(root, '--check')).stdout).toContain('unused   shop 2.1.0');
    expect((await fetching(root)).stdout).toContain('gone     shop 2.1.0');
    expect(lockOf(root)).toContain('charts: []');
  });

  inTurn('brings exactly what is locked, and nothing of a version that is another now', async () => {
    const root = tree({ 'IT/app.yaml': ofShop('1.3.0') });
    await fetching(root);
    const lock = lockOf(root);
    rmSync(store, { recursive: true });
    expect((await rows(root)).length).toBe(0);
    expect(await fetching(root, '--locked')).toMatchObject({ code: 0 });
    expect((await rows(root)).length).toBe(1);
    rmSync(store, { recursive: true });
    await server.put('shop', '1.3.0', { 'templates/shop.yaml': deployment('99') });
    for (const args of [['--locked'], []]) {
      const { code, stderr } = await fetching(root, ...args);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^error: the chart `shop 1\.3\.0` of .* is not what was locked: .*another content: sha256/,
      );
      expect(stderr).toContain('  asked for at IT/app.yaml:');
      expect([existsSync(store) ? readdirSync(store) : [], lockOf(root)]).toEqual([[], lock]);
    }
    // Who takes it all the same is told that it bears the name of another.
    expect((await fetching(root, '--update')).stdout).toMatch(
      /^moved {4}shop 1\.3\.0 of \S+, was 1\.3\.0 with other content: sha256 [0-9a-f]{64} instead of [0-9a-f]{64}\n/,
    );
    writeFileSync(join(root, 'IT/app.yaml'), ofShop('2.0.0'));
    const { code, stderr } = await fetching(root, '--locked');
    expect([code, stderr]).toEqual([1, expect.stringContaining('`plumbline.lock` has no `shop 2.0.0`')]);
  });

  inTurn('uses nothing of content that is not what the lock says', async () => {
    const root = tree({ 'IT/app.yaml': ofShop('2.0.0') });
    await fetching(root);
    const [file = ''] = readdirSync(store);
    writeFileSync(
      join(store, file),
      await chartOf('shop', '2.0.0', { 'templates/shop.yaml': deployment('666') }),
    );
    const { code, stdout } = await plumbline(['--root', root, '--no-cache', 'check']);
    expect([code, stdout]).toEqual([1, expect.stringContaining('error[lock-mismatch]')]);
    expect(stdout).toContain(`expected  sha256 ${file.slice(0, 64)}`);
    // Both sides with what stands there: the lock's entry, and where it is asked for.
    expect(stdout).toMatch(/plumbline\.lock:4:5\n +4 │ {3}- repository: \S+\n +│ +-+ expected\n/);
    expect(stdout).toMatch(/IT\/app\.yaml:\d+:\d+\n +\d+ │ spec:\n.* asked for here\n/);
    expect(await rows(root, 'true')).toMatchObject([{ kind: 'Application' }]);
    // What is fetched again is right again.
    await fetching(root, '--locked');
    expect((await plumbline(['--root', root, '--no-cache', 'check'])).code).toBe(0);
  });

  inTurn('may be kept in the repository', async () => {
    const root = tree({ 'IT/app.yaml': ofShop('2.0.0') });
    expect((await fetching(root, '--vendor', join(root, '../elsewhere'))).code).toBe(2);
    await fetching(root, '--vendor', join(root, 'vendor'));
    expect(readdirSync(join(root, 'vendor'))).toEqual(['shop-2.0.0.tgz']);
    expect(existsSync(store)).toBe(false);
    expect((await rows(root)).length).toBe(1);
    // What Git is told to ignore would be committed by nobody.
    execFileSync('git', ['init', '--quiet', root]);
    writeFileSync(join(root, '.gitignore'), '*.tgz\n');
    expect(await fetching(root)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(
        '`.gitignore` leaves out `vendor/shop-2.0.0.tgz`: nobody else would have it',
      ),
    });
    rmSync(join(root, '.gitignore'));
    expect((await fetching(root)).stderr).toBe('');
    server.asked.length = 0;
    await fetching(root, '--no-vendor');
    expect(readdirSync(store).length).toBe(1);
    expect(server.asked.filter((path) => path.endsWith('.tgz'))).toEqual([]);
    expect(readdirSync(join(root, 'vendor'))).toEqual([]);
    // Nothing is written or read where a link leads out, and not a digest of it is told.
    const elsewhere = tree({ 'secret.txt': 'hidden' });
    symlinkSync(elsewhere, join(root, 'out'));
    expect(await fetching(root, '--vendor', join(root, 'out/deep'))).toMatchObject({ code: 3 });
    expect(readdirSync(elsewhere)).toEqual(['secret.txt']);
    await fetching(root, '--vendor', join(root, 'vendor'));
    rmSync(join(root, 'vendor/shop-2.0.0.tgz'));
    symlinkSync(join(elsewhere, 'secret.txt'), join(root, 'vendor/shop-2.0.0.tgz'));
    const { stdout } = await plumbline(['--root', root, 'check']);
    expect(stdout).toContain('`plumbline fetch --locked` brings it');
    expect(stdout).not.toContain('lock-mismatch');
  });

  inTurn('does not know what a chart makes only where the cluster serves an API', async () => {
    const asking =
      '{{- if .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata:\n  name: shop\n{{- end }}\n';
    await server.put('watched', '1.0.0', {
      'templates/a.yaml': asking,
      'templates/b.yaml': `${deployment('1')}  paused: {{ tpl .Values.paused . }}\n`,
      'values.yaml': `paused: "{{ randAlpha 3 }}"\n`,
      'templates/c.yaml': '{{- if .Capabilities.APIVersions.Has "policy/v1" }}\n{{- end }}\n',
    });
    const watched = (helm: string) =>
      application('watched', `repoURL: ${server.url}, chart: watched, targetRevision: 1.0.0${helm}`);
    const root = tree({ 'IT/app.yaml': watched('') });
    await fetching(root);
    const count = async (kind: string) =>
      (await plumbline(['--root', root, 'table', 'resources', '--where', `kind == '${kind}'`])).stdout;
    expect(await count('Deployment')).not.toContain('Not verified');
    expect(await count('ServiceMonitor')).toMatch(
      /it asks whether the cluster serves monitoring\.coreos\.com\/v1,/,
    );
    const model = JSON.parse((await plumbline(['--root', root, 'model'])).stdout);
    expect(JSON.stringify(model.resources)).toContain('"paused":"(differs each time)"');
    // Bootstrapped by hand, and so served where the chart goes.
    const definition =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: servicemonitors.monitoring.coreos.com}\nspec: {group: monitoring.coreos.com, names: {kind: ServiceMonitor}, versions: [{name: v1, served: true}]}\n';
    writeFileSync(join(root, 'IT/crd.yaml'), definition);
    expect(await count('ServiceMonitor')).toMatch(/\| ServiceMonitor \| shop \|/);
    rmSync(join(root, 'IT/crd.yaml'));
    writeFileSync(join(root, 'IT/app.yaml'), watched(', helm: {apiVersions: [monitoring.coreos.com/v1]}'));
    expect(await count('ServiceMonitor')).toMatch(/\| ServiceMonitor \| shop \|/);
    expect(await count('ServiceMonitor')).not.toContain('Not verified');
  });

  inTurn('costs nothing else where it fails', async () => {
    await server.put('bomb', '1.0.0', {});
    server.putBytes('bomb', '1.0.0', gzipSync(Buffer.alloc(150 * 2 ** 20)));
    await server.put('outside', '1.0.0', { '../../planted.yaml': 'a: 1\n' });
    for (const name of ['private', 'silent', 'cut']) await server.put(name, '1.0.0', {});
    server.answers.set('/charts/private-1.0.0.tgz', (_, response) => {
      response.statusCode = 401;
      response.end();
    });
    server.answers.set('/charts/silent-1.0.0.tgz', () => undefined);
    server.answers.set('/charts/cut-1.0.0.tgz', (_, response) => {
      response.setHeader('content-length', '9999');
      response.write('half', () => response.destroy());
    });
    const names = ['bomb', 'cut', 'nowhere', 'outside', 'private'];
    const with_ = (name: string) =>
      application(
        name,
        `repoURL: ${server.url.replace('://', '://me:hidden@')}, chart: ${name}, targetRevision: 1.0.0`,
      );
    const root = tree({ 'IT/app.yaml': [...names.map(with_), ofShop('2.0.0')].join('') });
    const { code, stdout, stderr } = await fetching(root);
    expect([code, stdout]).toEqual([3, `brought  shop 2.0.0 of ${server.url}\n1 of 6 charts are here\n`]);
    const why = (name: string) =>
      new RegExp(`error: the chart .${name} 1\\.0\\.0. of ${server.url} cannot be fetched: (.*)`).exec(
        stderr,
      )?.[1];
    expect(why('bomb')).toBe('it unpacks to more than 100 MiB');
    expect(why('outside')).toMatch(/outside of the chart/);
    expect(why('private')).toMatch(/401/);
    expect(why('cut')).toMatch(/EOF/);
    expect(why('nowhere')).toMatch(/not found/);
    expect(stderr).toContain(`\`helm repo add NAME ${server.url} --username USER --password-stdin\``);
    expect(`${stdout}${stderr}${lockOf(root)}`).not.toContain('hidden');
    writeFileSync(join(root, 'IT/app.yaml'), with_('silent'));
    expect((await fetching(root, '--timeout', '1')).stderr).toContain('it did not answer within 1 seconds');
  });
});

inTurn('a registry of OCI artifacts, and Flux, whose sources say where a chart lies', async () => {
  await server.put('shop', '3.0.0', { 'templates/shop.yaml': deployment('3') });
  const release = (name: string, source: string) =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: flux}\nspec: {interval: 1h, ${source}}\n---\n`;
  const source = (kind: string, name: string, spec: string) =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: flux}\nspec: {interval: 1h, ${spec}}\n---\n`;
  const root = tree({
    'K8s/argocd.yaml': [
      application('one', `repoURL: ${server.host}/charts, chart: shop, targetRevision: 3.x`),
    ].join(''),
    'K8s/flux.yaml': [
      source('HelmRepository', 'plain', `url: ${server.url}`),
      source('OCIRepository', 'artifact', `url: oci://${server.host}/charts/shop, ref: {semver: 3.x}`),
      release(
        'two',
        'chart: {spec: {chart: shop, version: 3.x, sourceRef: {kind: HelmRepository, name: plain}}}',
      ),
      release('three', 'chartRef: {kind: OCIRepository, name: artifact}'),
    ].join(''),
  });
  expect((await fetching(root)).stderr).toContain('`plumbline fetch --plain-http` asks it so');
  rmSync(join(root, 'plumbline.lock'));
  const { code, stdout, stderr } = await fetching(root, '--plain-http');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(
    `brought  shop 3.0.0 of ${server.url}, asked for as 3.x\nbrought  shop 3.0.0 of oci://${server.host}/charts, asked for as 3.x\n2 of 2 charts are here\n`,
  );
  expect((await rows(root)).map(({ name, namespace }) => `${namespace}/${name}`).sort()).toEqual([
    'flux/three',
    'flux/two',
    'one/one',
  ]);
});

inTurn('charts of a kustomization, and what a chart of the repository depends on', async () => {
  await server.put('shop', '4.0.0', {
    'templates/shop.yaml': `${deployment('{{ .Values.replicas }}')}  revisionHistoryLimit: {{ .Values.kept }}\n`,
    'templates/now.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: now}\ndata: {at: "{{ now | unixEpoch }}", is: known}\n',
    'values.yaml': 'replicas: 1\nkept: 3\n',
  });
  await server.put('strict', '1.0.0', {
    'templates/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: strict}\n',
    'values.yaml': 'replicas: 1\n',
    'values.schema.json': '{"$ref": "https://schemas.example.com/strict.json?token=1"}',
  });
  const charts = `helmCharts:\n  - {name: strict, repo: ${server.url}, version: 1.0.0, releaseName: one}\n  - {name: shop, repo: ${server.url}, version: 4.0.0, releaseName: inflated, namespace: web, valuesInline: {replicas: 4}}\n`;
  const root = tree({
    'K8s/web/kustomization.yaml': `namePrefix: my-\n${charts}`,
    'K8s/chart/Chart.yaml': `apiVersion: v2\nname: chart\nversion: 1.0.0\ndependencies:\n  - {name: shop, repository: ${server.url}, version: 4.x}\n`,
    'K8s/chart/templates/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own}\n',
    'IT/app.yaml': application('dependent', 'repoURL: https://git.example.com/a.git, path: K8s/chart'),
    'plumbline.yaml': 'repository: {url: https://git.example.com/a.git}\n',
  });
  expect(await rows(root)).toEqual([]);
  const { code, stdout } = await fetching(root);
  expect([code, stdout]).toEqual([
    0,
    `brought  shop 4.0.0 of ${server.url}\nbrought  shop 4.0.0 of ${server.url}, asked for as 4.x\nbrought  strict 1.0.0 of ${server.url}\n3 of 3 charts are here\n`,
  ]);
  expect((await fetching(root, '--check')).code).toBe(0);
  const found = await rows(root);
  expect(found.map(({ namespace, name }) => `${namespace}/${name}`).sort()).toEqual([
    'dependent/dependent',
    '—/my-inflated',
  ]);
  expect(await rows(root, "written && kind == 'Deployment' && name == 'my-inflated'")).toEqual([]);
  const [cold, warm] = [
    await plumbline(['--root', root, '--no-cache', 'model']),
    await plumbline(['--root', root, 'model']),
  ];
  expect(cold.stdout).toBe(warm.stdout);
  expect(cold.stdout).toContain('"replicas": 4');
  expect(cold.stdout).toContain('(differs each time)');
  // What sets a value of the inflated chart is told: here its entry, else the chart itself.
  const faultOf = async (field: string) => {
    const claim = `:claim[It is none]{of="name == 'my-inflated' && kind == 'Deployment'" all="${field} == 0"}\n`;
    writeFileSync(join(root, 'page.md'), claim);
    const { stdout: faults } = await plumbline(['--root', root, '--docs', root, 'check', 'page.md']);
    rmSync(join(root, 'page.md'));
    return faults;
  };
  expect(await faultOf('spec.replicas')).toMatch(/web\/kustomization\.yaml:4:\d{3} +Deployment/);
  expect(await faultOf('spec.revisionHistoryLimit')).toContain(
    `values.yaml:2 of chart shop 4.0.0 of ${server.url}`,
  );
  // What its schema refers to by a query is not fetched: what it makes is known, not whether its values fit.
  expect(cold.stdout).toContain('"ConfigMap/my-strict"');
  expect(cold.stdout).toContain(
    'it refers to https://schemas.example.com/strict.json?…, which Helm would have to fetch',
  );
  // Of other content nothing is used, here neither; it is told once for each content.
  for (const name of readdirSync(store)) writeFileSync(join(store, name), 'another');
  const { stdout: report } = await plumbline(['--root', root, 'check']);
  expect(report.match(/error\[lock-mismatch\]/g)).toHaveLength(2);
  expect(await rows(root)).toEqual([]);
});

inTurn(
  'value files at an address, of a chart of the repository, of a fetched one and of a kustomization',
  async () => {
    await server.put('valued', '1.0.0', {
      'templates/shop.yaml': deployment('{{ .Values.replicas }}'),
      'values.yaml': 'replicas: 1\n',
    });
    const files = new Map([
      ['/values/large', 'replicas: 41\n'],
      ['/values/chart.yaml', 'replicas: 42\n'],
      ['/values/entry.yaml', 'replicas: 43\n'],
    ]);
    const serve = () => {
      for (const [path, text] of files) server.answers.set(path, (_, response) => void response.end(text));
    };
    serve();
    const at = server.url.replace('://', '://me:hidden@');
    const root = tree({
      'plumbline.yaml': 'repository: {url: https://git.example.com/a.git}\n',
      'IT/apps.yaml': [
        application(
          'own',
          `repoURL: https://git.example.com/a.git, path: K8s/chart, helm: {valueFiles: ["${at}/values/large"]}`,
        ),
        application(
          'across',
          `repoURL: ${server.url}, chart: valued, targetRevision: 1.0.0, helm: {valueFiles: ["${server.url}/values/chart.yaml"], ignoreMissingValueFiles: true}`,
        ),
        application(
          'secret',
          `repoURL: ${server.url}, chart: valued, targetRevision: 1.0.0, helm: {valueFiles: ["${server.url}/values?token=hidden"]}`,
        ),
        application(
          'bucket',
          `repoURL: ${server.url}, chart: valued, targetRevision: 1.0.0, helm: {valueFiles: ["s3://bucket/values.yaml"]}`,
        ),
      ].join(''),
      'K8s/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      'K8s/chart/values.yaml': 'replicas: 1\n',
      'K8s/chart/templates/own.yaml': deployment('{{ .Values.replicas }}'),
      'K8s/kustom/kustomization.yaml': `helmCharts:\n  - {name: valued, repo: ${server.url}, version: 1.0.0, releaseName: inflated, valuesFile: ${server.url}/values/entry.yaml}\n`,
    });
    const model = async () => (await plumbline(['--root', root, 'model'])).stdout;
    const before = await model();
    const why = `its value file ${server.url}/values/large lies across a network: \`plumbline fetch\` brings it`;
    expect(before).toContain(JSON.stringify(why).slice(1, -1));
    expect(before).not.toContain('"replicas": ');
    const { code, stdout } = await fetching(root);
    expect([code, stdout]).toEqual([
      0,
      `brought  ${server.url}/values/chart.yaml\nbrought  ${server.url}/values/entry.yaml\nbrought  ${server.url}/values/large\nbrought  valued 1.0.0 of ${server.url}\n1 of 1 chart, 3 of 3 files are here\n`,
    ]);
    expect((await fetching(root, '--check')).code).toBe(0);
    server.asked.length = 0;
    const cold = await model();
    expect(await model()).toBe(cold);
    expect(server.asked).toEqual([]);
    expect(cold.match(/"replicas": \d+/g)?.sort()).toEqual([
      '"replicas": 41',
      '"replicas": 42',
      '"replicas": 43',
    ]);
    expect(cold).toContain('the URL scheme `s3` of a value file is not allowed');
    expect(cold).toContain(`its value file ${server.url}/values?\u2026 is fetched from the network`);
    expect(`${cold.replaceAll('values?token=hidden', '')}${lockOf(root)}`).not.toContain('.fetched/files');
    expect(lockOf(root)).not.toContain('hidden');
    // What one sets is told at the line that names it.
    writeFileSync(
      join(root, 'own.md'),
      ':claim[It runs zero]{of="kind == \'Deployment\' && name == \'own\'" all="spec.replicas == 0"}\n',
    );
    const { stdout: faults } = await plumbline(['--root', root, '--docs', root, 'check', 'own.md']);
    expect(faults).toMatch(/IT\/apps\.yaml:\d+:\d{2,} +Deployment\/own, spec\.replicas\n/);
    expect(faults).toContain('spec.replicas is 41');
    rmSync(join(root, 'own.md'));
    // Argo CD's settings say which addresses are taken.
    const settings =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata: {helm.valuesFileSchemes: "s3, https"}\n';
    writeFileSync(join(root, 'IT/settings.yaml'), settings);
    expect(await model()).toContain('the URL scheme `http` of a value file is not allowed');
    rmSync(join(root, 'IT/settings.yaml'));
    // Of other content nothing is used.
    for (const name of readdirSync(join(store, 'files')))
      writeFileSync(join(store, 'files', name), 'replicas: 666');
    const { stdout: report } = await plumbline(['--root', root, 'check']);
    expect(report.match(/error\[lock-mismatch\]/g)).toHaveLength(3);
    expect(await model()).not.toContain('"replicas": ');
  },
);

inTurn('what values schemas refer to, as Helm would fetch it', async () => {
  const at = `${server.url}/schemas`;
  const text = (value: unknown) => JSON.stringify(value);
  const serve = (path: string, value: unknown) =>
    server.answers.set(`/schemas/${path}`, (_, response) => void response.end(text(value)));
  // The identifier of one is what its references are relative to, not where it lies.
  serve('all.json', {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `${at}/deep/all.json`,
    properties: { replicas: { $ref: 'parts.json#/count' }, other: { $ref: '#/definitions/own' } },
    definitions: { own: { type: 'object' } },
  });
  serve('deep/parts.json', { count: { type: 'integer', maximum: 9, $ref: '../least.json' } });
  serve('least.json', {
    $schema: `${at}/meta.json`,
    minimum: 2,
    $comment: 'https://none.example.com/x.json',
  });
  serve('meta.json', { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `${at}/meta.json` });
  const schema = text({ $ref: `${at.replace('://', '://me:hidden@')}/all.json` });
  const templates = {
    'templates/shop.yaml': deployment('{{ .Values.replicas }}'),
    'values.yaml': 'replicas: 5\n',
  };
  await server.put('strict', '2.0.0', { ...templates, 'values.schema.json': schema });
  await server.put('unlocked', '1.0.0', {
    ...templates,
    'values.schema.json': text({ properties: { a: { $ref: '/etc/hostname' } } }),
  });
  const across = (name: string, values = '') =>
    application(name, `repoURL: ${server.url}, chart: strict, targetRevision: 2.0.0${values}`);
  const own = (name: string, path: string) =>
    application(name, `repoURL: https://git.example.com/a.git, path: ${path}`);
  const root = tree({
    'plumbline.yaml': 'repository: {url: https://git.example.com/a.git}\n',
    'IT/apps.yaml': [
      across('fits'),
      across('few', ', helm: {valuesObject: {replicas: 1}}'),
      application('file', `repoURL: ${server.url}, chart: unlocked, targetRevision: 1.0.0`),
      own('own', 'K8s/chart'),
      own('dependent', 'K8s/dependent'),
    ].join(''),
    'K8s/chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
    'K8s/chart/values.yaml': 'replicas: 1\n',
    'K8s/chart/templates/own.yaml': deployment('{{ .Values.replicas }}'),
    'K8s/chart/values.schema.json': text({ properties: { replicas: { $ref: `${at}/least.json` } } }),
    'K8s/dependent/Chart.yaml': `apiVersion: v2\nname: dependent\nversion: 1.0.0\ndependencies:\n  - {name: strict, repository: ${server.url}, version: 2.x}\n`,
    'K8s/dependent/values.yaml': 'strict: {replicas: 0}\n',
    'K8s/kustom/kustomization.yaml': `helmCharts:\n  - {name: strict, repo: ${server.url}, version: 2.0.0, releaseName: inflated, valuesInline: {replicas: 1}}\n`,
  });
  const { code, stdout } = await fetching(root);
  expect([code, stdout.split('\n').at(-2)]).toEqual([0, '3 of 3 charts, 4 of 4 files are here']);
  expect(lockOf(root)).toContain(`- url: ${at}/deep/parts.json\n    sha256: `);
  expect(lockOf(root)).not.toContain('hidden');
  expect((await fetching(root, '--check')).code).toBe(0);
  server.asked.length = 0;
  const model = async (...args: string[]) => (await plumbline(['--root', root, ...args, 'model'])).stdout;
  const cold = await model();
  expect(await model('--no-cache')).toBe(cold);
  expect(server.asked).toEqual([]);
  // As Helm says it; a chart of others is nobody's fault here.
  const { stdout: report } = await plumbline(['--root', root, 'check']);
  expect(report.match(/at '\/(strict\/)?replicas': minimum: got \d, want 2/g)?.length).toBeGreaterThanOrEqual(
    2,
  );
  expect(report.match(/error\[render-failed\]/g)).toHaveLength(3);
  expect(cold).toContain(
    "Helm says: values don't meet the specifications of the schema(s) in the following chart(s): strict: - at '/replicas': minimum: got 1, want 2",
  );
  expect((await rows(root)).map(({ name }) => name).sort()).toEqual(['file', 'fits']);
  expect(cold).toContain('it refers to /etc/hostname, which Helm would have to fetch');
  // What is not here, and what is another content: not known, and told how it comes.
  const files = join(store, 'files');
  for (const name of readdirSync(files)) rmSync(join(files, name));
  expect(await model()).toContain(
    `${at}/all.json, which Helm would have to fetch: \`plumbline fetch --locked\` brings it`,
  );
  expect((await rows(root)).map(({ name }) => name).sort()).toEqual([
    'dependent',
    'few',
    'file',
    'fits',
    'inflated',
    'own',
  ]);
  serve('least.json', { minimum: 0 });
  const again = await fetching(root, '--locked');
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is another content')]);
  writeFileSync(join(root, 'plumbline.lock'), lockOf(root).replace(/files:[\s\S]*/, ''));
  expect(await model()).toContain('which Helm would have to fetch: `plumbline fetch` brings it');
});
