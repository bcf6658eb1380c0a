import { type Options, Parser, type Program } from 'acorn';
import acornJsx from 'acorn-jsx';

/**
 * The parser of MDX's code, which reads it anew from its beginning at each blank line and brace that could be
 * its end. What it reads of a page is counted, the same on every machine; where it is too much, the code ends
 * there with an error.
 */
export const countedAcorn = {
  parse(text: string, options: Options): Program {
    count(text);
    return parser.parse(text, options);
  },
  parseExpressionAt(
    text: string,
    offset: number,
    options: Options,
  ): ReturnType<typeof parser.parseExpressionAt> {
    count(text);
    return parser.parseExpressionAt(text, offset, options);
  },
};

/** Begins another page: parsers run one at a time and never wait, so one counter serves. */
export function startCode(room: number): void {
  read = 0;
  allowed = Math.min(room, mostCode);
}

/** Characters of code that were read since then. */
export function codeRead(): number {
  return read;
}

/** Whether a page's code was too much since then. */
export function isTooMuchCode(): boolean {
  return read > allowed;
}

function count(text: string): void {
  read += text.length;
  // Of what was raised at its beginning nobody believes that more text would mend it.
  if (isTooMuchCode()) throw Object.assign(new SyntaxError('too much code'), { pos: 0, raisedAt: 0 });
}

const parser = Parser.extend(acornJsx());
let read = 0;
/** Characters, a second or two of work. Pages of real repositories have a thousandth of it. */
export const mostCode = 5_000_000;
let allowed = mostCode;
