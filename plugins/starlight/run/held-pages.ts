import { isDeepStrictEqual } from 'node:util';

/** What the collection of the pages holds, or is about to: after a reload it says which are otherwise now. */
export function holdPages(): HeldPages {
  let held: Held | undefined;
  /**
   * What pages said that were rendered otherwise than they were checked, as a file came or went between; and
   * what they said that were rendered again for it, which is done once.
   */
  const between = new Map<string, string>();
  const again = new Map<string, string>();
  return {
    async begin(now) {
      held ??= await now();
    },
    show: (path, digest) => {
      held?.digests.set(path, digest);
    },
    rendered(path, digest, checked) {
      between.delete(path);
      if (checked === digest) again.delete(path);
      else if (again.get(path) !== digest) between.set(path, digest);
    },
    follow(now) {
      const before = held;
      held = now;
      const pages = before === undefined ? null : stalePages(before, now);
      for (const [path, digest] of between) {
        again.set(path, digest);
        if (now.digests.has(path) && !pages?.includes(path)) pages?.push(path);
      }
      const isSame = between.size === 0 && isDeepStrictEqual(before, now);
      between.clear();
      return { pages, isSame };
    },
  };
}

/** Pages that are to be rendered again; null where others come or go with them. */
function stalePages(before: Held, now: Held): string[] | null {
  if (now.others === null || before.others !== now.others) return null;
  return [...now.digests].flatMap(([path, digest]) => (before.digests.get(path) === digest ? [] : [path]));
}

/** What the collection of the pages is made of. */
export interface Held {
  /** Of the author's pages, by their paths. */
  digests: Map<string, string>;
  /** What else says which pages there are; null where pages are made of more than this. */
  others: string | null;
}

interface HeldPages {
  /** Says what the collection was made of at first; what is known already stays. */
  begin(now: () => Promise<Held>): Promise<void>;
  /** The collection holds a page as it is now: what it was before could be what it will be again. */
  show(path: string, digest: string): void;
  /** @param checked its digest as it was checked, where it was rendered with another. */
  rendered(path: string, digest: string, checked: string | undefined): void;
  /**
   * Takes what the collection is to be made of now.
   * @returns the author's pages that are to be rendered again, null for the whole collection.
   */
  follow(now: Held): { pages: string[] | null; isSame: boolean };
}
