/**
 * Ends what hangs. A test has its time, but a worker that waits in a call, goes round in a circle or imports
 * what never comes looks at no clock: Vitest would wait for it without end and say nothing. So a worker says
 * which file it is at, and one that stays too long at a file is told of, with what it does, and ended.
 */
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { factor } from './fuzz.ts';
import { familyOf, stackOf } from './look-at-process.ts';

/** Says that this worker is at a file from now on; what it gives says that it is there no more. */
export function beAt(file: string): () => void {
  const folder = process.env.PLUMBLINE_TREES;
  if (folder === undefined) return () => {};
  const path = join(folder, `${prefix}${process.pid}`);
  writeFileSync(path, file);
  return () => rmSync(path, { force: true });
}

/**
 * Looks every few seconds whether a worker is at its file for longer than any file takes, or none is at any
 * for so long, which is Vitest's own fault and ends it.
 * @param folder of the run.
 * @param most milliseconds at one file.
 * @param interval milliseconds between two looks.
 * @returns what ends the looking.
 */
export function endWhatHangs(folder: string, most = 600_000 * factor, interval = 5000): () => void {
  const told = new Set<number>();
  let last = Date.now();
  const look = async (): Promise<void> => {
    const workers = workersAt(folder);
    if (workers.length > 0) last = Date.now();
    else if (Date.now() - last > most) {
      console.error(`\nVitest waits, and no worker is at a file:\n${familyOf(process.pid).join('\n')}`);
      process.exit(1);
    }
    for (const { pid, file, since } of workers) {
      if (told.has(pid) || Date.now() - since < most) continue;
      told.add(pid);
      const stack = await stackOf(pid);
      if (!workersAt(folder).some((one) => one.pid === pid && one.file === file)) continue;
      console.error(
        [
          `\n${relative(root, file)} has taken ${Math.round((Date.now() - since) / 1000)} seconds, and its worker is ended.`,
          stack === null ? 'It runs nothing, but waits.' : `It is at\n${stack}`,
          `Its processes:\n${familyOf(pid).join('\n')}\n`,
        ].join('\n'),
      );
      if (process.env.PLUMBLINE_HUNG) appendFileSync(process.env.PLUMBLINE_HUNG, `${file}\n`);
      process.kill(pid, 'SIGKILL');
    }
  };
  const timer = setInterval(look, interval);
  timer.unref();
  return () => clearInterval(timer);
}

/** Whether an error of Vitest is that the worker at one of those files was ended. */
export function wasEnded({ message, cause }: { message?: string; cause?: unknown }): boolean {
  const words = `${message} ${(cause as Error | undefined)?.message}`;
  return words.includes('Worker exited unexpectedly') && hungFiles().some((file) => words.includes(file));
}

/** Those whose worker was ended in this run, where whoever started it keeps a list (`scripts/test.ts`). */
export function hungFiles(): string[] {
  const list = process.env.PLUMBLINE_HUNG;
  if (!list || !existsSync(list)) return [];
  return readFileSync(list, 'utf8').trim().split('\n');
}

function workersAt(folder: string): { pid: number; file: string; since: number }[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      try {
        const path = join(folder, name);
        const since = statSync(path).mtimeMs;
        return [{ pid: Number(name.slice(prefix.length)), file: readFileSync(path, 'utf8'), since }];
      } catch {
        // It has just left its file.
        return [];
      }
    });
}

const root = resolve(import.meta.dirname, '..');
const prefix = 'at-';
