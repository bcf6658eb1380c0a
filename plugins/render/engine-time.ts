import { readFileSync } from 'node:fs';

/**
 * How long an engine works: where others keep the machine busy it takes long and works little, and what a run
 * leaves out must not depend on them. What was cut short counts whole, whatever it did.
 */
export function engineTime(limit: number): (answer: unknown) => number {
  const began = performance.now();
  const before = childrenTime();
  return (answer) => {
    const took = performance.now() - began;
    const after = childrenTime();
    const worked = before === null || after === null ? took : Math.min(took, after - before);
    return isCut(answer) ? Math.max(limit, worked) : worked;
  };
}

function isCut(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'cut' in answer && answer.cut === true;
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
