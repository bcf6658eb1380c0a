import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packed, repository } from './installed.ts';

/** A real installation by npm takes half a minute for each Node: `PLUMBLINE_INSTALL=22,24`, as each night. */
const nodes = process.env.PLUMBLINE_INSTALL?.split(',') ?? [];

describe.skipIf(nodes.length === 0)(
  'npm installs the tarball into an empty folder',
  { timeout: 300_000 },
  () => {
    test.each(nodes)('and it checks under Node %s', async (major) => {
      const { tarball } = await packed();
      const folder = mkdtempSync(join(tmpdir(), 'plumbline-install-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
      const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
      const npm = spawnSync('npm', ['install', ...quiet, tarball, `node@${major}`], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(npm.status, npm.stderr).toBe(0);
      expect(npm.stderr).not.toMatch(/EBADENGINE|deprecated|aws-cdk/);
      const node = join(folder, 'node_modules/node/bin/node');
      expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(new RegExp(`^v${major}\\.`));
      const own = (...args: string[]) =>
        spawnSync(node, [join(folder, 'node_modules/.bin/plumbline'), ...args], {
          cwd: folder,
          encoding: 'utf8',
        });
      const shop = join(repository, 'test/fixtures/cli-shop');
      expect(own('check', '--root', shop)).toMatchObject({
        stderr: '',
        status: 0,
        stdout: expect.stringContaining('all true'),
      });
      expect(own('engines').stdout).toMatch(/^kustomize/);
    });
  },
);
