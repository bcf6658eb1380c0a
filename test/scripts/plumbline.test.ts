import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Report } from '../../plugins/engine/index.ts';
import type { Model } from '../../plugins/model/index.ts';
import { isDue } from '../turns.ts';
import { copyOf, fixtures, plumbline, plumblineProcess, program, type Run, temporaryFolder } from './cli.ts';

const shop = join(fixtures, 'cli-shop');
const badInput = join(fixtures, 'cli-bad-input');
const colour = '\u001b[';

describe('check', () => {
  test('says on stdout what was checked, and exits 0 where all is true', async () => {
    const { code, stdout, stderr } = await plumbline(['check', '--root', shop]);
    expect(stdout).toMatch(/1 claim\b/);
    expect(stdout).not.toContain(colour);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('exits 1 where page and manifest disagree, and shows both sides', async () => {
    const root = copyOf('cli-shop');
    edit(join(root, 'K8s/shop/web/namespace.yaml'), '"-1"', '"1"');
    const { code, stdout, stderr } = await plumbline(['check', '--root', root]);
    expect(stdout).toContain('claim-false');
    expect(stdout).toContain('docs/index.md:6');
    expect(stdout).toContain('K8s/shop/web/namespace.yaml:6');
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  test('gives the same as JSON', async () => {
    const root = copyOf('cli-shop');
    edit(join(root, 'K8s/shop/web/deployment.yaml'), 'replicas: 2', 'replicas: 3');
    const { code, stdout } = await plumbline(['check', '--root', root, '--format', 'json']);
    const report: Report = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(report).toMatchObject({
      version: 1,
      checked: { pages: 2, facts: 2, claims: 1, tables: 1, diagrams: 1 },
    });
    expect(report.unverified).toBeInstanceOf(Array);
    const [fault, ...others] = report.diagnostics.filter(({ severity }) => severity === 'error');
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      rule: 'fact-stale',
      page: { file: 'docs/guides/web.md', line: 5, column: 22 },
      expected: expect.stringContaining('3'),
      actual: expect.stringContaining('2'),
    });
  });

  test('checks the named pages alone', async () => {
    const checkedPages = async (page: string) => {
      const { code, stdout } = await plumbline(['check', page, '--root', shop, '--format', 'json']);
      const report: Report = JSON.parse(stdout);
      return {
        code,
        pages: report.checked.pages,
        facts: report.checked.facts,
        claims: report.checked.claims,
      };
    };
    const guide = { code: 0, pages: 1, facts: 1, claims: 0 };
    expect(await checkedPages('docs/guides/web.md')).toEqual(guide);
    expect(await checkedPages('guides/web.md')).toEqual(guide);
    expect(await checkedPages('guides')).toEqual(guide);
  });

  test('a docs folder that is named and holds no page is a wrong call, not a green check of nothing', async () => {
    const docs = temporaryFolder();
    const { code, stdout, stderr } = await plumbline(['check', '--root', shop, '--docs', docs]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('holds no page');
  });

  test.each([
    ['a docs folder that is a file', ['--docs', join(shop, 'plumbline.yaml')], 'is not a folder'],
    ['a docs folder that is not there', ['--docs', join(shop, 'dox')], 'does not exist'],
    ['a pattern of pages that none matches', ['docs/zz*.md'], 'there is no page `docs/zz*.md`'],
    ['a folder without a page', ['K8s'], 'the folder `K8s` holds no page'],
  ])('nothing to check is a wrong call: %s', async (_, rest, message) => {
    for (const command of ['check', 'fix']) {
      const { code, stdout, stderr } = await plumbline([command, '--root', shop, ...rest]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(message);
    }
  });

  test('nothing to check is a wrong call: no root, none with a manifest, or a part of a repository', async () => {
    const [empty, root] = [temporaryFolder(), copyOf('cli-shop')];
    mkdirSync(join(empty, 'docs'));
    writeFileSync(join(empty, 'docs/index.md'), 'Nothing here.\n');
    const refused = async (folder: string) => {
      const { code, stdout, stderr } = await plumbline(['check', '--root', folder]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(await refused(join(empty, 'none'))).toContain('is not a folder');
    expect(await refused(join(empty, 'docs/index.md'))).toContain('is not a folder');
    expect(await refused(empty)).toContain('there is no manifest under');
    for (const call of [['table', 'waves'], ['diagram', 'waves'], ['model']]) {
      const { code, stdout, stderr } = await plumbline([...call, '--root', empty]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('there is no manifest under');
    }
    mkdirSync(join(root, '.git'));
    expect(await refused(join(root, 'K8s'))).toContain('is a part of the repository');
    // One that stands for itself may be without pages.
    writeFileSync(join(root, 'K8s/plumbline.yaml'), '');
    expect((await plumbline(['check', '--root', join(root, 'K8s')])).code).toBe(0);
  });

  test('reads pages outside the root', async () => {
    const docs = temporaryFolder();
    writeFileSync(
      join(docs, 'outside.md'),
      'There are :fact[2]{count="kind == \'Namespace\'"} namespaces.\n',
    );
    const { code, stdout } = await plumbline(['check', '--root', shop, '--docs', docs]);
    expect(stdout).toContain('outside.md:1:17');
    expect(code).toBe(1);
  });

  test('--strict exits 3 where something could not be verified', async () => {
    const root = copyOf('cli-shop');
    edit(
      join(root, 'K8s/shop/web/kustomization.yaml'),
      'resources:',
      'helmCharts:\n  - name: cart\n    repo: https://charts.example.com\n    version: 1.0.0\nresources:',
    );
    expect((await plumbline(['check', '--root', root])).code).toBe(0);
    const strict = await plumbline(['check', '--root', root, '--strict']);
    expect(strict.stdout).toContain('cart');
    expect(strict.code).toBe(3);
    expect((await plumbline(['check', '--root', shop, '--strict'])).code).toBe(0);
  });

  test('colours only where asked to', async () => {
    const check = async (...[args, surroundings]: Parameters<typeof plumbline>) =>
      (await plumbline(['check', '--root', shop, ...args], surroundings)).stdout.includes(colour);
    const env = { NO_COLOR: '', TERM: 'xterm' };
    expect(await check([], { isTTY: true, env })).toBe(true);
    expect(await check(['--no-color'], { isTTY: true, env })).toBe(false);
    expect(await check([], { isTTY: true, env: { ...env, NO_COLOR: '1' } })).toBe(false);
    expect(await check([], { isTTY: true, env: { ...env, TERM: 'dumb' } })).toBe(false);
    expect(await check([], { env })).toBe(false);
    expect(await check(['--color'])).toBe(true);
  });

  test.runIf(isDue(0, 2))(
    'gives the same bytes twice, with and without a cache, in a process of its own and in this one',
    async () => {
      const folder = temporaryFolder();
      const args = ['check', '--root', badInput];
      // Libraries look for colours at the process, not at the terminal of a call.
      const surroundings = { XDG_CACHE_HOME: folder, NO_COLOR: '', FORCE_COLOR: '1' };
      const cold = plumblineProcess(args, surroundings);
      vi.stubEnv('XDG_CACHE_HOME', folder);
      onTestFinished(() => void vi.unstubAllEnvs());
      expect(cold).toMatchObject({ code: 1, stdout: expect.not.stringContaining(colour) });
      expect(await plumbline(args)).toEqual(cold);
      expect(await plumbline([...args, '--no-cache'])).toEqual(cold);
      const json = [...args, '--format', 'json'];
      expect(await plumbline([...json, '--no-cache'])).toEqual(await plumbline(json));
    },
  );
});

describe('bad input costs only itself', () => {
  let run: Run;
  let report: Report;
  beforeAll(async () => {
    run = await plumbline(['check', '--root', badInput, '--format', 'json']);
    report = JSON.parse(run.stdout);
  });
  const faultAt = (file: string, line: number) =>
    report.diagnostics.find(({ page, sources }) =>
      [page, ...sources].some((place) => place?.file === file && place.line === line),
    )?.rule;

  test('the run ends as a disagreement, not as a crash', () => {
    expect(run).toMatchObject({ code: 1, stderr: '' });
  });

  test.each([
    ['broken YAML', 'K8s/broken.yaml', 4, 'manifest-invalid'],
    ['a template', 'K8s/template.yaml', 4, 'manifest-invalid'],
    ['a document without a kind', 'K8s/app/without-kind.yaml', 1, 'manifest-invalid'],
    ['an unknown view', 'docs/bad.md', 5, 'directive-invalid'],
    ['a bad expression', 'docs/bad.md', 7, 'query-invalid'],
    ['an unknown attribute', 'docs/bad.md', 9, 'directive-invalid'],
    ['a directive that does not parse', 'docs/bad.md', 11, 'directive-invalid'],
    ['an unknown fence option', 'docs/bad.md', 13, 'directive-invalid'],
    ['broken D2', 'docs/bad.md', 18, 'diagram-invalid'],
  ])('%s is a diagnostic at its place', (_what, file, line, rule) => {
    expect(faultAt(file, line)).toBe(rule);
  });

  test('the model has all the rest', async () => {
    const model: Model = JSON.parse((await plumbline(['model', '--root', badInput])).stdout);
    expect(model.resources.map(({ id }) => id)).toEqual(['ConfigMap/sound/settings', 'Namespace/sound']);
  });

  test('everything else is still checked', () => {
    expect(faultAt('docs/false.md', 5)).toBe('fact-stale');
    expect(report.diagnostics.filter(({ page }) => page?.file === 'docs/true.md')).toEqual([]);
    expect(report.checked).toMatchObject({ pages: 3, facts: 2, references: 1 });
  });
});

describe('a wrong call exits 2 and says what to do', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['chekc']],
    ['an unknown option', ['check', '--root', shop, '--frobnicate']],
    ['a root that is not there', ['check', '--root', 'no/such/folder'], 'no/such/folder'],
    ['a configuration that is not there', ['check', '--root', shop, '--config', 'no.yaml'], 'no.yaml'],
    ['a page that is not there', ['check', '--root', shop, 'docs/nowhere.md'], 'docs/nowhere.md'],
    ['a folder to render', ['render', 'docs', '--root', shop], '`docs` is a folder'],
    ['an unknown format', ['check', '--root', shop, '--format', 'yaml'], 'pretty, concise, json'],
    [
      'an unknown format of a table',
      ['table', 'resources', '--root', shop, '--format', 'xml'],
      'md, json, csv',
    ],
    ['an unknown view', ['table', 'resourcez', '--root', shop], '`resources`'],
    ['an unknown drawing', ['diagram', 'projectz', '--root', shop], '`projects`'],
    ['a bad expression', ['table', 'resources', '--root', shop, '--where', "kindd == 'x'"], 'kindd'],
    ['a page to render that is not there', ['render', 'nowhere.md', '--root', shop], 'nowhere.md'],
  ])('%s', async (_what, args, mentions = '') => {
    const { code, stdout, stderr } = await plumbline(args);
    expect(stdout).toBe('');
    expect(stderr).toContain(mentions);
    expect(stderr).not.toContain('internal error');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  test('a configuration that is wrong', async () => {
    const root = copyOf('cli-shop');
    writeFileSync(join(root, 'plumbline.yaml'), 'layerz: {}\n');
    const { code, stderr } = await plumbline(['check', '--root', root]);
    expect(stderr).toContain('layerz');
    expect(code).toBe(2);
  });

  test('the process does', () => {
    const { code, stdout, stderr } = plumblineProcess(['check', '--frobnicate']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("unknown option '--frobnicate'");
  });

  test('help and version are no faults', async () => {
    expect(await plumbline(['--help'])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('check'),
    });
    expect(await plumbline(['check', '--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--root'),
    });
    expect((await plumbline(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('views on stdout', () => {
  test('a table as Markdown, JSON and CSV', async () => {
    const args = [
      'table',
      'resources',
      '--root',
      shop,
      '--where',
      "kind == 'Namespace'",
      '--columns',
      'name, wave',
    ];
    expect((await plumbline(args)).stdout).toMatch(/^\|.*\n\| ?:?-+[\s\S]*shop/m);
    expect((await plumbline([...args, '--format', 'csv'])).stdout.trim().split(/\r?\n/)).toHaveLength(2);
    const table = JSON.parse((await plumbline([...args, '--format', 'json'])).stdout);
    expect(table).toMatchObject({
      view: 'resources',
      columns: ['name', 'wave'],
      rows: [{ name: 'shop', wave: '-1', origin: { file: 'K8s/shop/web/namespace.yaml', line: 1 } }],
    });
    expect(table.rows[0].id).toBeTypeOf('string');
  });

  test('a drawing as D2 and as SVG', async () => {
    expect((await plumbline(['diagram', 'projects', '--root', shop])).stdout).toContain('->');
    const svg = await plumbline(['diagram', 'projects', '--root', shop, '--format', 'svg']);
    expect(svg).toMatchObject({ code: 0, stderr: '' });
    expect(svg.stdout).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
  });

  test('the model as JSON', async () => {
    const { code, stdout, stderr } = await plumbline(['model', '--root', shop]);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      applications: [{ name: 'shop-web', project: 'shop' }],
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('a page as plain Markdown', async () => {
    const { code, stdout, stderr } = await plumbline(['render', 'docs/index.md', '--root', shop]);
    expect(stdout).toContain('shop-web');
    expect(stdout).not.toContain('::table');
    expect(stdout).not.toContain(':fact[');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('a reader that closes the pipe early ends it quietly', async () => {
    const child = spawn(process.execPath, [program, 'model', '--root', shop]);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(file, text.replace(from, to));
}
