import { readdirSync, readFileSync } from 'node:fs';
import { type Program, statOfProcess } from '../../base/index.ts';

/**
 * Ends an engine that has worked for as long as it may, with what it started; or that has not worked for as
 * long, as one that hangs. One that others keep from working is waited for: what a run leaves out must not
 * depend on them. Where the system does not tell how long a process works (anywhere but Linux), the time that
 * passes counts.
 * @param limit in milliseconds.
 * @param cut is called before it is ended.
 */
export function endWhenSpent(program: Program, limit: number, cut: () => void): void {
  const began = performance.now();
  let worked = 0;
  let since = began;
  const look = (): void => {
    if (program.pid === undefined) return;
    const now = performance.now();
    const seen = familyOf(program.pid);
    // It has ended, and this process has not heard of it yet.
    if (seen === 'ended') return;
    if (seen !== null && seen.worked > worked) {
      worked = seen.worked;
      since = now;
    }
    const isSpent = worked >= limit || now - since >= limit || now - began >= limit * longest;
    if (!isSpent) return;
    clearInterval(timer);
    cut();
    program.kill();
    for (const pid of seen?.others ?? []) kill(pid);
  };
  const timer = setInterval(look, Math.min(interval, limit));
  program.ended.then(() => clearInterval(timer));
}

/** Milliseconds that a process and those that it started have kept a core busy; null where nobody tells. */
function familyOf(pid: number): { worked: number; others: number[] } | 'ended' | null {
  let worked = 0;
  const others: number[] = [];
  const open = [pid];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const fields = statOfProcess(one);
    if (fields === null && one === pid) return null;
    if (one === pid && 'ZX'.includes(fields?.[0] ?? '')) return 'ended';
    if (one !== pid) others.push(one);
    const ticks = [11, 12, 13, 14].map((index) => Number(fields?.[index] ?? 0));
    // A tick is a hundredth of a second.
    worked += ticks.reduce((sum, count) => sum + count, 0) * 10;
    open.push(...startedBy(one));
  }
  return { worked, others };
}

/** By any of its threads, each of which has its own. */
function startedBy(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Times the limit that one may take that works now and then. */
const longest = 20;
/** Milliseconds between two looks. */
const interval = 1000;
