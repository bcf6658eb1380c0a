import { distance } from 'fastest-levenshtein';

/**
 * True where two names are so near that one is the other misspelt: two letters apart, in long names a fifth,
 * with the same numbers.
 */
export function isMisspelt(written: string, right: string): boolean {
  const letters = (name: string) => name.replaceAll(/\d/g, '');
  const numbers = (name: string) => name.replaceAll(/\D+/g, ' ').trim();
  return (
    numbers(written) === numbers(right) &&
    distance(letters(written), letters(right)) <= Math.max(2, Math.floor(right.length / 5))
  );
}

/** The same for paths and references: all parts are the same but one, and that is misspelt. */
export function isPathMisspelt(written: string, right: string): boolean {
  const [parts, others] = [written.split('/'), right.split('/')];
  const wrong = parts.flatMap((part, index) => (part === others[index] ? [] : [index]));
  const [only, ...more] = wrong;
  return (
    parts.length === others.length &&
    only !== undefined &&
    more.length === 0 &&
    isMisspelt(parts[only] ?? '', others[only] ?? '')
  );
}

/** True where one slip of the hand lies between them: a letter more, less or other, or two exchanged. */
export function isOneSlip(written: string, right: string): boolean {
  if (distance(written, right) === 1) return true;
  const wrong = [...right].flatMap((letter, at) => (letter === written[at] ? [] : [at]));
  const [first = 0, second = 0, ...more] = wrong;
  return (
    written.length === right.length &&
    more.length === 0 &&
    second === first + 1 &&
    written[first] === right[second] &&
    written[second] === right[first]
  );
}
