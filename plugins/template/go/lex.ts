/**
 * A template's text → tokens. Source of the rules: text/template's documentation of delimiters, trimming and
 * literals.
 */
import { TemplateError } from './errors.ts';

export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  let trim = false;
  for (;;) {
    const open = text.indexOf('{{', position);
    let plain = text.slice(position, open < 0 ? text.length : open);
    const from = position + (trim ? (/^[ \t\r\n]+/.exec(plain)?.[0].length ?? 0) : 0);
    plain = plain.slice(from - position);
    if (open < 0) {
      if (plain !== '') tokens.push({ type: 'text', text: plain, offset: from });
      tokens.push({ type: 'end', text: '', offset: text.length });
      return tokens;
    }
    const trims = /^\{\{-[ \t\r\n]/.test(text.slice(open, open + 4));
    if (trims) plain = plain.replace(/(?<![ \t\r\n])[ \t\r\n]+$/, '');
    if (plain !== '') tokens.push({ type: 'text', text: plain, offset: from });
    const start = open + (trims ? 3 : 2);
    const comment =
      /^\s?\/\*/.test(text.slice(start, start + 3)) && text.slice(start).trimStart().startsWith('/*');
    if (comment && (trims || text.startsWith('/*', start))) {
      const end = text.indexOf('*/', start);
      if (end < 0) throw fault(text, open, 'unclosed comment');
      const close = /^([ \t\r\n]-)?\}\}/.exec(text.slice(end + 2, end + 6));
      if (close === null) throw fault(text, open, 'comment ends before closing delimiter');
      trim = close[1] !== undefined;
      position = end + 2 + close[0].length;
      continue;
    }
    tokens.push({ type: 'open', text: '{{', offset: open });
    const inside = lexAction(text, start, tokens);
    trim = inside.trim;
    position = inside.position;
  }
}

function lexAction(text: string, start: number, tokens: Token[]): { position: number; trim: boolean } {
  let position = start;
  let depth = 0;
  for (;;) {
    const rest = text.slice(position, position + longestToken);
    const close = /^([ \t\r\n]-)?\}\}/.exec(rest);
    if (close !== null) {
      if (depth > 0) throw fault(text, position, 'unclosed left paren');
      tokens.push({ type: 'close', text: '}}', offset: position });
      return { position: position + close[0].length, trim: close[1] !== undefined };
    }
    if (rest === '') throw fault(text, start, 'unclosed action');
    const token = lexToken(text, position, rest);
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth < 0) throw fault(text, position, 'unexpected right paren');
    tokens.push(token);
    position += token.text.length;
  }
}

function lexToken(text: string, offset: number, rest: string): Token {
  for (const [type, pattern] of patterns) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) continue;
    if (
      (type === 'field' || type === 'variable' || type === 'word') &&
      !terminator.test(rest.slice(found.length))
    )
      throw badCharacter(text, offset + found.length);
    if (type === 'number' && /^[\p{L}\p{N}_]/u.test(rest.slice(found.length)))
      throw fault(text, offset, `bad number syntax: ${JSON.stringify(rest.slice(0, found.length + 1))}`);
    return { type, text: found, offset };
  }
  if (rest.startsWith('"')) throw fault(text, offset, 'unterminated quoted string');
  if (rest.startsWith('`')) throw fault(text, offset, 'unterminated raw quoted string');
  if (rest.startsWith("'")) throw fault(text, offset, 'unterminated character constant');
  throw badCharacter(text, offset, 'unrecognized character in action: ');
}

function badCharacter(text: string, offset: number, what = 'bad character '): TemplateError {
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0xfffd);
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return fault(text, offset, `${what}U+${code} '${character}'`);
}

/** As Go words a fault of parsing: the name Argo CD gives the template, and the line. */
export function fault(text: string, offset: number, what: string): TemplateError {
  const line = text.slice(0, offset).split('\n').length;
  return new TemplateError(`template: base:${line}: ${what}`);
}

/** No literal of an ApplicationSet is longer than this; it keeps the lexer's slices small. */
const longestToken = 100_000;
const terminator = /^(?:$|[ \t\r\n.,|:()]|\}\})/;
const patterns: [Token['type'], RegExp][] = [
  ['space', /^(?:[ \t\r\n](?!-\}\}))+/],
  ['string', /^"(?:[^"\\\n]|\\.)*"/],
  ['raw', /^`[^`]*`/],
  ['rune', /^'(?:[^'\\\n]|\\[^\n])[^'\n]*'/u],
  [
    'number',
    /^[+-]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/,
  ],
  ['field', /^\.[\p{L}_][\p{L}\p{N}_]*/u],
  ['dot', /^\./],
  ['variable', /^\$[\p{L}\p{N}_]*/u],
  ['word', /^[\p{L}_][\p{L}\p{N}_]*/u],
  ['sign', /^(?::=|[=|(),])/],
];

export interface Token {
  type:
    | 'text'
    | 'open'
    | 'close'
    | 'end'
    | 'space'
    | 'string'
    | 'raw'
    | 'rune'
    | 'number'
    | 'field'
    | 'dot'
    | 'variable'
    | 'word'
    | 'sign';
  text: string;
  offset: number;
}
