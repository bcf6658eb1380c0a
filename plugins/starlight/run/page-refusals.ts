import { realOf } from '../../base/index.ts';

/** Pages whose front matter is not used, and who hears of it: of those that there are already at once. */
export function keepRefusals(): PageRefusals {
  const refusals = new Map<string, unknown>();
  const hearers = new Set<(path: string, why: unknown) => void>();
  return {
    refused(file, why) {
      const path = realOf(file);
      if (why === null && !refusals.has(path)) return;
      if (why === null) refusals.delete(path);
      else refusals.set(path, why);
      for (const hear of hearers) hear(path, why);
    },
    onRefused(hear) {
      hearers.add(hear);
      for (const [path, why] of refusals) hear(path, why);
    },
  };
}

interface PageRefusals {
  /** @param why its front matter is not used; null where it is. */
  refused(file: string, why: unknown): void;
  /** Calls back when the front matter of a page is not used, and why; null when it is again. */
  onRefused(hear: (path: string, why: unknown) => void): void;
}
