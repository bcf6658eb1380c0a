/** An engine that is started before it is needed: most of what kustomize takes for a folder is its start. */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isExecutable, type Program, startProgram, temporaryFolder } from '../../base/index.ts';
import { answerOf, type BuildOutput, type Engine, startEngine } from './find-engine.ts';

/**
 * Keeps one engine waiting: it has begun with a folder whose kustomization is a pipe, and goes on once that
 * is written. Where it is not there yet, or the system has no pipes, another one is started as ever.
 * @param rest milliseconds before the next is started: what was asked for is shown first.
 */
export function openStandby(rest = untilStarted): Standby {
  let waiting: Promise<Started | null> | undefined;
  let ready: Started | null = null;
  let timer: NodeJS.Timeout | undefined;
  const end = async (started: Started | null): Promise<void> => {
    started?.program.kill();
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
  const pipe = join(target, 'kustomization.yaml');
  const { error } = await startProgram(maker, [pipe], { env: {} }).ended;
  if (error !== null) {
    await folder.dispose();
    return null;
  }
  const program = await startEngine(engine.path, [...engine.build, ...parameters, target], home);
  return { folder, target, program, words: wordsOf(engine, parameters), write: (text) => write(pipe, text) };
}

/** What an engine that waits makes of a kustomization; null where it is not there to read it. */
export async function buildWaiting(
  { program, write }: Started,
  text: string,
  limit: number,
): Promise<BuildOutput | null> {
  if (write(text)) return answerOf('kustomize', program, limit);
  program.kill();
  return null;
}

/** Opened without waiting: who should read may not have come so far, or may be gone. */
function write(pipe: string, text: string): boolean {
  try {
    const file = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    try {
      return writeSync(file, text) === Buffer.byteLength(text);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

function wordsOf({ path, version }: Engine, parameters: readonly string[]): string {
  return JSON.stringify([path, version, ...parameters]);
}

/** Where systems have it; PATH may lead into the repository that is read. */
const makers = ['/usr/bin/mkfifo', '/bin/mkfifo', '/run/current-system/sw/bin/mkfifo'];
const untilStarted = 400;

/** An engine that waits, and the folder that the copy goes into which it is to run over. */
export interface Started {
  folder: ReturnType<typeof temporaryFolder>;
  /** The folder whose kustomization it waits for. */
  target: string;
  program: Program;
  /** What it was started with. */
  words: string;
  write(text: string): boolean;
}

export interface Standby {
  /** The one that waits, where it was started like this: then it is the caller's. */
  take(engine: Engine, parameters: readonly string[]): Started | null;
  /** Starts the next soon. */
  prepare(engine: Engine, parameters: string[]): void;
  /** Ends the one that waits. */
  close(): Promise<void>;
}
