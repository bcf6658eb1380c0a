/** An engine that is started before it is needed: most of what kustomize takes for a folder is its start. */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { digestOf, isExecutable, type Program, startProgram, temporaryFolder } from '../../base/index.ts';
import { answerOf, type BuildOutput, type Engine, startEngine } from './find-engine.ts';

/**
 * Keeps one engine waiting: it has built an object of ours, so that it has read what it knows of all kinds,
 * and the kustomization that it goes on with it reads from a pipe, whose other end is held here. Where this
 * process is gone there is nothing to be read, and it ends. Where none waits, or the system has no pipes,
 * another one is started as ever.
 * @param rest milliseconds before the next is started: what was asked for is shown first.
 */
export function openStandby(rest = untilStarted): Standby {
  let waiting: Promise<Started | null> | undefined;
  let ready: Started | null = null;
  let timer: NodeJS.Timeout | undefined;
  const end = async (started: Started | null): Promise<void> => {
    started?.end();
    await started?.folder.dispose();
  };
  return {
    take(engine, parameters) {
      const started = ready;
      if (started === null) return null;
      ready = null;
      waiting = undefined;
      if (started.words === wordsOf(engine, parameters)) return started;
      void end(started);
      return null;
    },
    prepare(engine, parameters, files = []) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        waiting ??= start(engine, parameters, files).catch(() => null);
        void waiting.then((started) => {
          ready = started;
        });
      }, rest).unref();
    },
    async close() {
      clearTimeout(timer);
      const started = (await waiting) ?? null;
      [ready, waiting] = [null, undefined];
      await end(started);
    },
  };
}

async function start(
  engine: Engine,
  parameters: string[],
  files: readonly PlainFile[],
): Promise<Started | null> {
  const maker = makers.find(isExecutable);
  if (maker === undefined) return null;
  const folder = temporaryFolder('render');
  const home = join(folder.path, 'home');
  const together = join(folder.path, 'together', 'first');
  const [known, target] = [join(together, 'known'), join(together, 'asked')];
  await Promise.all([home, known, target].map((path) => mkdir(path, { recursive: true })));
  const write = (at: string, name: string, value: object) => writeFile(join(at, name), JSON.stringify(value));
  await Promise.all([
    write(together, 'kustomization.yaml', { resources: ['known', 'asked'] }),
    write(known, 'kustomization.yaml', { resources: ['own.yaml'] }),
    write(known, 'own.yaml', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: own } }),
  ]);
  const path = join(target, 'kustomization.yaml');
  const { error } = await startProgram(maker, [path], { env: {} }).ended;
  const program =
    error === null ? await startEngine(engine.path, [...engine.build, ...parameters, together], home) : null;
  const pipe = program && (await openOnceRead(path, program));
  if (program === null || pipe === null) {
    await folder.dispose();
    return null;
  }
  const copied = await copyAll(files, join(folder.path, 'root'));
  return { folder, target, copied, program, words: wordsOf(engine, parameters), ...pipe };
}

/** What was built is mostly built again, with one of its files edited: the others are there by then. */
async function copyAll(files: readonly PlainFile[], root: string): Promise<Map<string, string>> {
  const copied = new Map<string, string>();
  await Promise.all(
    files.map(async ({ path, hash, from }) => {
      const bytes = await readFile(from).catch(() => null);
      if (bytes === null || digestOf(bytes) !== hash) return;
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), bytes);
      copied.set(path, hash);
    }),
  );
  return copied;
}

/** What an engine that waits makes of a kustomization; null where it is no more. */
export async function buildWaiting(
  { program, write, end }: Started,
  text: string,
  limit: number,
): Promise<BuildOutput | null> {
  if (!write(text)) {
    end();
    return null;
  }
  const output = await answerOf('kustomize', program, limit);
  return output.ok ? { ...output, text: withoutOwn(output.text) } : output;
}

function withoutOwn(text: string): string {
  const pieces = text.split(/^---\n/m);
  return pieces.filter((piece) => !piece.includes(`\n  name: ${own}\n`)).join('---\n');
}

/** A pipe can be opened without waiting only once it is read: then the engine has come so far. */
async function openOnceRead(path: string, program: Program): Promise<Pipe | null> {
  let isGone = false;
  void program.ended.then(() => {
    isGone = true;
  });
  for (const end = performance.now() + longestStart; !isGone && performance.now() < end; ) {
    try {
      return pipeOf(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK), program);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') break;
    }
    await after(lookEach, undefined, { ref: false });
  }
  program.kill();
  return null;
}

function pipeOf(file: number, program: Program): Pipe {
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    write(text) {
      try {
        return isOpen && writeSync(file, text) === Buffer.byteLength(text);
      } catch {
        return false;
      } finally {
        close();
      }
    },
    end() {
      program.kill();
      close();
    },
  };
}

function wordsOf({ path, version }: Engine, parameters: readonly string[]): string {
  return JSON.stringify([path, version, ...parameters]);
}

/** Where systems have it; PATH may lead into the repository that is read. */
const makers = ['/usr/bin/mkfifo', '/bin/mkfifo', '/run/current-system/sw/bin/mkfifo'];
/** The object that is built before it waits, which is none of the repository's. */
const own = 'plumbline-built-before-it-waits';
const untilStarted = 400;
/** Milliseconds between two looks whether it has come as far as to read, and in which it has to. */
const lookEach = 20;
const longestStart = 30_000;

/** An engine that waits, and the folder that the copy goes into which it is to run over. */
export interface Started extends Pipe {
  folder: ReturnType<typeof temporaryFolder>;
  /** The folder whose kustomization it waits for. */
  target: string;
  /** Files that lie in the copy, by their paths in the repository, and their hashes. */
  copied: ReadonlyMap<string, string>;
  program: Program;
  /** What it was started with. */
  words: string;
}

interface Pipe {
  /** Gives it what it waits for; false where it is no more. */
  write(text: string): boolean;
  /** Ends it. */
  end(): void;
}

/** A file that goes into copies as it is. */
export interface PlainFile {
  /** In the repository. */
  path: string;
  hash: string;
  /** Where it lies on disk. */
  from: string;
}

export interface Standby {
  /** The one that waits, where it was started like this: then it is the caller's. */
  take(engine: Engine, parameters: readonly string[]): Started | null;
  /** Starts the next soon, and copies these files for it. */
  prepare(engine: Engine, parameters: string[], files?: readonly PlainFile[]): void;
  /** Ends the one that waits. */
  close(): Promise<void>;
}
