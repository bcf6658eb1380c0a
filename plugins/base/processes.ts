import { readFileSync, readlinkSync } from 'node:fs';

/** What tells this process from every other, later ones with its number included. */
export function ownProcess(): RunningProcess {
  return { pid: process.pid, started: startOf(process.pid) };
}

/** Whether it still runs; where nobody says when a process began, whether one of its number does. */
export function isRunning({ pid, started }: RunningProcess): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // One of another user's runs, too.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return started === null || now === null || started === now;
}

/** Tells containers apart, whose processes have numbers of their own; 0 where the system does not say. */
export function processNamespace(): number {
  try {
    return Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? 0);
  } catch {
    return 0;
  }
}

/**
 * In ticks since the machine was started, with the name of that start. A process that has ended and waits for
 * its parent to hear of it began never.
 */
function startOf(pid: number): string | null {
  const stat = statOfProcess(pid);
  if (stat === null) return null;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return 'ZX'.includes(stat[0] ?? '') ? 'never' : `${boot} ${stat[19]}`;
  } catch {
    return null;
  }
}

/**
 * What Linux tells of a process, from its state on: its times are the twelfth to the fifteenth, in hundredths
 * of a second, its own and its children's. Null where nobody tells. Source: `proc_pid_stat(5)`.
 */
export function statOfProcess(pid: number | 'self'): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

export interface RunningProcess {
  pid: number;
  /** Null where the system does not say. */
  started: string | null;
}
