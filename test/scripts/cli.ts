import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

export const project = resolve(import.meta.dirname, '../..');
export const fixtures = join(project, 'test/fixtures');
const program = join(project, 'scripts/plumbline.ts');

/** Runs the real command line as a process of its own, with the cache of the run. */
export function plumbline(args: string[], options: { cwd?: string; env?: Record<string, string> } = {}): Run {
  const result = spawnSync(process.execPath, [program, ...args], {
    cwd: options.cwd ?? project,
    encoding: 'utf8',
    env: { ...process.env, ...options.env },
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** A copy of a fixture that a test may change. */
export function copyOf(fixture: string): string {
  const folder = temporaryFolder();
  cpSync(join(fixtures, fixture), folder, { recursive: true });
  return folder;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}
