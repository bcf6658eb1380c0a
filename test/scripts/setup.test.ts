import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDue } from '../turns.ts';
import { project, temporaryFolder } from './cli.ts';

/** What the projects of the tests are copies of. */
let origin: string;
beforeAll(() => {
  origin = mkdtempSync(join(tmpdir(), 'plumbline-'));
  writeProject(origin);
});
afterAll(() => rmSync(origin, { recursive: true, force: true }));

/** Every third day: each run of all tests begins with it. */
describe.runIf(isDue(2, 3))('setup', () => {
  test('installs with the real npm where nothing is installed, then runs the step, and the next time only the step', () => {
    const folder = tinyProject();
    const first = setup(folder, ['check', '--format', 'json']);
    expect(first.stderr).toContain('nothing is installed yet: installing 1 packages');
    expect(first.stdout).toContain('ran with --format json');
    expect(first.status).toBe(0);

    const second = setup(folder, ['check']);
    expect(second.stderr).toBe('');
    expect(second.stdout).toContain('ran with');
  });

  test('installs again where the lock has changed, or an installation did not end', () => {
    const folder = installedProject();
    expect(setup(folder, ['check']).stderr).toBe('');
    writeLock(folder, '2.0.0');
    expect(setup(folder, ['check']).stderr).toContain('leaf 2.0.0 is not installed: installing');
    rmSync(join(folder, 'node_modules/.package-lock.json'));
    expect(setup(folder, ['check']).stderr).toContain('the last installation did not end');
    expect(setup(folder, ['check']).stderr).toBe('');
  });

  test('explains an installation that fails for want of a network', () => {
    const folder = tinyProject();
    writeFileSync(join(folder, '.npmrc'), 'registry=http://localhost:9/\nfetch-retries=0\n');
    const lock = {
      lockfileVersion: 3,
      packages: { '': { dependencies: { yaml: '2.9.1' } }, 'node_modules/yaml': { version: '2.9.1' } },
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { yaml: '2.9.1' } }));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const { status, stderr } = setup(folder, ['check'], { npm_config_cache: temporaryFolder() });
    expect(stderr).toContain('error: `npm ci` failed');
    expect(stderr).toMatch(/help: the registry could not be reached/);
    expect(status).toBe(1);
  });

  test('hands on the exit code of the step', () => {
    const folder = installedProject();
    writeFileSync(join(folder, 'scripts/plumbline.ts'), 'process.exit(3);\n');
    expect(setup(folder, ['check']).status).toBe(3);
  });

  test('stops at the first step that fails and says which', () => {
    const folder = installedProject();
    writeFileSync(join(folder, 'scripts/plumbline.ts'), 'process.exit(1);\n');
    const { status, stderr, stdout } = setup(folder, ['start']);
    expect(stderr).toContain('stopped: could not check what the pages say');
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  test('names the steps where it does not know one', () => {
    const { status, stderr } = setup(tinyProject(), ['strat']);
    expect(stderr).toContain('there is no step `strat`');
    expect(stderr).toContain('start, dev, build');
    expect(status).toBe(1);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'hands %s on to what it started, and ends with it',
    async (signal) => {
      const folder = installedProject();
      const server = `process.on('${signal}', () => { console.log('ended in order'); process.exit(0); });\nsetInterval(() => {}, 1000);\nconsole.log('ready');\n`;
      writeFileSync(join(folder, 'scripts/plumbline.ts'), server);
      const child = spawn(process.execPath, ['scripts/setup.mjs', 'check'], { cwd: folder });
      let output = '';
      child.stdout.on('data', (chunk) => {
        if (output === '') child.kill(signal);
        output += chunk;
      });
      const code = await new Promise((resolve) => child.on('close', resolve));
      expect(output).toBe('ready\nended in order\n');
      expect(code).toBe(0);
    },
  );
});

/** A project with the real set-up script and one dependency that npm finds on disk. */
function tinyProject(): string {
  const folder = temporaryFolder();
  cpSync(origin, folder, { recursive: true });
  return folder;
}

/** The same, installed already. */
function installedProject(): string {
  const folder = tinyProject();
  const path = 'node_modules/leaf';
  mkdirSync(join(folder, path), { recursive: true });
  cpSync(join(folder, 'leaf/package.json'), join(folder, path, 'package.json'));
  cpSync(join(folder, 'package-lock.json'), join(folder, 'node_modules/.package-lock.json'));
  return folder;
}

function writeProject(folder: string): void {
  mkdirSync(join(folder, 'scripts'));
  cpSync(join(project, 'scripts/setup.mjs'), join(folder, 'scripts/setup.mjs'));
  writeFileSync(
    join(folder, 'scripts/plumbline.ts'),
    "console.log('ran with', process.argv.slice(3).join(' '));\n",
  );
  writeLock(folder, '1.0.0');
}

/** As npm writes it, which takes seconds to. */
function writeLock(folder: string, version: string): void {
  mkdirSync(join(folder, 'leaf'), { recursive: true });
  writeFileSync(join(folder, 'leaf/package.json'), JSON.stringify({ name: 'leaf', version }));
  const archive = `leaf-${version}.tgz`;
  spawnSync('tar', ['-czf', archive, 'leaf'], { cwd: folder });
  const own = { name: 'tiny', version: '1.0.0', dependencies: { leaf: `file:${archive}` } };
  const packages = { '': own, 'node_modules/leaf': { version, resolved: `file:${archive}` } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(own));
  const lock = { name: own.name, version: own.version, lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

function setup(cwd: string, args: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, ['scripts/setup.mjs', ...args], {
    cwd,
    encoding: 'utf8',
    // Not the npm of the run that these tests are part of, nor its settings.
    env: { ...process.env, npm_execpath: '', ...env },
  });
}
