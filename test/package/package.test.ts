import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect } from 'vitest';
import { codeDigests } from '../../plugins/base/index.ts';
import { replaceable } from '../../plugins/starlight/site/components.ts';
import { isTurn } from '../fuzz.ts';
import { plumbline } from '../scripts/cli.ts';
import { fileInTurns } from '../turns.ts';
import { install, packed, repository } from './installed.ts';

const { describe, test } = fileInTurns(1, 3);

let made: Awaited<ReturnType<typeof packed>>;
let folder: string;
beforeAll(async () => {
  made = await packed();
  folder = mkdtempSync(join(tmpdir(), 'plumbline-install-'));
  install(made.tarball, folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the package', () => {
  test('has nothing to say to publint', async () => {
    const manifest = JSON.parse(readFileSync(join(made.folder, 'package.json'), 'utf8'));
    const { messages } = await publint({
      pack: { tarball: new Uint8Array(readFileSync(made.tarball)).buffer },
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  // What takes a program of its own for long takes turns: types, a check and a drawing.
  test.runIf(isTurn(0, 3, 3))('has types where they are looked for', () => {
    const program = join(import.meta.dirname, 'types-of.ts');
    const checked: Checked = JSON.parse(
      execFileSync(process.execPath, [program, made.tarball], { encoding: 'utf8' }),
    );
    // Everything that resolves by `exports`, and knows that this is ESM.
    const modern = checked.problems.filter(
      ({ kind, resolutionKind = 'bundler' }) =>
        kind !== 'CJSResolvesToESM' && /^(node16-esm|bundler)$/.test(resolutionKind),
    );
    expect(modern).toEqual([]);
    expect(checked.entrypoints).toEqual(expect.arrayContaining(['.', './loader']));
  });

  test('tells in an editor what each option of the plugin means', () => {
    const types = readFileSync(join(made.folder, 'plugins/starlight/site/options.d.ts'), 'utf8');
    const bare = [...types.matchAll(/(?<!\*\/\n) {4}(\w+)\?: /g)].map(([, name]) => name);
    expect(types.match(/\*\/\n {4}\w+\?: /g)).toHaveLength(8 + replaceable.length + 1);
    expect(bare).toEqual([]);
  });

  test('is JavaScript, and holds what its modules name by a path', () => {
    const files = globSync('**/*.*', { cwd: made.folder });
    expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'plugins/starlight/styles/plumbline.css',
        'plugins/starlight/client/page.js',
        'plugins/starlight/components/Footer.astro',
        'plugins/starlight/run/check-thread.js',
        'plugins/d2/worker/host.js',
        'chunks/node/words.js',
        'plugins/code-digests.json',
        'plugins/checks/rules/pages/claim-false.txt',
        'plumbline.schema.json',
      ]),
    );
    const code = files.filter((file) => /\.(js|astro|d\.ts)$/.test(file));
    const toSource = code.filter((file) =>
      /from '\.[^']*\.ts'/.test(readFileSync(join(made.folder, file), 'utf8')),
    );
    expect(toSource).toEqual([]);
  });

  test('has what is given to a process, a thread or Vite by its path', () => {
    const asked = globSync('plugins/**/*.ts', { cwd: repository }).flatMap((file) => {
      const text = readFileSync(join(repository, file), 'utf8');
      const paths = text.matchAll(/moduleBeside\(import\.meta\.url, '([^']+)'\)/g);
      return [...paths].map(([, path = '']) => posix.join(posix.dirname(file), path));
    });
    const scripts = globSync('plugins/starlight/client/{page,edit,lost,toolbar-app}.ts', { cwd: repository });
    const routes = globSync('plugins/starlight/{search,trust,icons}/*route.ts', { cwd: repository });
    const modules = [...asked, ...[...scripts, ...routes].map((file) => file.replace(/\.ts$/, ''))];
    expect(modules.length).toBeGreaterThan(12);
    expect(modules.filter((path) => !existsSync(join(made.folder, `${path}.js`)))).toEqual([]);
  });

  // A thread that had one twice would keep two of what it keeps once, and would read it twice.
  test('has each module of ours once for Node, the pages and the browser, in a quarter as many files', () => {
    const files = globSync('{chunks,plugins,scripts}/**/*.js', { cwd: made.folder }).map((file) =>
      file.replaceAll('\\', '/'),
    );
    const heldBy = (file: string) =>
      [...readFileSync(join(made.folder, file), 'utf8').matchAll(/^\/\/ (plugins\/.+\.ts)$/gm)].map(
        ([, module = '']) => module,
      );
    const alone = 'plugins/starlight/loader.js';
    const isForBrowser = (file: string) => /^(?:chunks\/browser|plugins\/starlight\/client)\//.test(file);
    const isForPages = (file: string) =>
      !isForBrowser(file) && /^(?:chunks\/site|plugins\/starlight\/(?!index\.|loader\.|run\/))/.test(file);
    const modules = (of: (file: string) => boolean) => files.filter(of).flatMap(heldBy);
    const node = modules((file) => !isForPages(file) && !isForBrowser(file) && file !== alone);
    const [pages, browser] = [modules(isForPages), modules(isForBrowser)];
    for (const graph of [node, pages, browser, heldBy(alone)]) expect(graph).toEqual([...new Set(graph)]);
    expect(node).toContain('plugins/starlight/run/check-outcome.ts');
    expect(pages).toContain('plugins/starlight/site/page-words.ts');
    expect(browser).toContain('plugins/starlight/client/tables/fit.ts');
    expect(node.length).toBeGreaterThan(files.length * 4);
  });

  test('is as large to download as README says', () => {
    const [, said = ''] =
      /package is ([\d.]+) MB to download/.exec(readFileSync(join(repository, 'README.md'), 'utf8')) ?? [];
    expect(Math.abs(statSync(made.tarball).size / 1e6 - Number(said))).toBeLessThan(0.1);
  });

  test('tells what it keeps apart by the code that it is made of', () => {
    const written = JSON.parse(readFileSync(join(made.folder, 'plugins/code-digests.json'), 'utf8'));
    expect(written).toEqual(codeDigests(join(repository, 'plugins')));
  });

  test('asks nobody to run anything, and brings no engine', () => {
    const manifest = JSON.parse(readFileSync(join(made.folder, 'package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('private');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(JSON.stringify(manifest)).not.toContain('aws-cdk');
  });
});

describe('the command line of the package', () => {
  const own = (...args: string[]) =>
    spawnSync(
      process.execPath,
      [join(folder, 'node_modules/starlight-plumbline/scripts/plumbline.js'), ...args],
      { cwd: folder, encoding: 'utf8' },
    );

  test('says its version, without Astro or Starlight', () => {
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    expect(own('--version')).toMatchObject({ stdout: `${version}\n`, stderr: '', status: 0 });
  });

  test.runIf(isTurn(1, 3, 3))('finds what the checkout finds', async () => {
    const args = ['check', '--root', join(repository, 'test/fixtures/cli-shop'), '--format', 'json'];
    const checked = own(...args);
    expect(checked.stderr).toBe('');
    expect(JSON.parse(checked.stdout)).toEqual(JSON.parse((await plumbline(args)).stdout));
  });

  test.runIf(isTurn(2, 3, 3))(
    'prints a diagram, whose drawing runs in a process of its own, and nothing beside it',
    () => {
      const drawn = own(
        ...['diagram', 'around', '--of', 'Application/shop-web', '--format', 'svg'],
        ...['--root', join(repository, 'test/fixtures/cli-shop')],
      );
      expect(drawn).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^<svg/) });
    },
  );
});

interface Checked {
  problems: { kind: string; resolutionKind?: string }[];
  entrypoints: string[];
}
