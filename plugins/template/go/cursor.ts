/** A place in the tokens of a template, and what is known there. */
import { fault, type Token } from './lex.ts';
import type { Node } from './nodes.ts';

const endOfText: Token = { type: 'end', text: '', offset: 0 };
export const peek = (parser: Parser): Token => parser.tokens[parser.next] ?? endOfText;

export function take(parser: Parser): Token {
  const token = peek(parser);
  parser.next += 1;
  return token;
}

export function skipSpace(parser: Parser): Token {
  while (peek(parser).type === 'space') parser.next += 1;
  return peek(parser);
}

export function unexpected(parser: Parser, token: Token, context: string): Error {
  return fail(
    parser,
    token.type === 'end' ? 'unexpected EOF' : `unexpected ${JSON.stringify(token.text)} in ${context}`,
  );
}

export function fail(parser: Parser, what: string): Error {
  return fault(parser.text, (parser.tokens[parser.next - 1] ?? endOfText).offset, what);
}

/** Refuses a variable that is not declared here. */
export function known(parser: Parser, name: string): void {
  if (!parser.variables.includes(name)) throw fail(parser, `undefined variable ${JSON.stringify(name)}`);
}

export function close(parser: Parser, context: string): void {
  skipSpace(parser);
  const token = take(parser);
  if (token.type !== 'close') throw unexpected(parser, token, context);
}

export const maximumDepth = 100;

export interface Parser {
  text: string;
  tokens: Token[];
  next: number;
  variables: string[];
  named: Map<string, Node[]>;
  loops: number;
  depth: number;
  isFunction: (name: string) => boolean;
}
