import { compareText } from '../base/index.ts';

/**
 * The work that the engines of one run may have together. The smallest come first, whatever their names: so
 * what is too large leaves out itself and nothing else, and it is the same on every machine.
 * @param total steps, as `openWork` counts them.
 */
export function openBudget(total = stepsOfARun): Budget {
  let left = total;
  return {
    take(asked) {
      const sorted = [...asked].sort(([a, one], [b, other]) => one - other || compareText(a, b));
      const taken: string[] = [];
      const refused = new Map<string, string>();
      for (const [name, steps] of sorted) {
        if (steps + perBuild <= left) {
          left -= steps + perBuild;
          taken.push(name);
        } else refused.set(name, whyNot(steps, total, left));
      }
      return { taken: taken.sort(compareText), left: refused };
    },
  };
}

function whyNot(steps: number, total: number, left: number): string {
  const wanted = steps > 1e12 ? 'more work than can be counted' : `about ${words(steps)} steps of work`;
  return `building it takes ${wanted}, and of the ${words(total)} steps of a run, the smallest builds first, ${words(left)} are left`;
}

/** At most three digits that count. */
function words(steps: number): string {
  return Number(steps.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** To start an engine costs as much whatever it builds; the largest public repositories have 1,300 builds. */
const perBuild = 100_000;
/** Five minutes of one core; the largest public repository that was measured takes four. */
const stepsOfARun = 300_000_000;

export interface Budget {
  /** Takes as many of these as there is work for, by their steps. */
  take(asked: Iterable<[name: string, steps: number]>): {
    /** Sorted by name. */
    taken: string[];
    /** Why not, of all others. */
    left: Map<string, string>;
  };
}
