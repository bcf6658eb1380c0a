/** A whole number from digits or an English word up to twelve; undefined for anything else. */
export function countIn(text: string): number | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replaceAll(/[,_\s]/g, '');
  if (/^\d{1,9}$/.test(plain)) return Number(plain);
  const word = numberWords.indexOf(plain as (typeof numberWords)[number]);
  if (word >= 0) return word;
  return plain === 'no' || plain === 'none' ? 0 : undefined;
}

/**
 * `count` written in the manner of `like`: a word for a word, a capital for a capital, digits for all else.
 */
export function countLike(count: number, like: string): string {
  const word = numberWords[count];
  if (word === undefined || like.trim() === '' || /^[-+]?\d/.test(like.trim())) return String(count);
  return /^[A-Z]/.test(like.trim()) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

const numberWords = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const;
