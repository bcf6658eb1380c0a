/** An engine that is started before it is needed: most of what kustomize takes for a folder is its start. */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { isExecutable, type Program, startProgram, temporaryFolder } from '../../base/index.ts';
import { answerOf, type BuildOutput, type Engine, startEngine } from './find-engine.ts';

/**
 * Keeps one engine waiting: it reads the kustomization that it has begun with from a pipe, whose other end is
 * held here, and goes on once something is written. Where this process is gone there is nothing to be read,
 * and it ends. Where none waits, or the system has no pipes, another one is started as ever.
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
    prepare(engine, parameters) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        waiting ??= start(engine, parameters).catch(() => null);
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

async function start(engine: Engine, parameters: string[]): Promise<Started | null> {
  const maker = makers.find(isExecutable);
  if (maker === undefined) return null;
  const folder = temporaryFolder('render');
  const home = join(folder.path, 'home');
  const target = join(folder.path, 'together', 'first');
  await Promise.all([home, target].map((path) => mkdir(path, { recursive: true })));
  const path = join(target, 'kustomization.yaml');
  const { error } = await startProgram(maker, [path], { env: {} }).ended;
  const program =
    error === null ? await startEngine(engine.path, [...engine.build, ...parameters, target], home) : null;
  const pipe = program && (await openOnceRead(path, program));
  if (program === null || pipe === null) {
    await folder.dispose();
    return null;
  }
  return { folder, target, program, words: wordsOf(engine, parameters), ...pipe };
}

/** What an engine that waits makes of a kustomization; null where it is no more. */
export async function buildWaiting(
  { program, write, end }: Started,
  text: string,
  limit: number,
): Promise<BuildOutput | null> {
  if (write(text)) return answerOf('kustomize', program, limit);
  end();
  return null;
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
const untilStarted = 400;
/** Milliseconds between two looks whether it has come as far as to read, and in which it has to. */
const lookEach = 20;
const longestStart = 30_000;

/** An engine that waits, and the folder that the copy goes into which it is to run over. */
export interface Started extends Pipe {
  folder: ReturnType<typeof temporaryFolder>;
  /** The folder whose kustomization it waits for. */
  target: string;
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

export interface Standby {
  /** The one that waits, where it was started like this: then it is the caller's. */
  take(engine: Engine, parameters: readonly string[]): Started | null;
  /** Starts the next soon. */
  prepare(engine: Engine, parameters: string[]): void;
  /** Ends the one that waits. */
  close(): Promise<void>;
}
