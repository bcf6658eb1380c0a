/** A stream of chances that a seed gives again and again, on every machine. */
export function createRandom(...seed: (number | string)[]): Random {
  let state = mixed(seed.join('\0'));
  const next = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[]): T => list[below(list.length)] as T;
  return {
    below,
    pick,
    chance: (share) => next() < share,
    between: (first, last) => first + below(last - first + 1),
    some: (most, make) => Array.from({ length: 1 + below(most) }, make),
    weighted: (choices) => {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, choice] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return pick(choices)[1];
    },
  };
}

/** FNV-1a */
function mixed(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}

export interface Random {
  /** A whole number from 0, less than `end`. */
  below(end: number): number;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** True in so large a share of cases, from 0 to 1. */
  chance(share: number): boolean;
  between(first: number, last: number): number;
  /** One to `most` of what is made. */
  some<T>(most: number, make: () => T): T[];
  weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T;
}
