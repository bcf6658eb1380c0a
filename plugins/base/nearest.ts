import { distance } from 'fastest-levenshtein';
import { compareText } from './compare.ts';
import { takeSteps } from './steps.ts';

/**
 * The known words that come nearest to `word`, best first: those a few letters away, then those that hold it
 * or are held by it. The same word in other case counts as nearest of all. At most `limit`; none where
 * nothing is near. Takes steps (`withinSteps`); where there are none left, nothing is near.
 */
export function nearest(word: string, known: Iterable<string>, limit = 3): string[] {
  const wanted = word.toLowerCase();
  const candidates = known instanceof Set ? known : new Set(known);
  if (!takeSteps(1 + candidates.size / 16)) return [];
  const best: Ranked[] = [];
  for (const candidate of candidates) {
    if (candidate === word) continue;
    // One that is further than the last of enough others needs no look.
    const last = best.length < limit ? undefined : best.at(-1);
    const rank = rankOf(wanted, candidate.toLowerCase(), last?.rank ?? Number.POSITIVE_INFINITY);
    if (rank === null) return [];
    if (rank === undefined) continue;
    const ranked = { candidate, rank };
    if (last !== undefined && compare(last, ranked) <= 0) continue;
    if (last !== undefined) best.pop();
    const at = best.findIndex((other) => compare(ranked, other) < 0);
    best.splice(at < 0 ? best.length : at, 0, ranked);
  }
  return best.map((entry) => entry.candidate);
}

function compare(a: Ranked, b: Ranked): number {
  return a.rank - b.rank || compareText(a.candidate, b.candidate);
}

/** Undefined where it is further than `worst` or not near at all, null where no steps are left to know. */
function rankOf(wanted: string, candidate: string, worst: number): number | null | undefined {
  const [longest, apart] = [
    Math.max(wanted.length, candidate.length),
    Math.abs(wanted.length - candidate.length),
  ];
  const reach = Math.max(2, Math.floor(longest * 0.35));
  // So many letters differ at least.
  if (apart > worst) return undefined;
  if (apart <= reach) {
    if (!takeSteps(1 + (wanted.length * candidate.length) / 2048)) return null;
    const letters = distance(wanted, candidate);
    if (letters <= reach && letters < longest) return letters;
  }
  if (reach + 1 > worst || wanted.length < 3 || candidate.length < 3) return undefined;
  if (!takeSteps(longest / 1024)) return null;
  return candidate.includes(wanted) || wanted.includes(candidate) ? reach + 1 : undefined;
}

interface Ranked {
  candidate: string;
  /** Letters that differ; one more than is near where one holds the other. */
  rank: number;
}
