import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askedCharts } from '../../plugins/engine/fetch/asked-charts.ts';
import {
  checkPages,
  compareLock,
  createEngine,
  type Engine,
  manifestsOf,
  renderPageAsMarkdown,
} from '../../plugins/engine/index.ts';
import { findHelm } from '../../plugins/render/index.ts';
import { cacheDirectory, isError, openCache } from '../../plugins/source/index.ts';
import { d2 } from '../d2/helpers.ts';
import { plumbline, project } from '../scripts/cli.ts';
import { tree } from '../source/tree.ts';
import { isDue } from '../turns.ts';
import { type ChartServer, openChartServer } from './chart-server.ts';
import { openRegistry } from './registry.ts';

/**
 * The platform of this repository, its charts fetched and locked as anybody would. They lie across a network,
 * which there is none of here: in their place are small charts on this machine, of the same names and
 * versions, some in a repository over HTTP at the same path, some in a registry.
 */
const page = 'docs/architecture/applications.md';
const readme = read('README.md');
/** Publishers whose charts are asked of the registry. */
const inRegistry = /^(kyverno\.github\.io|charts\.jetstack\.io)\b/;
const standIn = {
  'templates/all.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: "{{ .Release.Name }}"
  namespace: "{{ .Release.Namespace }}"
  # As the platform's policies want it of every workload.
  labels: {app.kubernetes.io/component: stand-in}
spec:
  selector: {matchLabels: {app: "{{ .Release.Name }}"}}
  template:
    metadata: {labels: {app: "{{ .Release.Name }}", app.kubernetes.io/component: stand-in}}
    spec: {containers: [{name: stand-in, image: "registry.example.com/stand-in:{{ .Chart.Version }}"}]}
`,
};
let server: ChartServer;
let registry: Awaited<ReturnType<typeof openRegistry>>;
let root: string;
let ours: Engine;

beforeAll(async () => {
  server = await openChartServer();
  const helm = await findHelm(openCache(cacheDirectory(project)), project);
  registry = await openRegistry(server, helm.path);
  console.log(`reference platform: the registry is ${registry.name}`);
  root = tree({});
  for (const part of ['IT', 'K8s', 'ci', 'docs', 'plumbline.yaml'])
    cpSync(join(project, part), join(root, part), { recursive: true });
  for (const file of globSync('{IT,K8s}/**/kustomization.yaml', { cwd: root })) {
    const path = join(root, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      text.replaceAll(/(?<=\brepo: )https:\/\/(\S+)/g, (_, at: string) =>
        inRegistry.test(at) ? `oci://${registry.host}/${at}` : `${server.url}/${at}`,
      ),
    );
  }
  ours = await createEngine({ root: project, d2 });
  for (const { repository, chart, asked } of askedCharts(ours.platform)) {
    const at = repository.replace('https://', '');
    if (inRegistry.test(at)) await registry.put(chart, asked ?? '', standIn, at);
    else await server.put(chart, asked ?? '', standIn, `/${at}`);
  }
}, 60_000);
afterAll(async () => {
  server.close();
  await registry.close();
  await ours.dispose();
});

const ofCharts = (text: string) => text.match(/^\| \S+ \|.*helm chart .*$/gm) ?? [];
const render = async (engine: Engine, folder: string) =>
  (await renderPageAsMarkdown(engine, join(folder, page))).markdown;

describe.runIf(isDue(1, 2))('the reference platform', () => {
  test('has no lock, and README says what fetching would bring', () => {
    expect(existsSync(join(project, 'plumbline.lock'))).toBe(false);
    const rows = askedCharts(ours.platform).map(
      ({ chart, asked, repository }) => `brought  ${chart} ${asked} of ${repository}`,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(readme.match(/^brought {2}.*$/gm)).toEqual(rows.sort());
    expect(readme).toContain(`\n${rows.length} of ${rows.length} charts are here\n`);
  });

  test('waits for its charts where they are not here, and its page says which applications do', async () => {
    const shown = await render(ours, project);
    const waiting = ofCharts(shown);
    expect(waiting.length).toBeGreaterThan(5);
    for (const row of waiting) expect(row).toMatch(/\| \d+\+ \| helm chart [^|]*[\d.]+ \|$/);
    const { applications } = ours.platform.model;
    const wait = applications.filter(({ unverified }) => unverified.length > 0);
    expect(waiting.map((row) => row.split(' ')[1])).toEqual(wait.map(({ name }) => name));
    expect(shown).toContain(`${applications.length} Applications ${wait.length} wait`);
  });

  test('is rendered as a whole once they are fetched, and every page of it is true', async () => {
    // Into the copy, as other tests empty the store of the run.
    const vendor = ['--vendor', join(root, 'charts')];
    const { code, stdout, stderr } = await plumbline(['--root', root, 'fetch', '--plain-http', ...vendor]);
    expect([code, stderr]).toEqual([0, '']);
    const brought = stdout.match(/^brought/gm) ?? [];
    expect(readme.match(/^brought/gm)).toEqual(brought);
    expect(stdout).toContain(`kyverno 3.8.2 of oci://${registry.host}/kyverno.github.io/kyverno`);
    // From here on nobody answers.
    server.close();
    await registry.close();

    const engine = await createEngine({ root, d2 });
    const { platform } = engine;
    expect(compareLock(platform)).toEqual({ missing: [], unused: [] });
    const { applications, resources, unverified } = platform.model;
    expect(unverified).toEqual([]);
    expect(applications.filter((one) => one.unverified.length > 0)).toEqual([]);
    const made = resources.filter(({ origin }) => origin.fetched !== undefined);
    expect(made.map(({ kind }) => kind)).toEqual(brought.map(() => 'Deployment'));

    const manifests = applications.map((one) => manifestsOf(one, platform));
    expect(manifests.flatMap(({ missing, refusals }) => [...missing, ...refusals])).toEqual([]);
    const text = manifests.map((one) => one.text).join('');
    expect(text).toContain('# from the chart kyverno 3.8.2, asked for at K8s/security/kyverno/');
    const example = /^```yaml\n([\s\S]*?)^```$/m.exec(read('docs/authors/manifests.md'))?.[1];
    expect(text).toContain(example ?? 'an example');

    const { report } = await checkPages(engine);
    expect(report.diagnostics.filter(isError)).toEqual([]);
    expect(report.unverified).toEqual([]);
    const shown = await render(engine, root);
    expect(ofCharts(shown)).toEqual([]);
    expect(shown).toContain(`${applications.length} Applications 0 wait`);
    await engine.dispose();
  }, 120_000);
});

function read(path: string): string {
  return readFileSync(join(project, path), 'utf8');
}
