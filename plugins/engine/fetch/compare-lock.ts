import { compareText } from '../../base/index.ts';
import { keyOfChart, type Lock, type LockedChart } from '../../source/index.ts';
import type { Asked } from './asked-charts.ts';

/** What the manifests ask for and the lock has not, and what it has and nobody asks for. */
export function compareLock(lock: Lock | null, asked: readonly Asked[]): Difference {
  const locked = new Map((lock?.charts ?? []).map((chart) => [keyOfChart(chart), chart]));
  const wanted = new Set(asked.map(keyOfChart));
  return {
    missing: asked.filter((one) => !locked.has(keyOfChart(one))),
    unused: [...locked.values()]
      .filter((chart) => !wanted.has(keyOfChart(chart)))
      .sort((a, b) => compareText(keyOfChart(a), keyOfChart(b))),
  };
}

export interface Difference {
  missing: Asked[];
  unused: LockedChart[];
}
