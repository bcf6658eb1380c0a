import { withinSteps } from '../base/index.ts';
import type { Query } from '../query/index.ts';

/**
 * Runs something that counts its steps while it takes them: expressions, and searches among many names. Gives
 * a reason where no steps are left to begin, or where they ran out before it ended, so that its answer may be
 * incomplete. Only what it does before it first waits is counted here; what it waits for must be asked by
 * itself.
 */
export function spending<T>({ work, query }: Asking, ask: () => T): Spent<T> {
  const why = work.take(1);
  if (why !== null) return { ok: false, why };
  const before = query.steps();
  const { value, steps, isWhole } = withinSteps(work.room(), ask);
  work.spend(steps + query.steps() - before);
  // Nobody awaits this promise any more: its failure must not end the process.
  if (!isWhole && value instanceof Promise) value.catch(() => undefined);
  return isWhole ? { ok: true, value } : { ok: false, why: work.spent() };
}

/**
 * The limits of a run: one for what statements ask, and one for what D2 draws, which works beside everything
 * else.
 */
export function openRunWork(): RunWork {
  const [statements, drawings] = [openPageWork(), openPageWork(drawn)];
  return {
    begin: (path) => ({ work: statements.begin(path), drawing: drawings.begin(path) }),
    clear() {
      statements.clear();
      drawings.clear();
    },
  };
}

/**
 * The work that the statements of all pages, and of one page, may cause. It is counted before it is done,
 * from what a statement says and what it is compared with, so that it is the same on every machine as long as
 * pages come in the same order. A step is about a microsecond of an ordinary core.
 */
export function openPageWork({ run, page }: Limits = limits): PageWork {
  const taken = new Map<string, number>();
  let left = run;
  return {
    clear() {
      taken.clear();
      left = run;
    },
    begin(path) {
      // Where a page is judged again, as while a site is written, the new judgement takes the place of the
      // old.
      left += taken.get(path) ?? 0;
      let own = 0;
      taken.set(path, own);
      const nearer = (): [room: number, whose: string] => {
        const [room, whose] = page - own <= left ? [page - own, 'a page'] : [left, 'all pages'];
        return [Math.max(0, room), whose];
      };
      return {
        room: () => nearer()[0],
        spent: () => `it takes more steps of work than the statements of ${nearer()[1]} may take together`,
        spend(steps) {
          own += steps;
          left -= steps;
          taken.set(path, own);
        },
        take(steps) {
          const [room, whose] = nearer();
          if (!(steps <= room)) {
            const asked =
              steps > 1e12 ? 'more work than can be counted' : `about ${words(steps)} steps of work`;
            return `it takes ${asked}, and of those that the statements of ${whose} may take together ${words(room)} are left`;
          }
          own += steps;
          left -= steps;
          taken.set(path, own);
          return null;
        },
      };
    },
  };
}

/** Rounded to three significant digits. */
function words(steps: number): string {
  return Number(steps.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** Five minutes of D2, and an eighth of that for one page. */
const drawn: Limits = { run: 320_000_000, page: 40_000_000 };
/** A minute, and a third of it; all pages of a real repository take a fiftieth. */
const limits: Limits = { run: 60_000_000, page: 20_000_000 };

interface Limits {
  run: number;
  page: number;
}

export interface RunWork {
  /** For the statements of one page, by its path. */
  begin(path: string): { work: Work; drawing: Work };
  /** For another run. */
  clear(): void;
}

interface PageWork {
  /** For the statements of one page, by its path. */
  begin(path: string): Work;
  /** For another run. */
  clear(): void;
}

interface Asking {
  work: Work;
  query: Pick<Query, 'steps'>;
}

type Spent<T> = { ok: true; value: T } | { ok: false; why: string };

export interface Work {
  /** Steps that are left. */
  room(): number;
  /** The reason where something ran out of steps. */
  spent(): string;
  /** Takes steps that are known only afterwards. */
  spend(steps: number): void;
  /** Takes steps beforehand. Gives a reason where too few are left, and then takes none. */
  take(steps: number): string | null;
}
