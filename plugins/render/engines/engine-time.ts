import { programsTime } from '../../base/index.ts';

/**
 * How long an engine works: where others keep the machine busy it takes long and works little, and what a run
 * leaves out must not depend on them. What was cut short counts whole, whatever it did.
 */
export function engineTime(limit: number): (answer: unknown) => number {
  const began = performance.now();
  const before = programsTime();
  return (answer) => {
    const took = performance.now() - began;
    const after = programsTime();
    const worked = before === null || after === null ? took : Math.min(took, Math.max(0, after - before));
    return isCut(answer) ? Math.max(limit, worked) : worked;
  };
}

function isCut(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'cut' in answer && answer.cut === true;
}
