import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Terminal } from '../../scripts/commands/common.ts';
import { run } from '../../scripts/commands/main.ts';
import { d2 } from '../d2/helpers.ts';

export const project = resolve(import.meta.dirname, '../..');
export const fixtures = join(project, 'test/fixtures');
export const program = join(project, 'scripts/plumbline.ts');

/**
 * Runs the command line in this process, with the cache of the run, on a terminal that keeps what is written;
 * all of them draw with one D2, whose start takes longer than most commands.
 */
export async function plumbline(args: string[], surroundings: Surroundings = {}): Promise<Run> {
  const [stdout, stderr] = [keeping(surroundings), keeping(surroundings)];
  const terminal: Terminal = { stdout, stderr, env: { ...process.env, ...surroundings.env }, d2 };
  await run(args, terminal);
  return { code: Number(terminal.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
}

/** The same as a process of its own: for what the door and Node have a part in. */
export function plumblineProcess(args: string[], env: Record<string, string> = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}

function keeping({ isTTY = false, columns = 80 }: Surroundings) {
  const parts: string[] = [];
  return {
    isTTY,
    columns,
    write(text: string, done?: () => void): boolean {
      parts.push(text);
      done?.();
      return true;
    },
    text: () => parts.join(''),
  };
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

interface Surroundings {
  env?: Record<string, string>;
  isTTY?: boolean;
  columns?: number;
}

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}
