import { lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, processNamespace } from './processes.ts';

/**
 * A folder of its own for what must not outlive this run, which copies of manifests are: it is removed when
 * it is disposed of, and where the process ends before (a signal ends it so in `plumbline`), at its end. What
 * a process left that was killed, the next one removes.
 */
export function temporaryFolder(name: string): TemporaryFolder {
  removeForsaken(tmpdir());
  const path = make(join(tmpdir(), `plumbline-${name}-${process.pid}-${processNamespace()}-`));
  if (left.size === 0) process.on('exit', removeLeft);
  left.add(path);
  return {
    path,
    dispose: async () => {
      await rm(path, { recursive: true, force: true });
      left.delete(path);
      if (left.size === 0) process.off('exit', removeLeft);
    },
  };
}

function make(prefix: string): string {
  try {
    return realpathSync(mkdtempSync(prefix));
  } catch (error) {
    const why = `no temporary folder can be made: ${error instanceof Error ? error.message : String(error)}`;
    throw Object.assign(new Error(why), {
      help: 'Let TMPDIR name a folder that may be written and has room.',
    });
  }
}

/**
 * Folders of this user's runs that are gone, of the same container alone, once a run. Only where nobody else
 * could put another in the place of one that was looked at: in a folder of one's own, or one in which
 * everybody may remove only what is theirs.
 */
function removeForsaken(folder: string): void {
  if (looked.has(folder)) return;
  looked.add(folder);
  const user = process.getuid?.();
  const space = processNamespace();
  try {
    const { uid, mode } = lstatSync(realpathSync(folder));
    if (user === undefined || (uid !== user && (mode & sticky) === 0)) return;
    for (const name of readdirSync(folder)) {
      const [, pid, of] = forsaken.exec(name) ?? [];
      if (pid === undefined || Number(of) !== space || isRunning({ pid: Number(pid), started: null }))
        continue;
      const path = join(folder, name);
      const entry = lstatSync(path);
      if (entry.isDirectory() && entry.uid === user) rmSync(path, { recursive: true, force: true });
    }
  } catch {
    // What cannot be looked at or removed stays; nothing rests on it.
  }
}

function removeLeft(): void {
  for (const path of left) rmSync(path, { recursive: true, force: true });
}

const left = new Set<string>();
const looked = new Set<string>();
const forsaken = /^plumbline-[a-z]+-(\d+)-(\d+)-[A-Za-z0-9]{6}$/;
const sticky = 0o1000;

interface TemporaryFolder {
  /** Absolute, with its links followed. */
  path: string;
  dispose(): Promise<void>;
}
