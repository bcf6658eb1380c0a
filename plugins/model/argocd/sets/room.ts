/**
 * What all sets of a run may give together, and what all that deploys may deploy, so that a list of a hundred
 * thousand is told and not expanded. Counted, never timed: the same on every machine.
 */
export function openRoom({ applications, objects, rows, work }: Limits = limits): Room {
  const left = { applications, objects, rows, work };
  const kinds = ['applications', 'objects', 'rows', 'work'] as const;
  return {
    takeAll(counts) {
      if (kinds.some((kind) => counts[kind] > left[kind])) return false;
      for (const kind of kinds) left[kind] -= counts[kind];
      return true;
    },
    takeRows(count) {
      left.rows -= count;
      return left.rows >= 0 ? null : `the generators of a run give more than ${rows} parameter sets`;
    },
    takeApplications(count) {
      if (count > left.applications)
        return `it gives ${count} applications, and of the ${applications} that all sets of a run may give ${left.applications} are left`;
      left.applications -= count;
      return null;
    },
    takeObjects(count) {
      if (count > left.objects)
        return `it is ${count} objects, and of the ${objects} that may be deployed in a run ${left.objects} are left`;
      left.objects -= count;
      return null;
    },
    takeWork(steps) {
      left.work -= steps;
      return left.work >= 0 ? null : 'the templates of all sets take too much work together';
    },
  };
}

const limits: Limits = {
  applications: 5000,
  objects: 200_000,
  rows: 200_000,
  // Of the template engine, which counts them: some ten seconds.
  work: 30_000_000,
};

export interface Limits {
  applications: number;
  /** Each as often as something deploys it. */
  objects: number;
  /** Parameter sets that generators give, before a selector or another generator takes of them. */
  rows: number;
  work: number;
}

/** Each gives a reason where there is no room for so much. */
export interface Room {
  /** False where there is no room for all of it; nothing is taken then. */
  takeAll(counts: Limits): boolean;
  takeRows(count: number): string | null;
  takeApplications(count: number): string | null;
  takeObjects(count: number): string | null;
  takeWork(steps: number): string | null;
}
