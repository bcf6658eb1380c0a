/**
 * Regular expressions of AppProjects, which Argo CD matches with a backtracking engine (dlclark/regexp2,
 * flags 0). RE2 cannot be made slow, and means the same by what both know; whether anything else matches is
 * not decided here.
 */
import { compileRe2, PatternError, type Re2 } from '../../../base/index.ts';

/**
 * Whether the pattern matches somewhere in the text; false where it is no pattern; null where it is not
 * decided.
 */
export function regexpFinds(pattern: string, text: string): boolean | null {
  // Of other texts the two engines have other classes, ends of lines and letters in two cases.
  if (text.length > longest || !printable.test(text)) return null;
  const [, nowhere, notFirst, rest] = allBut.exec(pattern) ?? [];
  if (nowhere !== undefined) return decided([nowhere], ([inner]) => !beginsBefore(inner, text));
  if (notFirst === undefined) return decided([pattern], ([whole]) => whole.finds(text));
  return decided(
    [`^(?:${notFirst})`, `^${rest}`],
    ([refused, asked]) => !refused.finds(text) && asked.finds(text),
  );
}

/** What the patterns give together; false where one of them is none, null where one is not decided. */
function decided<P extends [string, ...string[]]>(
  patterns: P,
  test: (compiled: { [K in keyof P]: Re2 }) => boolean,
): boolean | null {
  const compiled = patterns.map(compile);
  if (compiled.includes(null)) return null;
  return !compiled.includes('invalid') && test(compiled as { [K in keyof P]: Re2 });
}

/** Whether something that the pattern matches begins before the end of the text. */
function beginsBefore(pattern: Re2, text: string): boolean {
  const [first] = pattern.all(text);
  return first !== undefined && first.start < text.length;
}

function compile(pattern: string): Re2 | 'invalid' | null {
  if (pattern.length > longest || !known.test(pattern)) return null;
  try {
    return compileRe2(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return !error.isUnsupported && refusedByBoth.test(error.reason) ? 'invalid' : null;
  }
}

/**
 * The two ways to say "all but": `^((?!x).)*$` and `^(?!x)…`, where `x` has no groups and what follows no
 * alternatives.
 */
const inner = String.raw`((?:[^()[\]\\]|\\.|\[[^()[\]\\]*\])*)`;
const allBut = new RegExp(
  String.raw`^\^(?:\((?:\?:)?\(\?!${inner}\)\.\)\*\$|\(\?!${inner}\)((?:[^*+?{|][^|]*)?))$`,
);

/**
 * What means the same in both: characters, escapes and sets of ASCII, groups, options. Back references,
 * subtracted sets and such do not.
 */
const known =
  /^(?:[ !-'*-Z^-~)]|\\(?:[dDwWsSbBAztnrfv]|[ -/:-@[-^`{-~])|\[\^?\]?(?:[ -Z^-~]|\\(?:[dDwWsStnrfv]|[ -/:-@[-^`{-~]))*\]|\((?:\?[ims]*(?:-[ims]+)?[:)]|\?<[A-Za-z]\w*>|(?!\?)))*$/;
const printable = /^[ -~]*$/;
const refusedByBoth = /^(?:missing (?:closing|argument)|unexpected \)|invalid nested repetition)/;
const longest = 1000;
