/**
 * The text with ranges made unreadable, line by line and column by column the same. The bullet is one UTF-16
 * unit and means nothing in YAML, so that the result parses as the original does.
 */
export function blankText(text: string, blanks: Blank[]): string {
  if (blanks.length === 0) return text;
  let result = text;
  const ordered = [...blanks].sort((a, b) => Number(a.comments ?? false) - Number(b.comments ?? false));
  for (const { from, to, comments } of ordered) {
    const part = result.slice(from, to);
    const blank = comments
      ? blankComments(part)
      : part.replaceAll(/\S/gu, (character) => bullet.repeat(character.length));
    result = result.slice(0, from) + blank + result.slice(from + part.length);
  }
  return result;
}

/**
 * The range from the first data of a Secret to the end of a document that could not be parsed; undefined
 * where it holds none.
 */
export function roughBlank(text: string, from: number, to: number): Blank | undefined {
  const part = text.slice(from, to);
  if (!/kind["']?\s*:\s*["']?Secret/.test(part)) return undefined;
  const start = part.search(/\b(?:data|stringData|literals)["']?\s*:/);
  return start < 0 ? undefined : { from: from + start, to };
}

function blankComments(part: string): string {
  return part.replaceAll(/(^|\s)#(.*)$/gm, (_whole, before: string, comment: string) => {
    return `${before}#${comment.replaceAll(/\S/gu, (character) => bullet.repeat(character.length))}`;
  });
}

const bullet = '•';

export interface Blank {
  /** Offsets into the text. */
  from: number;
  to: number;
  /** Only the comments in the range. */
  comments?: boolean;
}
