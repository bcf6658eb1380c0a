/** sprig's regular expressions: Go's, which are RE2's. */
import { compileRe2, expandMatch, type Match, PatternError, type Re2 } from '../../base/index.ts';
import { spend } from '../go/budget.ts';
import { tooMuch } from '../go/errors.ts';
import { type FunctionTable, fn, type GoFunction } from '../go/functions.ts';

export const regexes: FunctionTable = {
  // Of all, this one alone swallows a wrong pattern.
  regexMatch: fn(['string', 'string'], (pattern, text) => {
    try {
      return matches(pattern, text);
    } catch (error) {
      if (error instanceof PatternError) return false;
      throw error;
    }
  }),
  mustRegexMatch: fn(['string', 'string'], matches),
  ...both(
    'regexFind',
    fn(['string', 'string'], (pattern, text) => {
      const [match] = allMatches(pattern, text, 1);
      return match === undefined ? '' : text.slice(match.start, match.end);
    }),
  ),
  ...both(
    'regexFindAll',
    fn(['string', 'string', 'int'], (pattern, text, count) =>
      [...allMatches(pattern, text, count)].map(({ start, end }) => text.slice(start, end)),
    ),
  ),
  ...both(
    'regexReplaceAll',
    fn(['string', 'string', 'string'], (pattern, text, replacement) => {
      const { names } = patternOf(pattern);
      return replace(pattern, text, (match) => expandMatch(replacement, names, match));
    }),
  ),
  ...both(
    'regexReplaceAllLiteral',
    fn(['string', 'string', 'string'], (pattern, text, replacement) =>
      replace(pattern, text, () => replacement),
    ),
  ),
  ...both(
    'regexSplit',
    fn(['string', 'string', 'int'], (pattern, text, count) => {
      if (count === 0) return [];
      const parts: string[] = [];
      let position = 0;
      if (pattern !== '' && text === '') return [''];
      for (const { start, end } of allMatches(pattern, text)) {
        if (count > 0 && parts.length === count - 1) break;
        if (end === 0) continue;
        parts.push(text.slice(position, start));
        position = end;
        if (start === end && end === text.length) return parts;
      }
      return [...parts, text.slice(position)];
    }),
  ),
  regexQuoteMeta: fn(['string'], (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
};

function matches(pattern: string, text: string): boolean {
  const regex = patternOf(pattern);
  spendOn(regex, bounded(text).length);
  return regex.finds(text);
}

function replace(pattern: string, text: string, replacement: (match: Match) => string): string {
  let result = '';
  let position = 0;
  for (const match of allMatches(pattern, text)) {
    result += text.slice(position, match.start) + replacement(match);
    if (result.length > maximumLength) throw tooMuch('makes a text that is too long');
    position = match.end;
  }
  return result + text.slice(position);
}

/** A function and its `must` form: both refuse a wrong pattern, the one by panic, the other by error. */
function both(name: string, definition: GoFunction): FunctionTable {
  return { [name]: definition, [`must${name[0]?.toUpperCase()}${name.slice(1)}`]: definition };
}

/**
 * The matches in their order, at most `limit` where that is not negative. Each may have to look at the whole
 * rest of the text.
 */
function* allMatches(pattern: string, text: string, limit = -1): Generator<Match> {
  const regex = patternOf(pattern);
  spendOn(regex, bounded(text).length);
  let count = 0;
  if (limit === 0) return;
  for (const match of regex.all(text)) {
    yield match;
    count += 1;
    if (count === limit) return;
    spendOn(regex, text.length - match.end);
  }
}

/** Characters are matched some sixteen times as fast as steps of a template are made. */
function spendOn(regex: Re2, characters: number): void {
  spend((regex.size * characters) / 16);
}

/** @throws PatternError in Go's words; UnknownValueError for one that is too large, or that only Go takes. */
function patternOf(pattern: string): Re2 {
  try {
    return compileRe2(pattern);
  } catch (error) {
    if (error instanceof PatternError && error.isUnsupported)
      throw tooMuch('has a regular expression that is too large or has two groups of one name');
    throw error;
  }
}

function bounded(text: string): string {
  if (text.length > maximumInput) throw tooMuch('matches a text that is too long');
  return text;
}

const maximumInput = 10_000;
const maximumLength = 1_000_000;
