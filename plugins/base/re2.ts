/**
 * RE2's regular expressions, which Go and CEL have: time is length of the text × size of the pattern whatever
 * the pattern, so that nothing that is read can hang a build. Back references and look-around are refused.
 * All that is done with the engine is done here.
 */
import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import { keepAnswers } from './keep-answers.ts';

/**
 * A pattern that is ready to match. `limit` is the largest size it may have, in instructions; the default
 * suits what people write.
 * @throws PatternError in Go's words where it is no pattern of RE2, or a larger one.
 */
export function compileRe2(pattern: string, limit = 5000): Re2 {
  // Building is slow for large patterns and cannot be broken off: what is too large is refused unbuilt.
  if (pattern.length > limit || patternSize(pattern) > limit) throw tooLarge(pattern);
  return compiled(pattern, () => build(pattern));
}

/** The pattern cannot be used; `message` is Go's, or that of another language of patterns. */
export class PatternError extends Error {
  /** The message without what is quoted of the pattern. */
  readonly reason: string;
  readonly is: 'invalid' | 'too-large' | 'other';

  constructor(reason: string, message = reason, is: PatternError['is'] = 'invalid') {
    super(message);
    this.reason = reason;
    this.is = is;
  }

  /** Go would take it: it is larger than what is built here, or names two groups alike. */
  get isUnsupported(): boolean {
    return this.is !== 'invalid';
  }
}

function build(pattern: string): Re2 {
  const engine = engineOf(pattern);
  return {
    size: engine.programSize(),
    names: new Map(Object.entries(engine.namedGroups())),
    matches: (text) => engine.testExact(text),
    finds: (text) => engine.test(text),
    *all(text) {
      const matcher = engine.matcher(text);
      let previousEnd = -1;
      while (matcher.find()) {
        const match: Match = { start: matcher.start(), end: matcher.end(), group };
        // Go leaves out an empty match right behind another.
        if (match.start !== match.end || match.start !== previousEnd) yield match;
        previousEnd = match.end;
      }

      function group(number: number): string | null {
        return number >= 0 && number <= matcher.groupCount() ? matcher.group(number) : null;
      }
    },
  };
}

function engineOf(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) {
      const description = error.getDescription();
      throw refused(description, error.getPattern() ?? '', unsupported.get(description));
    }
    // The engine's own limits, and what else it cannot build.
    if (error instanceof RE2JSException || error instanceof RangeError) throw tooLarge(pattern);
    throw error;
  }
}

function tooLarge(pattern: string): PatternError {
  const shown = pattern.length > 100 ? `${pattern.slice(0, 100)}…` : pattern;
  return refused('expression too large', shown, 'too-large');
}

function refused(reason: string, part: string, is?: PatternError['is']): PatternError {
  return new PatternError(reason, `error parsing regexp: ${reason}: \`${part}\``, is);
}

/**
 * At most how many instructions a pattern becomes, told from its text: a repetition with numbers multiplies
 * what it repeats.
 */
export function patternSize(pattern: string): number {
  const open = [{ before: 2, last: 0 }];
  for (const [token, opens, least, most] of pattern.matchAll(tokens)) {
    const level = open.at(-1) ?? { before: 0, last: 0 };
    if (opens !== undefined) open.push({ before: 2, last: 0 });
    else if (token === ')' && open.length > 1) {
      open.pop();
      const parent = open.at(-1) ?? level;
      parent.before += parent.last;
      parent.last = level.before + level.last;
    } else if (least !== undefined)
      level.last = (level.last + 1) * Math.max(1, Number(least), Number(most ?? 0));
    else {
      level.before += level.last;
      level.last = token.startsWith('\\Q') ? token.length : 1;
    }
  }
  return open.reduce((sum, { before, last }) => sum + before + last, 0);
}

/** Quotes, escapes, sets, beginnings of groups, repetitions with numbers, and single characters. */
const tokens =
  /\\Q[\s\S]*?(?:\\E|$)|\\[pPx]\{[^}]*\}|\\[\s\S]|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|(\((?:\?P?<\w+>|\?[A-Za-z-]*:?)?)|\{(\d+)(?:,(\d*))?\}|[\s\S]/gu;

/** What the engine refuses and Go does not. */
const unsupported = new Map<string, PatternError['is']>([
  ['expression too large', 'too-large'],
  ['duplicate capture group name', 'other'],
]);

const compiled = keepAnswers<string, Re2>(1000);

export interface Re2 {
  /** Instructions: each is looked at once a character at most. */
  size: number;
  /** Numbers of the named groups. */
  names: ReadonlyMap<string, number>;
  /** The whole text is as the pattern says. */
  matches(text: string): boolean;
  /** Some part of the text is. */
  finds(text: string): boolean;
  /**
   * Every such part from left to right, of several at one place the one that Perl would find. Each is looked
   * for when it is asked for.
   */
  all(text: string): Iterable<Match>;
}

export interface Match {
  start: number;
  end: number;
  /**
   * Text of a group by number, 0 the whole; null where it took no part or there is none. To be asked before
   * the next match is.
   */
  group(number: number): string | null;
}
