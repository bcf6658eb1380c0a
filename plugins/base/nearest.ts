import { distance } from 'fastest-levenshtein';
import { compareText } from './compare.ts';

/**
 * The known words that come nearest to `word`, best first: those a few letters away, then those that hold it
 * or are held by it. The same word in other case counts as nearest of all. At most `limit`; none where
 * nothing is near.
 */
export function nearest(word: string, known: Iterable<string>, limit = 3): string[] {
  const wanted = word.toLowerCase();
  const ranked: { candidate: string; rank: number }[] = [];
  for (const candidate of new Set(known)) {
    if (candidate === word) continue;
    const rank = rankOf(wanted, candidate.toLowerCase());
    if (rank !== undefined) ranked.push({ candidate, rank });
  }
  ranked.sort((a, b) => a.rank - b.rank || compareText(a.candidate, b.candidate));
  return ranked.slice(0, limit).map((entry) => entry.candidate);
}

function rankOf(wanted: string, candidate: string): number | undefined {
  const reach = Math.max(2, Math.floor(Math.max(wanted.length, candidate.length) * 0.35));
  const contained =
    wanted.length >= 3 && candidate.length >= 3 && (candidate.includes(wanted) || wanted.includes(candidate));
  // A difference in length alone already exceeds the reach: no need to compute the distance.
  if (Math.abs(wanted.length - candidate.length) > reach) return contained ? reach + 1 : undefined;
  const letters = distance(wanted, candidate);
  if (letters <= reach && letters < Math.max(wanted.length, candidate.length)) return letters;
  return contained ? reach + 1 : undefined;
}
