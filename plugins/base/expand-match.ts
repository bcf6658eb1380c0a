import type { Match, Re2 } from './re2.ts';

/**
 * What Go's `Expand` makes of a replacement: `$1`, `${1}`, `$name`, `$$`; a name is as long as it can be, and
 * one that is no group is empty.
 */
export function expandMatch(replacement: string, names: Re2['names'], match: Match): string {
  return replacement.replace(
    /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu,
    (all, plain: string | undefined, braced: string | undefined) => {
      const name = plain ?? braced;
      if (name === undefined) return all === '$$' ? '$' : all;
      return match.group(/^(?:0|[1-9]\d*)$/.test(name) ? Number(name) : (names.get(name) ?? -1)) ?? '';
    },
  );
}

/** Go's `ReplaceAllString`; null where there were no steps left (`withinSteps`) or it grew too long. */
export function replaceMatches(regex: Re2, text: string, replacement: string): string | null {
  let result = '';
  let position = 0;
  for (const match of regex.all(text)) {
    result += text.slice(position, match.start) + expandMatch(replacement, regex.names, match);
    position = match.end;
    if (result.length > longest) return null;
  }
  return result + text.slice(position);
}

const longest = 1_000_000;
