/** sprig's regular expressions: Go's, which are RE2's. */
import { tooMuch, UnknownValueError } from '../go/errors.ts';
import { type FunctionTable, fn, type GoFunction } from '../go/functions.ts';
import { allMatches, compileRegex, type Match, type Regex } from '../regex/machine.ts';

export const regexes: FunctionTable = {
  // Of all, this one alone swallows a wrong pattern.
  regexMatch: fn(['string', 'string'], (pattern, text) => {
    try {
      return matches(pattern, text);
    } catch (error) {
      if (error instanceof UnknownValueError) throw error;
      return false;
    }
  }),
  mustRegexMatch: fn(['string', 'string'], matches),
  ...both(
    'regexFind',
    fn(['string', 'string'], (pattern, text) => {
      const match = regexOf(pattern).exec(bounded(text), 0);
      return match === null ? '' : text.slice(match[0], match[1]);
    }),
  ),
  ...both(
    'regexFindAll',
    fn(['string', 'string', 'int'], (pattern, text, count) =>
      allMatches(regexOf(pattern), bounded(text), count).map(([start, end]) => text.slice(start, end)),
    ),
  ),
  ...both(
    'regexReplaceAll',
    fn(['string', 'string', 'string'], (pattern, text, replacement) => {
      const regex = regexOf(pattern);
      return replace(regex, text, (match) => expand(replacement, regex, text, match));
    }),
  ),
  ...both(
    'regexReplaceAllLiteral',
    fn(['string', 'string', 'string'], (pattern, text, replacement) =>
      replace(regexOf(pattern), text, () => replacement),
    ),
  ),
  ...both(
    'regexSplit',
    fn(['string', 'string', 'int'], (pattern, text, count) => {
      if (count === 0) return [];
      const parts: string[] = [];
      let position = 0;
      if (pattern !== '' && text === '') return [''];
      for (const [start = 0, end = 0] of allMatches(regexOf(pattern), bounded(text))) {
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
  return regexOf(pattern).exec(bounded(text), 0) !== null;
}

function replace(regex: Regex, text: string, replacement: (match: Match) => string): string {
  let result = '';
  let position = 0;
  for (const match of allMatches(regex, bounded(text))) {
    const [start = 0, end = 0] = match;
    result += text.slice(position, start) + replacement(match);
    if (result.length > maximumLength) throw tooMuch('makes a text that is too long');
    position = end;
  }
  return result + text.slice(position);
}

/** `$1`, `${1}`, `$name`, `$$`; a name is as long as it can be, and one that is no group is empty. */
function expand(template: string, regex: Regex, text: string, match: Match): string {
  return template.replace(
    /\$(?:\$|(\w+)|\{(\w+)\})/g,
    (all, plain: string | undefined, braced: string | undefined) => {
      const name = plain ?? braced;
      if (name === undefined) return all === '$$' ? '$' : all;
      const group = /^\d+$/.test(name) ? Number(name) : (regex.names.get(name) ?? -1);
      const [start, end] = [match[2 * group], match[2 * group + 1]];
      return start === undefined || end === undefined ? '' : text.slice(start, end);
    },
  );
}

/** A function and its `must` form: both refuse a wrong pattern, the one by panic, the other by error. */
function both(name: string, definition: GoFunction): FunctionTable {
  return { [name]: definition, [`must${name[0]?.toUpperCase()}${name.slice(1)}`]: definition };
}

function regexOf(pattern: string): Regex {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    regex = compileRegex(pattern);
    if (compiled.size > 200) compiled.clear();
    compiled.set(pattern, regex);
  }
  return regex;
}
const compiled = new Map<string, Regex>();

function bounded(text: string): string {
  if (text.length > maximumInput) throw tooMuch('matches a text that is too long');
  return text;
}

const maximumInput = 10_000;
const maximumLength = 1_000_000;
