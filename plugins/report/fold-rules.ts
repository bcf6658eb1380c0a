import { counted } from '../base/index.ts';
import type { Folded } from './fold-repeats.ts';

/**
 * A rule that fires often is told in full a few times, then in one line each, then as a number: thousands of
 * blocks that say one thing bury all others. What fires seldom stays as it is, each fault where it was.
 */
export function foldRules(folded: readonly Folded[]): Told[] {
  const rules = Map.groupBy(folded, ({ diagnostic }) => diagnostic.rule);
  const positions = new Map<string, number>();
  return folded.flatMap((one): Told[] => {
    const { rule } = one.diagnostic;
    const all = rules.get(rule) ?? [];
    const position = positions.get(rule) ?? 0;
    positions.set(rule, position + 1);
    if (all.length <= most || position < inFull) return [{ ...one, rest: null }];
    if (position > inFull) return [];
    const further = all.slice(inFull);
    return [
      {
        ...one,
        rest: {
          count: counted(sumOf(all), 'fault'),
          lines: further.slice(0, most - inFull),
          left: sumOf(further.slice(most - inFull)),
        },
      },
    ];
  });
}

function sumOf(folded: readonly Folded[]): number {
  return folded.reduce((sum, { others }) => sum + 1 + others.length, 0);
}

/** Blocks of one rule before it is folded, and what is told of it at all. */
const most = 10;
/** Of a rule that is folded. */
const inFull = 3;

/** A block of its own, or with `rest` what stands for all further ones of its rule. */
export interface Told extends Folded {
  rest: { count: string; lines: readonly Folded[]; left: number } | null;
}
