import { execFileSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmdirSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildPackage } from '../../scripts/package/build.ts';
import { pack } from '../../scripts/package/pack.ts';

export const repository = resolve(import.meta.dirname, '../..');

/** The package, made and packed as it is published, once in a run of the tests, with which it goes. */
export async function packed(): Promise<{ folder: string; tarball: string }> {
  const shared = join(process.env.PLUMBLINE_TREES ?? tmpdir(), 'package');
  const lock = `${shared}.lock`;
  // Another worker makes it where there is the lock.
  while (!existsSync(shared))
    if (take(lock)) await make(shared).finally(() => rmdirSync(lock));
    else await wait(200);
  const [tarball = ''] = globSync('*.tgz', { cwd: shared });
  return { folder: join(shared, 'package'), tarball: join(shared, tarball) };
}

async function make(target: string): Promise<void> {
  if (existsSync(target)) return;
  const own = mkdtempSync(join(tmpdir(), 'plumbline-package-'));
  await buildPackage(repository, join(own, 'package'));
  pack(join(own, 'package'), own);
  renameSync(own, target);
}

/** Whether nobody had it. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Puts the package into a folder's `node_modules` as npm would: its files, and beside it what its
 * manifest asks for and nothing else, which is linked to what is installed here.
 * @param peers which of the packages that only a site has are there, too.
 */
export function install(tarball: string, folder: string, peers: string[] = []): void {
  const modules = join(folder, 'node_modules');
  const target = join(modules, 'starlight-plumbline');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  link(modules, [...Object.keys(dependencies), ...peers]);
}

/** The same as pnpm does it: the package lies elsewhere, here where it is installed in another folder. */
export function installLinked(from: string, folder: string, peers: string[]): void {
  const modules = join(folder, 'node_modules');
  link(modules, peers);
  const name = 'starlight-plumbline';
  symlinkSync(join(from, 'node_modules', name), join(modules, name), 'dir');
}

/** Links packages to what is installed here. */
function link(modules: string, names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(repository, 'node_modules', name), join(modules, name), 'dir');
  }
}
