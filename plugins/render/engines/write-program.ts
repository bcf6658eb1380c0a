import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunning, makeFolder, processNamespace } from '../../base/index.ts';

/**
 * Writes a program that appears under its name only when it is whole. What runs left beside it that were
 * killed meanwhile, each as large as an engine, is removed.
 * @throws what the file system says where it cannot be written.
 */
export function writeProgram(target: string, program: Uint8Array): void {
  const unique = `${process.pid}-${processNamespace()}-${randomBytes(6).toString('hex')}`;
  const temporary = `${target}.${unique}`;
  try {
    makeFolder(dirname(target));
    removeForsaken(target);
    writeFileSync(temporary, program, { mode: 0o755, flag: 'wx' });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Of this container alone, where a number tells whether its process still runs. */
function removeForsaken(target: string): void {
  const space = processNamespace();
  for (const name of readdirSync(dirname(target))) {
    if (!name.startsWith(`${basename(target)}.`)) continue;
    const [, pid, of] = forsaken.exec(name) ?? [];
    if (pid === undefined || Number(of) !== space || isRunning({ pid: Number(pid), started: null })) continue;
    rmSync(join(dirname(target), name), { force: true });
  }
}

const forsaken = /\.(\d+)-(\d+)-[\da-f]{12}$/;
