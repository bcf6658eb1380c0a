import { distance } from 'fastest-levenshtein';

/** True where two names are so near that one is the other misspelt: two letters apart, in long names a fifth, with the same numbers. */
export function isMisspelt(written: string, right: string): boolean {
  const letters = (name: string) => name.replaceAll(/\d/g, '');
  const numbers = (name: string) => name.replaceAll(/\D+/g, ' ').trim();
  return (
    numbers(written) === numbers(right) &&
    distance(letters(written), letters(right)) <= Math.max(2, Math.floor(right.length / 5))
  );
}
