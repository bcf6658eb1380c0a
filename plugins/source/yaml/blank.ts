/**
 * The text with ranges made unreadable, line by line and column by column the same. The bullet is one UTF-16
 * unit and means nothing in YAML, so that the result parses as the original does.
 */
export function blankText(text: string, blanks: Blank[]): string {
  if (blanks.length === 0) return text;
  let result = blankWhole(
    text,
    blanks.filter(({ comments, values }) => !comments && !values),
  );
  const others = blanks.filter(({ comments, values }) => comments || values);
  for (const { from, to, comments } of others.toSorted(
    (a, b) => Number(a.comments ?? false) - Number(b.comments ?? false),
  )) {
    const part = result.slice(from, to);
    const blank = comments ? blankComments(part) : blankValues(part);
    result = result.slice(0, from) + blank + result.slice(from + part.length);
  }
  return result;
}

/** All of some ranges, in one pass: a Secret may have ten thousand values. */
function blankWhole(text: string, ranges: Blank[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    if (to <= end) continue;
    const start = Math.max(from, end);
    parts.push(text.slice(end, start), bulletsFor(text.slice(start, to)));
    end = to;
  }
  return parts.join('') + text.slice(end);
}

function bulletsFor(part: string): string {
  return part.replaceAll(/\S/gu, (character) => bullet.repeat(character.length));
}

/**
 * A text of which nobody can know whether it is, makes or patches a Secret, because it cannot be read whole:
 * its keys and its shape, with what it is (`apiVersion`, `kind`), and no other value.
 */
function blankValues(part: string): string {
  let result = '';
  let end = 0;
  for (const { index, 0: whole, 1: before = '' } of part.matchAll(keys)) {
    result += blankWords(part.slice(end, index + before.length)) + whole.slice(before.length);
    end = index + whole.length;
  }
  return result + blankWords(part.slice(end));
}

function blankWords(part: string): string {
  return part.replaceAll(/[^\s{}[\],:"'|>-]/gu, (character) => bullet.repeat(character.length));
}

/**
 * What stands before a key, and `key:` where YAML takes one, with the value where it only says what a
 * document is. It looks forward alone: what looks back does so from each blank of an indentation.
 */
const keys =
  /(^[ \t]{0,200}(?:[-?:][ \t]{1,20}){0,9}["']?|[{,[]\s{0,200}["']?)(?:"?(?:apiVersion|kind)"?[ \t]*:[ \t]*["']?[\w./-]+(?=["',}\s]|$)|[\w./-]+["']?[ \t]*:(?=[\s"'{[]|$))/gm;

function blankComments(part: string): string {
  return part.replaceAll(/(^|\s)#(.*)$/gm, (_whole, before: string, comment: string) => {
    return `${before}#${bulletsFor(comment)}`;
  });
}

const bullet = '•';

export interface Blank {
  /** Offsets into the text. */
  from: number;
  to: number;
  /** Only the comments in the range. */
  comments?: boolean;
  /** Everything in the range but keys and punctuation. */
  values?: boolean;
}
