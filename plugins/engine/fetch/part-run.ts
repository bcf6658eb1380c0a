import type { Platform } from '../../platform/index.ts';
import type { Lock } from '../../source/index.ts';
import { lackingIn } from './fetch-words.ts';
import type { Asked, Fetched, LockedPart, PartKind, Taking } from './part-kind.ts';

/** One kind through all rounds of a run: what was tried, what was locked before, and what was found since. */
export function openPart<Wanted extends Asked, Locked extends LockedPart>(
  kind: PartKind<Wanted, Locked>,
): PartRun {
  const tried = new Set<string>();
  const before = new Map<string, Locked>();
  const settled = new Map<string, Locked>();
  const told = new Map<string, () => void>();

  async function take(one: Wanted, taking: Taking, state: State): Promise<void> {
    const { mode, only, target, store, isDry, isFirst } = taking;
    const key = kind.keyOf(one);
    const isMoving = mode === 'update' && (only.length === 0 || only.includes(kind.wordOf(one)));
    // What was asked anew in this run is asked no second time.
    const locked = settled.get(key) ?? (isMoving ? undefined : before.get(key));
    const isWhole = locked !== undefined && kind.covers(locked, one);
    if (mode === 'locked' && !isWhole) {
      state.fetched.unlocked.push(one);
      return;
    }
    if (isWhole && (isDry || kind.holds(locked, target, store))) {
      if (!settled.has(key)) told.set(key, () => state.fetched.kept.push(locked));
      return;
    }
    const brought = await kind.bring(one, locked, taking);
    const failed = (why: string, isOther: boolean): void => {
      told.set(key, () => state.fetched.failed.push({ ...one, why, isOther, lacks: lackingIn(why) }));
    };
    if (!brought.ok) return failed(brought.why, brought.isOther === true);
    const { found } = brought;
    if (!brought.write(target)) return failed('there is no place to keep it', false);
    settled.set(key, found);
    const others = kind.lockedIn(state.lock).filter((other) => kind.keyOf(other) !== key);
    state.lock = { ...state.lock, ...kind.withLocked(state.lock, [...others, found]) };
    const from = before.get(key);
    told.set(key, () => {
      if (from !== undefined && kind.isMoved(from, found)) state.fetched.moved.push({ from, to: found });
      else if (from !== undefined && mode === 'update') state.fetched.kept.push(found);
      else if (isDry && !isFirst) state.fetched.following.push(found);
      else state.fetched.brought.push(found);
    });
  }

  return {
    names: (platform, lock) => [...kind.asked(platform), ...kind.lockedIn(lock)].map(kind.wordOf),
    start(lock) {
      for (const one of kind.lockedIn(lock)) before.set(kind.keyOf(one), one);
    },
    works: (platform, taking, state) =>
      kind.asked(platform).flatMap((one) => {
        const question = kind.questionOf(one);
        if (tried.has(question)) return [];
        tried.add(question);
        return () => take(one, taking, state);
      }),
    unused(lock, platform) {
      const wanted = new Set(kind.asked(platform).map(kind.keyOf));
      const used = kind.lockedIn(lock).filter((one) => wanted.has(kind.keyOf(one)));
      return {
        unused: kind.lockedIn(lock).filter((one) => !wanted.has(kind.keyOf(one))),
        lock: { ...lock, ...kind.withLocked(lock, used) },
      };
    },
    tell() {
      for (const one of told.values()) one();
    },
  };
}

/** What a round changes. */
interface State {
  lock: Lock;
  fetched: Fetched;
}

export interface PartRun {
  /** By which a person moves what is asked for or locked. */
  names(platform: Platform, lock: Lock): string[];
  /** @param lock as it was when all this began. */
  start(lock: Lock): void;
  /** What is asked for and was not tried yet, each to be done once. */
  works(platform: Platform, taking: Taking, state: State): (() => Promise<void>)[];
  /** What of the lock nobody asks for, and the lock without it. */
  unused(lock: Lock, platform: Platform): { unused: LockedPart[]; lock: Lock };
  /** Says what came of each, once all rounds are done. */
  tell(): void;
}
