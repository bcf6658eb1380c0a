import { readFileSync } from 'node:fs';

/**
 * How long an engine works: where others keep the machine busy it takes long and works little, and what a run
 * leaves out must not depend on them. What used up its limit counts whole, whatever it did.
 */
export function engineTime(limit: number): () => number {
  const began = performance.now();
  const before = childrenTime();
  return () => {
    const took = performance.now() - began;
    const worked = before === null ? null : childrenTime();
    return before === null || worked === null || took >= limit ? took : Math.min(took, worked - before);
  };
}

/**
 * Milliseconds that the processes that this one has started and waited for kept a core busy; null where the
 * system does not tell (anywhere but Linux).
 */
function childrenTime(): number | null {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[13]) + Number(fields[14]);
    // A tick is a hundredth of a second.
    return Number.isNaN(ticks) ? null : ticks * 10;
  } catch {
    return null;
  }
}
