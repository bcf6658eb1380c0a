import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packed, repository } from './installed.ts';

/**
 * A real installation by npm takes half a minute for each Node: `PLUMBLINE_INSTALL=22.12.0,22,24`, as each
 * night. The first is the oldest that the package names.
 */
const nodes = process.env.PLUMBLINE_INSTALL?.split(',') ?? [];

describe.skipIf(nodes.length === 0)(
  'npm installs the tarball into an empty folder',
  { timeout: 600_000 },
  () => {
    test.each(nodes)('and it checks and builds under Node %s, which warns of nothing', async (version) => {
      const { tarball } = await packed();
      const bin = installNode(version);
      // npm and what it installs run under that Node, as npm holds `engines` against the one that runs it.
      const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
      const folder = emptyFolder({ private: true });
      const run = (program: string, ...args: string[]) =>
        spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
      expect(run('node', '--version').stdout).toMatch(new RegExp(`^v${version.replaceAll('.', '\\.')}\\b`));

      const npm = run('npm', 'install', ...quiet, tarball);
      expect(npm).toMatchObject({ status: 0, stderr: '' });
      const own = (...args: string[]) => run(join(folder, 'node_modules/.bin/plumbline'), ...args);
      const shop = join(repository, 'test/fixtures/cli-shop');
      expect(own('check', '--root', shop)).toMatchObject({
        stderr: '',
        status: 0,
        stdout: expect.stringContaining('all true'),
      });
      expect(own('table', 'applications', '--root', shop)).toMatchObject({
        stderr: '',
        status: 0,
        stdout: expect.stringContaining('shop-web'),
      });
      expect(own('engines').stdout).toMatch(/^kustomize/);

      // What Astro brings may ask for a newer Node than Astro does: that is between npm and Astro.
      const site = run('npm', 'install', ...quiet, ...sitePackages());
      expect(site.status, site.stderr).toBe(0);
      const built = own('build', '--root', shop, '--out', join(folder, 'dist'));
      expect(built.status, built.stderr).toBe(0);
      expect(built.stderr).not.toMatch(/Warning/);
      expect(readFileSync(join(folder, 'dist/applications/index.html'), 'utf8')).toContain('shop-web');
    });

    test('an older Node is told which it needs', async () => {
      const { folder } = await packed();
      const node = join(installNode('20.19.0'), 'node');
      const old = spawnSync(node, [join(folder, 'scripts/plumbline.js'), 'check'], { encoding: 'utf8' });
      expect(old).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringContaining('this is v20.19.0'),
      });
    });
  },
);

const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];

/** What a site needs beside the package, at the versions that are tried here. */
function sitePackages(): string[] {
  const { peerDependencies, devDependencies }: OwnManifest = JSON.parse(
    readFileSync(join(repository, 'package.json'), 'utf8'),
  );
  return Object.keys(peerDependencies).map((name) => `${name}@${devDependencies[name]}`);
}

/** @returns the folder of its programs. */
function installNode(version: string): string {
  const tools = emptyFolder({ private: true, allowScripts: { node: true } });
  const got = spawnSync('npm', ['install', ...quiet, `node@${version}`], { cwd: tools, encoding: 'utf8' });
  expect(got.status, got.stderr).toBe(0);
  return join(tools, 'node_modules/node/bin');
}

function emptyFolder(manifest: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-install-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest)}\n`);
  return folder;
}

interface OwnManifest {
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
