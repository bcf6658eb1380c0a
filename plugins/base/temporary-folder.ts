import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder of its own for what must not outlive this run, which copies of manifests are: it is removed when
 * it is disposed of, and where the process ends before (a signal ends it so in `plumbline`), at its end.
 */
export function temporaryFolder(name: string): TemporaryFolder {
  const path = make(join(tmpdir(), `plumbline-${name}-`));
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

function removeLeft(): void {
  for (const path of left) rmSync(path, { recursive: true, force: true });
}

const left = new Set<string>();

interface TemporaryFolder {
  /** Absolute, with its links followed. */
  path: string;
  dispose(): Promise<void>;
}
