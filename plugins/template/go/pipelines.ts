/** Pipelines, commands and operands of a template. */
import { fail, known, maximumDepth, type Parser, peek, skipSpace, take, unexpected } from './cursor.ts';
import { readNumber, unquote } from './literals.ts';
import type { Command, Operand, Pipeline } from './nodes.ts';
import { int } from './values.ts';

export function pipeline(parser: Parser, context: string): Pipeline {
  const start = skipSpace(parser);
  const { names, assigns } = declaration(parser, context);
  const commands: Command[] = [];
  for (;;) {
    const token = skipSpace(parser);
    if (token.type === 'close' || token.text === ')') break;
    commands.push(command(parser, context));
    if (skipSpace(parser).text !== '|') break;
    take(parser);
  }
  if (commands.length === 0) throw fail(parser, `missing value for ${context}`);
  for (const [stage, { operands }] of commands.entries()) {
    const head = operands[0]?.type;
    if (stage > 0 && (head === 'dot' || head === 'nil' || head === 'literal'))
      throw fail(parser, `non executable command in pipeline stage ${stage + 1}`);
  }
  if (!assigns) parser.variables.push(...names);
  return { type: 'pipeline', variables: names, assigns, commands, offset: start.offset };
}

function declaration(parser: Parser, context: string): { names: string[]; assigns: boolean } {
  const rest = parser.tokens.slice(parser.next, parser.next + 8).filter(({ type }) => type !== 'space');
  const two = context === 'range' && rest[1]?.text === ',' && rest[2]?.type === 'variable';
  const sign = rest[two ? 3 : 1]?.text;
  if (rest[0]?.type !== 'variable' || (sign !== ':=' && sign !== '=')) return { names: [], assigns: false };
  const names = two ? [rest[0].text, rest[2]?.text ?? ''] : [rest[0].text];
  while (take(parser).text !== sign);
  if (sign === '=') for (const name of names) known(parser, name);
  return { names, assigns: sign === '=' };
}

function command(parser: Parser, context: string): Command {
  const { offset } = skipSpace(parser);
  const operands: Operand[] = [];
  for (;;) {
    const token = skipSpace(parser);
    if (token.type === 'close' || token.text === '|' || token.text === ')') break;
    operands.push(operand(parser, context));
    const after = peek(parser);
    if (after.type !== 'space' && after.type !== 'close' && after.text !== '|' && after.text !== ')')
      throw unexpected(parser, after, 'operand');
  }
  if (operands.length === 0) throw fail(parser, 'empty command');
  return { type: 'command', operands, offset };
}

function operand(parser: Parser, context: string): Operand {
  const node = term(parser, context);
  const path: string[] = [];
  while (peek(parser).type === 'field') path.push(take(parser).text.slice(1));
  if (path.length === 0) return node;
  if (node.type === 'field' || node.type === 'variable') return { ...node, path: [...node.path, ...path] };
  if (node.type === 'literal' || node.type === 'dot' || node.type === 'nil')
    throw fail(
      parser,
      `unexpected . after term ${JSON.stringify(node.type === 'literal' ? node.text : node.type === 'nil' ? 'nil' : '.')}`,
    );
  return { type: 'chain', of: node, path, offset: node.offset };
}

function term(parser: Parser, context: string): Operand {
  const token = take(parser);
  const { text, offset } = token;
  switch (token.type) {
    case 'dot':
      return { type: 'dot', offset };
    case 'field':
      return { type: 'field', path: [text.slice(1)], offset };
    case 'variable':
      known(parser, text);
      return { type: 'variable', name: text, path: [], offset };
    case 'word':
      if (text === 'nil') return { type: 'nil', offset };
      if (text === 'true' || text === 'false')
        return { type: 'literal', value: text === 'true', text, offset };
      if (!parser.isFunction(text)) throw fail(parser, `function ${JSON.stringify(text)} not defined`);
      return { type: 'function', name: text, offset };
    case 'raw':
      return { type: 'literal', value: text.slice(1, -1).replaceAll('\r', ''), text, offset };
    case 'string':
    case 'rune': {
      const value = unquote(text);
      if (value === null) throw fail(parser, 'invalid syntax');
      if (token.type === 'string') return { type: 'literal', value, text, offset };
      if ([...value].length !== 1) throw fail(parser, `malformed character constant: ${text}`);
      const code = value.codePointAt(0) ?? 0;
      return { type: 'literal', value: int(code, 'int32'), text, fraction: code, offset };
    }
    case 'number': {
      const number = readNumber(text);
      if (number === null) throw fail(parser, `illegal number syntax: ${JSON.stringify(text)}`);
      return { type: 'literal', ...number, text, offset };
    }
    default:
      if (text !== '(') throw unexpected(parser, token, context);
      return parenthesised(parser);
  }
}

function parenthesised(parser: Parser): Operand {
  if (++parser.depth > maximumDepth) throw fail(parser, 'parentheses are nested too deeply');
  const inner = pipeline(parser, 'parenthesized pipeline');
  const end = take(parser);
  if (end.text !== ')') throw unexpected(parser, end, 'parenthesized pipeline');
  parser.depth -= 1;
  return inner;
}
