import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { realOf } from '../../base/index.ts';

/**
 * What a site is made with, which is installed beside this package and is none of its own dependencies: only
 * who makes sites needs it.
 * @param from the module or folder beside which they are looked for.
 * @returns the folder of each.
 * @throws with what to install where one is missing or too old.
 */
export function findPeers(from: string = import.meta.url): Record<Peer, string> {
  const require = createRequire(from);
  const found = Object.entries(peers).map(([name, oldest]) => ({
    name,
    oldest,
    ...manifestOf(name, require),
  }));
  const wrong = found.filter(({ file, version, oldest }) => file === undefined || isOlder(version, oldest));
  if (wrong.length > 0) {
    const words = wrong.map(({ name, file, version, oldest }) =>
      file === undefined
        ? `\`${name}\` is not installed`
        : `\`${name}\` is ${version}, and ${oldest} is needed`,
    );
    throw Object.assign(new Error(`a site is made with Astro and Starlight, of which ${words.join(', ')}`), {
      help: `Run it with all of them: \`npx ${[...Object.keys(peers), 'starlight-plumbline'].map((name) => `-p ${name}`).join(' ')} plumbline build --root DIR\`; in a project of your own: \`npm install ${Object.keys(peers).join(' ')}\`.`,
    });
  }
  const folders = found.map(({ name, file = '' }) => [name, dirname(realOf(file))]);
  return Object.fromEntries(folders) as Record<Peer, string>;
}

/**
 * Of the packages that a site is made with, those that it has in a version from before the oldest that will
 * do; npm tells of them, other package managers install them all the same.
 * @param siteRoot absolute.
 */
export function outdatedPeers(siteRoot: string): { name: string; version: string; oldest: string }[] {
  const require = createRequire(join(siteRoot, 'package.json'));
  return Object.entries(peers).flatMap(([name, oldest]) => {
    const { file, version } = manifestOf(name, require);
    return file !== undefined && isOlder(version, oldest) ? [{ name, version, oldest }] : [];
  });
}

/** As it is found: its links are followed where it is used, and not in each build of a site. */
function manifestOf(name: string, require: NodeJS.Require): { file: string | undefined; version: string } {
  for (const path of require.resolve.paths(name) ?? []) {
    const file = join(path, name, 'package.json');
    if (!existsSync(file)) continue;
    const { version = '0.0.0' } = JSON.parse(readFileSync(file, 'utf8')) as { version?: string };
    return { file, version };
  }
  return { file: undefined, version: '' };
}

function isOlder(version: string, oldest: string): boolean {
  const [a, b] = [version, oldest].map((one) => one.split(/[.-]/).map(Number));
  for (const index of [0, 1, 2]) {
    const [x = 0, y = 0] = [a?.[index], b?.[index]];
    if (x !== y) return x < y;
  }
  return false;
}

/** With the oldest version that will do, as the package's `peerDependencies` say. */
const peers = {
  astro: '7.3.0',
  '@astrojs/starlight': '0.42.0',
  '@astrojs/markdown-remark': '7.3.0',
} as const;

export type Peer = keyof typeof peers;
